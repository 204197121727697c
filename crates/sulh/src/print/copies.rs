//! Takes `sulh.copies/1`, gives which report has its text from which as text.
//! Invariant: a pair is told once, with the report that came later; no root is named where the days do not tell.

use super::{because::wrapped, visible};
use std::collections::BTreeSet;
use sulh_desk::shapes::copies::{CopiesShape, PagePart, SharePart};

/// The text of what reports have in common.
pub fn copies(reports: &[CopiesShape]) -> String {
    let mut out = String::new();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for report in reports {
        let earlier: Vec<&SharePart> =
            report.shares.iter().filter(|share| told.contains(&key(&share.with))).collect();
        told.insert(key(&report.page));
        if earlier.is_empty() {
            continue;
        }
        out.push_str(&format!("{}\n", named(&report.page)));
        for share in earlier {
            wrapped(&mut out, &format!("  {:<10}", share.relation), 12, &sentence(share));
        }
        if let Some(cluster) = &report.cluster
            && cluster.root.is_none()
        {
            let rivals: Vec<String> =
                cluster.rivals.iter().chain([&cluster.anchor]).map(named).collect();
            let text = format!("their days do not tell which was first: {}", rivals.join(", "));
            wrapped(&mut out, "  root      ", 12, &text);
        }
    }
    if out.is_empty() { "No two reports have a passage in common.\n".to_owned() } else { out }
}

fn key(page: &PagePart) -> (&str, &str) {
    (&page.id, &page.source)
}

fn sentence(share: &SharePart) -> String {
    let with = named(&share.with);
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let (own, other) = (percent(share.share), percent(share.share_of_other));
    let words: usize = share.passages.iter().map(|passage| passage.words).sum();
    match share.relation {
        "copy" => format!("of {with}: {own} of it stands there"),
        "excerpt" => format!("of {with}: {own} of it stands there, and is {other} of that"),
        "extends" => format!("{with}: {other} of that stands in it, and is {own} of it"),
        "quotation" => format!("{words} words in quotation marks also stand in {with}"),
        "form" => format!("the same form as {with}, with other names and figures"),
        _ => format!("{words} words also stand in {with}"),
    }
}

fn named(page: &PagePart) -> String {
    let published = page.published.as_ref().map(|published| visible(&published.wording));
    let beside: Vec<String> =
        page.publisher.as_deref().map(visible).into_iter().chain(published).collect();
    let source = visible(&page.source);
    if beside.is_empty() { source } else { format!("{source} ({})", beside.join(", ")) }
}

//! Takes the because of verdicts, gives each proposition with its lines, denials, words and what would change it.
//! Invariant: no grade is shown without its lines; what is no evidence says so.

use super::{View, dates, marks, reports, said, words};
use maud::{Markup, html};
use sulh_ledger::{
    rules::{denial::Mark, line::Line},
    verdict::{Because, Neighbour, Quote},
};

/// The propositions on the agreement itself: its making, its stages, its parties' assent.
pub fn on_the_agreement(view: &View<'_>) -> Markup {
    let agreement = &view.dossier.agreement;
    let because: Vec<&Because> = agreement.stage.because.iter().chain(&agreement.because).collect();
    html! {
        section aria-labelledby="because" {
            h2 id="because" { "Why the agreement stands as it does" }
            h3 { "Making, stage and assent" }
            (propositions(view, &because))
        }
    }
}

/// Propositions with all that bears on each; what stands on the same lines is told together.
pub fn propositions(view: &View<'_>, because: &[&Because]) -> Markup {
    let mut groups: Vec<Vec<&Because>> = Vec::new();
    for one in because {
        match groups.iter_mut().find(|group| stands_alike(group[0], one)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let heading = |group: &[&Because]| {
        html! {
            @for (at, one) in group.iter().enumerate() {
                @if at > 0 { br; }
                (said::proposition(view.dossier, &one.proposition))
            }
        }
    };
    html! { @for group in &groups { (told(view, group, &heading(group))) } }
}

fn stands_alike(left: &Because, right: &Because) -> bool {
    let key = |one: &Because| (one.upheld, one.mark, one.reports, one.window);
    key(left) == key(right)
        && left.lines == right.lines
        && left.denials == right.denials
        && left.would_change == right.would_change
}

/// A proposition under a heading of the caller's.
pub fn under(view: &View<'_>, because: &Because, heading: &Markup) -> Markup {
    told(view, &[because], heading)
}

/// Some propositions that stand alike.
fn told(view: &View<'_>, group: &[&Because], heading: &Markup) -> Markup {
    let because = group[0];
    let mut quotes: Vec<&Quote> = group.iter().flat_map(|one| &one.spans).collect();
    quotes.sort_by_key(|quote| (view.cited.find(quote).map(|(number, _)| number), quote.span));
    quotes.dedup();
    let tally = format!(
        "{} in {}",
        said::count(because.lines.len(), "line"),
        said::count(because.reports, "report")
    );
    html! {
        article.because {
            h4 { (heading) }
            p.when {
                (marks::grade(because.upheld)) " " (tally)
                @if let Some(window) = because.window { " · happened " (dates::window(window)) }
            }
            (lines(because))
            @for quote in quotes { (passage(view, quote)) }
            @if !because.would_change.is_empty() {
                p.change { b { "What would change it: " } bdi { (crate::visible(&because.would_change)) } }
            }
        }
    }
}

fn lines(because: &Because) -> Markup {
    let denied = match because.mark {
        Some(Mark::ContestedBy) => "contests it",
        Some(Mark::DeniedBy) | None => "denies it",
    };
    html! {
        div.wide {
            table.lines {
                caption.unseen { "Who says so, and who denies it" }
                thead { tr { @for column in COLUMNS { th scope="col" { (column) } } } }
                tbody {
                    @for line in &because.lines { (row(line, SAYS)) }
                    @for line in &because.denials { (row(line, denied)) }
                }
            }
        }
    }
}

const SAYS: &str = "says so";

const COLUMNS: [&str; 8] =
    ["Voucher", "Word", "Owner", "Side", "Basis", "Interest", "Original", "Carries"];

fn row(line: &Line, part: &str) -> Markup {
    let cells = [
        html! { (part) ", " (words::hedge(line.hedge)) },
        html! { code { (said::name(&line.owner)) } },
        said::stance(&line.stance),
        html! { (words::basis(line.basis)) },
        html! { (words::interest(line.interest)) },
        html! { @if line.original_seen { "seen" } @else { "not seen" } },
        html! { (words::strength(line.strength)) },
    ];
    html! {
        tr.denial[part != SAYS] {
            th scope="row" { (said::voucher(line)) }
            @for (cell, column) in cells.iter().zip(&COLUMNS[1..]) {
                td data-column=(column) { (cell) }
            }
        }
    }
}

/// Words in their surroundings, with where they stand.
pub fn passage(view: &View<'_>, quote: &Quote) -> Markup {
    let Some((_, told)) = view.cited.find(quote) else {
        return html! { p.aside { "The page of these words is not among the reports." } };
    };
    let report = &told.report;
    html! {
        figure.passage {
            @match view.excerpt(quote) {
                Some((around, span)) => {
                    blockquote dir="auto" lang=[language(report.language.as_deref())]
                        data-page=(quote.page) data-start=(quote.span.start()) data-end=(quote.span.end())
                    {
                        (crate::visible(around.get(..span.start()).unwrap_or("")))
                        mark { (crate::visible(span.of(&around))) }
                        (crate::visible(around.get(span.end()..).unwrap_or("")))
                    }
                }
                None => p.withheld { "Words withheld: a reader’s comment or an advert, or a text that is not kept." },
            }
            figcaption {
                (reports::reference(view, quote))
                " " (reports::outlet(report)) ", published " (reports::published(report))
                ", bytes " (quote.span.start()) "–" (quote.span.end())
            }
        }
    }
}

/// A language code that may stand in an attribute of that name.
fn language(code: Option<&str>) -> Option<&str> {
    code.filter(|code| {
        (2..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

/// What cannot witness.
pub fn leads(view: &View<'_>) -> Markup {
    let (words, others) = (&view.dossier.agreement.leads, &view.dossier.leads);
    html! {
        @if !words.is_empty() || !others.is_empty() {
            section.leads aria-labelledby="leads" {
                h2 id="leads" { "Leads: no evidence" }
                p {
                    "Plans, opinions, forecasts and readers’ words. None of this moves a state or a grade above; "
                    "it says where to look."
                }
                @if !words.is_empty() {
                    h3 { "Words on this agreement" }
                    @for quote in words { (passage(view, quote)) }
                }
                @if !others.is_empty() {
                    h3 { "Other agreements the same reports speak of" }
                    @for other in others { (neighbour(view, other)) }
                }
            }
        }
    }
}

/// Another agreement of the same reports.
pub fn neighbour(view: &View<'_>, other: &Neighbour) -> Markup {
    html! {
        article.neighbour {
            h4 { (said::name(&other.name)) }
            p {
                (words::spaced(other.kind.code())) ", " (words::standing(other.standing))
                @if let Some(day) = &other.concluded { ", concluded " (said::date(day)) }
                span.aside { " (" (other.key) ")" }
            }
            (passage(view, &other.quote))
        }
    }
}

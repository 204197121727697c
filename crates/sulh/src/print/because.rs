//! Takes the because of a verdict, gives it as text: on whose word, in which words, and what would change it.
//! Invariant: no grade is printed without its lines.

use super::{parts::spaced, table::WIDTH, visible};
use sulh_desk::shapes::dossier::{BecausePart, LinePart, SpanPart};

/// What gives the words of a span, where they may be shown.
pub type Quote<'a> = &'a dyn Fn(&SpanPart) -> Option<String>;

const HASH_CHARS: usize = "sha256:".len() + 8;

/// On whose word some propositions stand, in few words.
pub fn word_of<'a>(because: impl IntoIterator<Item = &'a BecausePart>) -> String {
    word_of_lines(because.into_iter().flat_map(|because| &because.lines))
}

/// Whose word some lines are, in few words.
pub fn word_of_lines<'a>(lines: impl IntoIterator<Item = &'a LinePart>) -> String {
    let mut names: Vec<String> = Vec::new();
    for line in lines {
        let name = voucher(line);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// Every because as text. What stands on the same lines is told together, with the words of each.
pub fn because<'a>(parts: impl Iterator<Item = &'a BecausePart>, quote: Quote<'_>) -> String {
    let mut groups: Vec<Vec<&BecausePart>> = Vec::new();
    for part in parts {
        match groups.iter_mut().find(|group| stands_alike(group[0], part)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    groups.iter().map(|group| told_together(group, quote)).collect()
}

fn stands_alike(left: &BecausePart, right: &BecausePart) -> bool {
    (left.grade, left.mark, left.reports, &left.lines, &left.denials, &left.would_change)
        == (
            right.grade,
            right.mark,
            right.reports,
            &right.lines,
            &right.denials,
            &right.would_change,
        )
}

fn told_together(group: &[&BecausePart], quote: Quote<'_>) -> String {
    let part = group[0];
    let count = |number: usize, what: &str| {
        format!("{number} {what}{}", if number == 1 { "" } else { "s" })
    };
    let (lines, reports) = (count(part.lines.len(), "line"), count(part.reports, "report"));
    let mut out = format!("  {} ({lines} in {reports})\n", spaced(part.grade));
    for line in &part.lines {
        wrapped(&mut out, "    on the word of ", 6, &told(line));
    }
    let denied = if part.mark == Some("contested_by") { "contested by" } else { "denied by" };
    for line in &part.denials {
        wrapped(&mut out, &format!("    {denied} "), 6, &told(line));
    }
    wrapped(&mut out, "    would change it: ", 6, &part.would_change);
    let mut said: Vec<(Vec<String>, &[SpanPart])> = Vec::new();
    for one in group {
        let proposition = visible(&spaced(&one.proposition));
        match said.iter_mut().find(|(_, spans)| *spans == one.spans) {
            Some((propositions, _)) => propositions.push(proposition),
            None => said.push((vec![proposition], &one.spans)),
        }
    }
    for (propositions, spans) in said {
        let words: Vec<String> = spans.iter().map(|span| quoted(span, quote)).collect();
        wrapped(&mut out, &format!("    {}: ", propositions.join(", ")), 6, &words.join(" "));
    }
    out
}

fn quoted(span: &SpanPart, quote: Quote<'_>) -> String {
    let words = quote(span).map(|words| format!("\"{}\" ", visible(words.trim())));
    // The beginning of a hash is enough to find a page by; JSON has it whole.
    let page: String = span.page.chars().take(HASH_CHARS).collect();
    format!("{}[{page} {}..{}]", words.unwrap_or_default(), span.start, span.end)
}

/// Who vouches, in few words.
pub fn voucher(line: &LinePart) -> String {
    match (&line.voucher, &line.side) {
        (Some(name), _) => visible(name),
        (None, Some(side)) => format!("unnamed ({} side)", visible(side)),
        (None, None) => "unnamed".to_owned(),
    }
}

/// A line with all that its weight depends on.
pub fn told(line: &LinePart) -> String {
    let side = match (&line.voucher, line.side.as_deref()) {
        (None, _) => None,
        (Some(_), Some("neither")) => Some("leans to neither side".to_owned()),
        (Some(_), Some(side)) if line.examined => Some(format!("leans to {}", visible(side))),
        (Some(_), Some(side)) => Some(format!("speaks for {}, not examined", visible(side))),
        (Some(_), None) => Some("leaning not examined".to_owned()),
    };
    let mut marks: Vec<String> = side.into_iter().collect();
    marks.push(format!("basis: {}", spaced(line.basis)));
    marks.push(format!("interest: {}", spaced(line.interest)));
    marks.push(if line.original_seen { "original seen" } else { "original not seen" }.to_owned());
    format!("{} ({})", voucher(line), marks.join(", "))
}

/// Adds a label and text broken at words, its later lines indented by so many columns.
pub fn wrapped(out: &mut String, label: &str, indent: usize, text: &str) {
    let mut line = String::new();
    let mut columns = 0;
    // Several spaces of a label come out as they are: between them stand empty words.
    for (at, word) in format!("{label}{text}").split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && columns + 1 + length > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            columns = indent;
        } else if at > 0 {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += length;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, wrapped};

    #[test]
    fn long_text_is_broken_at_words_and_nothing_is_lost() {
        let mut out = String::new();
        let text = "word ".repeat(60);
        wrapped(&mut out, "    label: ", 6, text.trim());
        assert!(out.lines().count() > 2 && out.lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(out.split_whitespace().filter(|word| *word == "word").count(), 60);
        assert!(out.lines().nth(1).unwrap().starts_with("      word"));
    }
}

//! Takes `sulh.sentence/1`, gives the sentence with its footnotes below.
//! Invariant: the sentence stands by itself, so that it can be copied.

use super::{because::wrapped, visible};
use sulh_desk::shapes::sentence::{Footnote, SentenceShape};

/// The text of a sentence.
pub fn sentence(shape: &SentenceShape) -> String {
    let mut out = String::new();
    wrapped(&mut out, "", 0, &visible(&shape.sentence));
    out.push('\n');
    for note in &shape.footnotes {
        let label = format!("[{}] ", note.number);
        wrapped(&mut out, &label, label.len(), &footnote(note));
    }
    out
}

fn footnote(note: &Footnote) -> String {
    let outlet = note.outlet.as_deref().map_or("outlet not known".to_owned(), visible);
    let mut parts = match note.voucher.as_deref().map(visible) {
        Some(voucher) if voucher == outlet => vec![voucher],
        Some(voucher) => vec![voucher, format!("in {outlet}")],
        None => vec![outlet],
    };
    parts.push(note.published.as_deref().map_or("undated".to_owned(), visible));
    parts.extend(note.quote.as_deref().map(|words| format!("\"{}\"", visible(words))));
    let place = note.source.as_deref().map(visible).unwrap_or_default();
    format!("{} [{place} {}..{}]", parts.join(", "), note.span.start, note.span.end)
}

//! Takes sentences, gives CoNLL-U text.
//! Invariant: each sentence is a block of its own lines closed by an empty one, whatever its words hold.

use super::{Opens, Sentence, Word};
use std::fmt::Write;

/// CoNLL-U of the sentences. FEATS and DEPS are "_"; MISC holds `SpaceAfter=No` and, for words that have one,
/// `Span=12:17`: their bytes in the page.
pub fn write(sentences: &[Sentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        // Writing to a string cannot fail.
        let _ = block(&mut text, sentence);
    }
    text
}

fn block(out: &mut String, sentence: &Sentence) -> std::fmt::Result {
    match sentence.opens {
        Opens::Nothing => {}
        Opens::Paragraph => writeln!(out, "# newpar")?,
        Opens::Document => writeln!(out, "# newdoc")?,
    }
    if !sentence.id.is_empty() {
        writeln!(out, "# sent_id = {}", one_line(&sentence.id))?;
    }
    writeln!(out, "# text = {}", one_line(&sentence.text))?;
    let mut multiwords = sentence.multiwords.iter().peekable();
    let mut inside_until = 0;
    for (at, word) in sentence.words.iter().enumerate() {
        if let Some(token) = multiwords.next_if(|token| token.words.start == at) {
            inside_until = token.words.end;
            let last = inside_until.checked_sub(1).and_then(|last| sentence.words.get(last));
            let closed = last.is_none_or(|last| last.space_after);
            let misc = if closed { "_" } else { "SpaceAfter=No" };
            let (first, form) = (at + 1, one_line(&token.form));
            writeln!(out, "{first}-{inside_until}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}")?;
        }
        row(out, at, word, at < inside_until)?;
    }
    writeln!(out)
}

fn row(out: &mut String, at: usize, word: &Word, inside: bool) -> std::fmt::Result {
    let (form, lemma) = (column(&word.form), column(&word.lemma));
    let (upos, penn, relation) = (word.upos.as_str(), word.penn.as_str(), word.relation.as_str());
    let head = word.head.map_or(0, |head| head + 1);
    write!(out, "{}\t{form}\t{lemma}\t{upos}\t{penn}\t_\t{head}\t{relation}\t_\t", at + 1)?;
    let no_space = !word.space_after && !inside;
    match (no_space, word.span) {
        (false, None) => writeln!(out, "_"),
        (true, None) => writeln!(out, "SpaceAfter=No"),
        (false, Some(span)) => writeln!(out, "Span={}:{}", span.start(), span.end()),
        (true, Some(span)) => {
            writeln!(out, "SpaceAfter=No|Span={}:{}", span.start(), span.end())
        }
    }
}

/// A column holds something, and no tab or line break.
fn column(value: &str) -> String {
    if value.is_empty() { "_".to_owned() } else { one_line(value) }
}

/// What would end a line or a column, or is taken for white space, becomes a plain space.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

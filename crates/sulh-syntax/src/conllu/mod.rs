//! Takes CoNLL-U text, gives sentences with trees; and the other way round.
//! Invariant: every sentence `read` gives has a tree, and its text is its words' forms in order with white space
//! between them exactly where a word says so. Cases: `tests/conllu.rs`.
//!
//! Columns nothing here asks for (FEATS, DEPS, the rest of MISC) and enhanced nodes ("8.1") are read over and
//! written as "_". The format: <https://universaldependencies.org/format.html>.

mod read;
mod write;

pub use read::{Problem, ReadError, read};
pub use write::write;

use crate::token::Upos;
use crate::tree::{Node, NotATree, Penn, Relation, Tree};
use std::ops::Range;
use sulh_model::span::Span;

/// What a sentence opens besides itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// Nothing: the paragraph goes on.
    #[default]
    Nothing,
    /// A paragraph (`# newpar`).
    Paragraph,
    /// A document (`# newdoc`), and with it a paragraph.
    Document,
}

/// One sentence of a treebank or of a parser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its name (`# sent_id`); empty where it has none.
    pub id: String,
    /// Its text (`# text`).
    pub text: String,
    /// What it opens besides itself.
    pub opens: Opens,
    /// Its words.
    pub words: Vec<Word>,
    /// Tokens of more than one word ("don't"), in order.
    pub multiwords: Vec<Multiword>,
}

/// One word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As the text writes it.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub penn: Penn,
    /// The word it hangs on, counted from 0; nothing for the root.
    pub head: Option<usize>,
    /// What it is to that word.
    pub relation: Relation,
    /// Whether white space follows in the text.
    pub space_after: bool,
    /// Where it stands in the page, for words that have one (MISC `Span=12:17`).
    pub span: Option<Span>,
}

impl Word {
    /// The word as a node of a tree.
    pub const fn node(&self) -> Node {
        Node { upos: self.upos, penn: self.penn, head: self.head, relation: self.relation }
    }
}

/// A token of more than one word: "don't" for "do" and "n't".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiword {
    /// Its words: indexes into the sentence's, two or more.
    pub words: Range<usize>,
    /// As the text writes it.
    pub form: String,
}

impl Sentence {
    /// Its tree; never an error for a sentence `read` gave.
    pub fn tree(&self) -> Result<Tree, NotATree> {
        Tree::new(self.words.iter().map(Word::node).collect())
    }

    /// Where each word stands in `text`. The words of a token that does not spell them out all stand where the
    /// token does. A sentence whose words do not make its text gives fewer spans than it has words.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::with_capacity(self.words.len());
        let mut at = 0;
        let mut word = 0;
        let mut multiwords = self.multiwords.iter().peekable();
        while word < self.words.len() {
            at += white_space(&self.text[at..]);
            let multiword = multiwords.next_if(|multiword| multiword.words.start == word);
            let words = multiword.map_or(word..word + 1, |multiword| multiword.words.clone());
            let form = multiword.map_or(self.words[word].form.as_str(), |token| &token.form);
            let Some(len) = matching(&self.text[at..], form) else { break };
            let Some(parts) = self.words.get(words.clone()) else { break };
            let spelt_out = parts.iter().map(|part| part.form.len()).sum::<usize>() == len
                && parts.iter().scan(form, |rest, part| strip(rest, &part.form)).count()
                    == parts.len();
            let mut part_at = at;
            for part in parts {
                let part_len = if spelt_out { part.form.len() } else { len };
                spans.push(Span::new(part_at, part_at + part_len));
                part_at += if spelt_out { part_len } else { 0 };
            }
            at += len;
            word = words.end.max(word + 1);
        }
        spans
    }
}

/// Steps `rest` over `part`; nothing when it does not begin with it.
fn strip(rest: &mut &str, part: &str) -> Option<()> {
    *rest = rest.strip_prefix(part)?;
    Some(())
}

/// How many bytes of white space the text begins with.
fn white_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// How many bytes of the text the form covers when it stands at its beginning; one white space is as good as
/// another, because treebanks keep a hard space in the text and a plain one in the form.
fn matching(text: &str, form: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in form.chars() {
        let (_, found) = chars.next()?;
        if found != wanted && !(found.is_whitespace() && wanted.is_whitespace()) {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

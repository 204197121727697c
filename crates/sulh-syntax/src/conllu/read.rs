//! Takes CoNLL-U text, gives its sentences or the first fault with its line and byte.
//! Invariant: nothing is guessed: what is no valid word, tree or text is an error; time is linear in the text.

use super::{Multiword, Opens, Sentence, Word, white_space};
use crate::token::UnknownUpos;
use crate::tree::{NotATree, UnknownRelation, UnknownTag};
use sulh_model::span::Span;

/// Why a text is no CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, byte {byte}: {problem}; correct the line or leave its sentence out")]
pub struct ReadError {
    /// The line, counted from 1.
    pub line: usize,
    /// Its first byte in the text.
    pub byte: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a line, or with the sentence that ends before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not ten columns.
    #[error("a word has ten columns parted by tabs, this line has {0}")]
    Columns(usize),
    /// The first column is no number, range or enhanced node.
    #[error("`{0}` is no word number, no range such as 3-4 and no enhanced node such as 8.1")]
    Id(String),
    /// Word numbers leave one out, or go back.
    #[error("word {found} stands where word {expected} should")]
    Order {
        /// The number that should stand here.
        expected: usize,
        /// The one that does.
        found: usize,
    },
    /// A range of one word, or one that overlaps another or the end of the sentence.
    #[error("the range {0} does not cover two or more words of its own that follow it")]
    Range(String),
    /// No form.
    #[error("the word has no form")]
    NoForm,
    /// A part of speech nobody knows.
    #[error(transparent)]
    Upos(#[from] UnknownUpos),
    /// A Penn tag nobody knows.
    #[error(transparent)]
    Penn(#[from] UnknownTag),
    /// A relation nobody knows.
    #[error(transparent)]
    Relation(#[from] UnknownRelation),
    /// The head is no number.
    #[error("the head `{0}` is no number")]
    Head(String),
    /// `Span=` with anything but two numbers in order.
    #[error("`Span={0}` is no pair of bytes such as Span=12:17")]
    Span(String),
    /// The words make no tree.
    #[error("the sentence before this line is no tree (words counted from 0): {0}")]
    Tree(#[from] NotATree),
    /// The text is not what the words spell.
    #[error("the words of the sentence before this line do not make its text, from word {0} on")]
    Text(usize),
}

/// The sentences of a CoNLL-U text.
pub fn read(text: &str) -> Result<Vec<Sentence>, ReadError> {
    let text_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut sentences = Vec::new();
    let mut draft = Draft::default();
    let (mut byte, mut line) = (text_start, 0);
    for content in text[text_start..].split_inclusive('\n') {
        line += 1;
        let fault = |problem| ReadError { line, byte, problem };
        let trimmed = content.trim_end_matches(['\n', '\r']);
        if trimmed.trim().is_empty() {
            if draft.has_words() {
                sentences.push(std::mem::take(&mut draft).finish().map_err(fault)?);
            }
        } else if let Some(comment) = trimmed.strip_prefix('#') {
            draft.comment(comment);
        } else {
            draft.row(trimmed).map_err(fault)?;
        }
        byte += content.len();
    }
    let fault = |problem| ReadError { line: line + 1, byte, problem };
    if draft.has_words() {
        sentences.push(draft.finish().map_err(fault)?);
    }
    Ok(sentences)
}

/// A sentence whose lines are still being read.
#[derive(Default)]
struct Draft {
    id: String,
    text: Option<String>,
    opens: Opens,
    words: Vec<Word>,
    multiwords: Vec<Multiword>,
    /// Whether white space follows the last of `multiwords`.
    multiword_space: bool,
}

impl Draft {
    /// Comments alone make no sentence: they belong to the next one.
    const fn has_words(&self) -> bool {
        !self.words.is_empty() || !self.multiwords.is_empty()
    }

    fn comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
        match key.split_whitespace().next() {
            Some("sent_id") => value.trim().clone_into(&mut self.id),
            // Only the one space the format puts there is taken off: a text may begin with white space.
            Some("text") if key.trim() == "text" => {
                self.text = Some(value.strip_prefix(' ').unwrap_or(value).to_owned());
            }
            Some("newdoc") => self.opens = Opens::Document,
            Some("newpar") => self.opens = self.opens.max(Opens::Paragraph),
            _ => {}
        }
    }

    fn row(&mut self, row: &str) -> Result<(), Problem> {
        let columns: Vec<&str> = row.split('\t').collect();
        let count = columns.len();
        let Ok([id, form, lemma, upos, penn, _, head, relation, _, misc]) =
            <[&str; 10]>::try_from(columns)
        else {
            return Err(Problem::Columns(count));
        };
        if let Some((first, last)) = id.split_once('-') {
            return self.range(id, number(first, id)?, number(last, id)?, form, misc);
        }
        if let Some((word, empty)) = id.split_once('.') {
            return number(word, id).and(number(empty, id)).map(|_| ());
        }
        let (expected, found) = (self.words.len() + 1, number(id, id)?);
        if expected != found {
            return Err(Problem::Order { expected, found });
        }
        if form.is_empty() {
            return Err(Problem::NoForm);
        }
        let head: usize = head.parse().map_err(|_| Problem::Head(head.to_owned()))?;
        let space_after = self.space_after(misc);
        self.words.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.parse()?,
            penn: penn.parse()?,
            head: head.checked_sub(1),
            relation: relation.parse()?,
            space_after,
            span: span(misc)?,
        });
        Ok(())
    }

    fn range(
        &mut self,
        id: &str,
        first: usize,
        last: usize,
        form: &str,
        misc: &str,
    ) -> Result<(), Problem> {
        let open = self.multiwords.last().is_some_and(|before| before.words.end >= first);
        if open || first != self.words.len() + 1 || last <= first {
            return Err(Problem::Range(id.to_owned()));
        }
        if form.is_empty() {
            return Err(Problem::NoForm);
        }
        self.multiwords.push(Multiword { words: first - 1..last, form: form.to_owned() });
        self.multiword_space = has_space_after(misc);
        Ok(())
    }

    /// Inside a token of more than one word no white space follows; its last word has what the token has.
    fn space_after(&self, misc: &str) -> bool {
        let word = self.words.len();
        match self.multiwords.last().filter(|token| token.words.contains(&word)) {
            Some(token) => word + 1 == token.words.end && self.multiword_space,
            None => has_space_after(misc),
        }
    }

    fn finish(self) -> Result<Sentence, Problem> {
        if let Some(token) = self.multiwords.last()
            && token.words.end > self.words.len()
        {
            return Err(Problem::Range(format!("{}-{}", token.words.start + 1, token.words.end)));
        }
        let mut sentence = Sentence {
            id: self.id,
            text: String::new(),
            opens: self.opens,
            words: self.words,
            multiwords: self.multiwords,
        };
        sentence.text = self.text.unwrap_or_else(|| spelt_out(&sentence));
        sentence.tree()?;
        match first_misspelt(&sentence) {
            Some(word) => Err(Problem::Text(word + 1)),
            None => Ok(sentence),
        }
    }
}

/// The text its words make.
fn spelt_out(sentence: &Sentence) -> String {
    let mut text = String::new();
    let mut multiwords = sentence.multiwords.iter().peekable();
    let mut inside_until = 0;
    for (at, word) in sentence.words.iter().enumerate() {
        if let Some(token) = multiwords.next_if(|token| token.words.start == at) {
            text.push_str(&token.form);
            inside_until = token.words.end;
        } else if at >= inside_until {
            text.push_str(&word.form);
        }
        if word.space_after && at + 1 < sentence.words.len() {
            text.push(' ');
        }
    }
    text
}

/// The first word that does not stand in the text, or has white space after it where it should not, or has none.
fn first_misspelt(sentence: &Sentence) -> Option<usize> {
    let spans = sentence.spans();
    if spans.len() < sentence.words.len() {
        return Some(spans.len());
    }
    let gaps = spans.iter().zip(spans.iter().skip(1)).map(|(word, next)| next.start() > word.end());
    let wrong = gaps.zip(&sentence.words).position(|(gap, word)| gap != word.space_after);
    let rest = &sentence.text[spans.last().map_or(0, |last| last.end())..];
    wrong.or_else(|| (white_space(rest) < rest.len()).then_some(spans.len() - 1))
}

/// A word number counted from 1.
fn number(digits: &str, id: &str) -> Result<usize, Problem> {
    digits.parse().map_err(|_| Problem::Id(id.to_owned()))
}

fn has_space_after(misc: &str) -> bool {
    !misc.split('|').any(|entry| entry == "SpaceAfter=No")
}

fn span(misc: &str) -> Result<Option<Span>, Problem> {
    let Some(value) = misc.split('|').find_map(|entry| entry.strip_prefix("Span=")) else {
        return Ok(None);
    };
    let pair = value.split_once(':').and_then(|(start, end)| {
        let (start, end): (u32, u32) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then(|| Span::new(start as usize, end as usize))
    });
    pair.map(Some).ok_or_else(|| Problem::Span(value.to_owned()))
}

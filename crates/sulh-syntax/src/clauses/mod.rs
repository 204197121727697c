//! Takes the chunks of a sentence, gives its clauses.
//! Invariant: one clause for every verb group, in the order of the verbs; a parent stands in the same list
//! and never below its own child.

mod close;
mod nominal;
mod nouns;
mod openings;
mod verbs;

pub(crate) use nominal::nominal_clauses;

use crate::chunk::{Chunk, VerbGroup};
use crate::clause::{Clause, ClauseRole};
use crate::lexicon::Lexicon;
use crate::phrase::{Oblique, Phrase};
use crate::token::{Token, Upos};

/// The clauses of a sentence.
pub(crate) fn clauses(tokens: &[Token], chunks: &[Chunk], lexicon: &Lexicon) -> Vec<Clause> {
    let mut builder = Builder {
        tokens,
        chunks,
        lexicon,
        drafts: vec![Draft::new(ClauseRole::Main, None)],
        open: vec![0],
        preposition: None,
        conjunction: false,
        comma: false,
        last_phrase: None,
    };
    for at in 0..chunks.len() {
        builder.take(at);
    }
    builder.finish()
}

/// A clause in the making.
#[derive(Debug)]
struct Draft {
    role: ClauseRole,
    parent: Option<usize>,
    joined_to: Option<usize>,
    mark: Option<String>,
    subject: Option<Phrase>,
    verb: Option<VerbGroup>,
    object: Option<Phrase>,
    indirect_object: Option<Phrase>,
    obliques: Vec<Oblique>,
    attribute: Option<usize>,
    after_comma: bool,
    /// Words of saying between two commas: ", the envoy said,".
    parenthesis: bool,
    words: Option<(usize, usize)>,
}

impl Draft {
    const fn new(role: ClauseRole, parent: Option<usize>) -> Self {
        Self {
            role,
            parent,
            joined_to: None,
            mark: None,
            subject: None,
            verb: None,
            object: None,
            indirect_object: None,
            obliques: Vec::new(),
            attribute: None,
            after_comma: false,
            parenthesis: false,
            words: None,
        }
    }
}

/// Where the phrase met last was put, so that what follows can hang on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Subject,
    Object,
    Oblique(usize),
}

struct Builder<'a> {
    tokens: &'a [Token],
    chunks: &'a [Chunk],
    lexicon: &'a Lexicon,
    drafts: Vec<Draft>,
    /// The drafts that can still take words, innermost last. Never empty.
    open: Vec<usize>,
    preposition: Option<(usize, usize, String)>,
    conjunction: bool,
    comma: bool,
    last_phrase: Option<(usize, Slot)>,
}

impl Builder<'_> {
    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn draft(&mut self) -> &mut Draft {
        let top = self.top();
        &mut self.drafts[top]
    }

    fn has_verb(&self, draft: usize) -> bool {
        self.drafts[draft].verb.is_some()
    }

    fn push(&mut self, draft: Draft) -> usize {
        let index = self.drafts.len();
        self.drafts.push(draft);
        self.open.push(index);
        index
    }

    fn touch(&mut self, first: usize, last: usize) {
        let words = &mut self.draft().words;
        *words = Some(words.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    }

    fn take(&mut self, at: usize) {
        match &self.chunks[at] {
            Chunk::Noun(group) if self.describes_bare(at) => {
                let group = *group;
                self.open_relative(at - 1, group.first);
                self.take_noun(at, group);
            }
            Chunk::Noun(group) => self.take_noun(at, *group),
            Chunk::Time(group) => self.take_time(*group),
            Chunk::Verb(group) => self.take_verb(at, group.clone()),
            Chunk::Preposition { first, last, case } => {
                self.conjunction = false;
                self.preposition = Some((*first, *last, case.clone()));
                return;
            }
            Chunk::Subordinator { first, word, .. } => self.open_adverbial(*first, word),
            Chunk::That(word) if self.describes_concluded(at) => self.open_relative(at, *word),
            Chunk::That(_) => self.open_content(),
            Chunk::Relative(word) => self.open_relative(at, *word),
            Chunk::Conjunction(_) => {
                self.conjunction = true;
                return;
            }
            Chunk::Comma(_) => self.take_comma(),
            Chunk::Stop(word) => self.take_stop(*word),
            Chunk::Adjective(word) => self.take_adjective(*word),
            Chunk::Other(word) => {
                // "leave safely": an adverb after the verb belongs to the clause.
                if self.tokens[*word].upos == Upos::Adv && self.has_verb(self.top()) {
                    self.touch(*word, *word);
                }
                return;
            }
        }
        if !matches!(self.chunks[at], Chunk::Comma(_) | Chunk::Other(_)) {
            self.comma = false;
        }
        if !matches!(self.chunks[at], Chunk::Adjective(_)) {
            self.conjunction = false;
        }
    }

    fn slot_mut(&mut self, draft: usize, slot: Slot) -> Option<&mut Phrase> {
        let draft = self.drafts.get_mut(draft)?;
        match slot {
            Slot::Subject => draft.subject.as_mut(),
            Slot::Object => draft.object.as_mut(),
            Slot::Oblique(index) => {
                draft.obliques.get_mut(index).map(|oblique| &mut oblique.phrase)
            }
        }
    }
}

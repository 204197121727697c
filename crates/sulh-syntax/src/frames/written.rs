//! Takes the words and tree of a parser, gives the words as they are written, with the tree over them.
//! Invariant: the result is a tree over the same stretch: parts that hyphens join are one word, every other word is
//! itself, and a word hangs on what the topmost of its parts hung on.
//!
//! Treebanks make a word of each part of "rebel-held" and of each hyphen. Word lists and names know the whole.

use crate::lexicon::{Lexicon, singular_of};
use crate::token::{Token, Upos, VerbForm};
use crate::tree::{Node, Penn, Relation, Tree};
use sulh_model::span::Span;

/// What a parser says of the words of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Parse<'a> {
    /// The words, as the treebanks cut them.
    pub words: &'a [Span],
    /// Their dictionary forms.
    pub lemmas: &'a [String],
    /// The tree over them.
    pub tree: &'a Tree,
    /// How sure the arc above each is, 0 to 1.
    pub certainty: &'a [f32],
}

/// The words of a sentence as they are written, each with how sure the arc above it is.
pub(super) fn written(text: &str, parse: Parse<'_>, lexicon: &Lexicon) -> (Vec<Token>, Vec<f32>) {
    let nodes = parse.tree.nodes();
    let count = nodes.len().min(parse.words.len());
    let groups = groups(text, &parse.words[..count]);
    let depths = depths(nodes);
    let mut group_of = vec![0; nodes.len()];
    for (at, (first, last)) in groups.iter().enumerate() {
        group_of[*first..=*last].fill(at);
    }
    let mut certainty = Vec::with_capacity(groups.len());
    let mut tokens = Vec::with_capacity(groups.len());
    for (first, last) in &groups {
        let top = (*first..=*last).min_by_key(|at| depths[*at]).unwrap_or(*first);
        let node = nodes[top];
        let span = parse.words[*first].cover(parse.words[*last]);
        let parts = parse.words[*first..=*last].iter().map(|part| part.of(text));
        let lemma = match (first == last, parse.lemmas.get(top)) {
            (true, lemma) => lemma.cloned(),
            // "re-arrested": the end of the word is what is inflected.
            (false, Some(lemma)) if top == *last => {
                let parts: Vec<&str> = parts.collect();
                let whole: String = parts[..parts.len() - 1].concat();
                Some(format!("{}{lemma}", whole.to_lowercase()))
            }
            (false, _) => None,
        };
        let upos = upos(node);
        let form = verb_form(node.penn).filter(|_| matches!(upos, Upos::Verb | Upos::Aux));
        tokens.push(Token {
            span,
            lemma: lemma_of(text, span, upos, form, lemma.as_deref(), lexicon),
            upos,
            verb_form: form,
            penn: Some(node.penn),
            head: node.head.map(|head| group_of[head]),
            relation: Some(node.relation),
        });
        certainty.push(parse.certainty.get(top).copied().unwrap_or(1.0));
    }
    (tokens, certainty)
}

/// The runs of words that hyphens join without a space: "rebel" "-" "held".
fn groups(text: &str, words: &[Span]) -> Vec<(usize, usize)> {
    let joined = |left: usize, hyphen: usize| {
        let touches = |one: usize, two: usize| words[one].end() == words[two].start();
        let solid = |at: usize, end: bool| {
            let form = words[at].of(text);
            let edge = if end { form.chars().next_back() } else { form.chars().next() };
            edge.is_some_and(char::is_alphanumeric)
        };
        let right = hyphen + 1;
        right < words.len()
            && matches!(words[hyphen].of(text), "-" | "‐" | "‑")
            && touches(left, hyphen)
            && touches(hyphen, right)
            && solid(left, true)
            && solid(right, false)
    };
    let mut groups = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let first = at;
        while joined(at, at + 1) {
            at += 2;
        }
        groups.push((first, at));
        at += 1;
    }
    groups
}

/// How many steps each word is from the root.
fn depths(nodes: &[Node]) -> Vec<usize> {
    const UNKNOWN: usize = usize::MAX;
    let mut depths = vec![UNKNOWN; nodes.len()];
    let mut path = Vec::new();
    for start in 0..nodes.len() {
        let mut at = Some(start);
        while let Some(word) = at.filter(|word| depths[*word] == UNKNOWN) {
            path.push(word);
            at = nodes[word].head;
        }
        let mut depth = at.map_or(0, |word| depths[word] + 1);
        while let Some(word) = path.pop() {
            depths[word] = depth;
            depth += 1;
        }
    }
    depths
}

/// The part of speech by which rules speak of a word: a word of a name is one whatever else it is, a participle before a
/// noun an adjective, "their" and "those" determiners.
const fn upos(node: Node) -> Upos {
    match (node.upos, node.penn, node.relation) {
        (Upos::Adj | Upos::Noun | Upos::Verb | Upos::Num, Penn::Nnp | Penn::Nnps, _) => Upos::Propn,
        (Upos::Verb, Penn::Vbn | Penn::Vbg | Penn::Jj, Relation::Amod) => Upos::Adj,
        (Upos::Pron, Penn::Dt | Penn::Pdt | Penn::PrpPoss | Penn::WpPoss, _) => Upos::Det,
        (upos, _, _) => upos,
    }
}

pub(super) const fn verb_form(penn: Penn) -> Option<VerbForm> {
    Some(match penn {
        Penn::Vb => VerbForm::Base,
        Penn::Vbz | Penn::Vbp | Penn::Md => VerbForm::Present,
        Penn::Vbd => VerbForm::Past,
        Penn::Vbn => VerbForm::PastParticiple,
        Penn::Vbg => VerbForm::Gerund,
        _ => return None,
    })
}

/// The dictionary form as the word lists write it: verbs by the parser's lemma where the lists do not contradict it,
/// nouns in the singular, names as they stand, everything else in lower case.
fn lemma_of(
    text: &str,
    span: Span,
    upos: Upos,
    form: Option<VerbForm>,
    parsed: Option<&str>,
    lexicon: &Lexicon,
) -> String {
    let written = span.of(text);
    let lower = written.to_lowercase();
    match upos {
        Upos::Propn | Upos::X => written.to_owned(),
        Upos::Noun => singular_of(&lower),
        Upos::Aux => parsed.map_or(lower, str::to_lowercase),
        Upos::Verb => {
            let parsed = parsed.map(str::to_lowercase);
            let readings = lexicon.verb_readings(&lower);
            let known = |lemma: &String| readings.iter().any(|(known, _)| known == lemma);
            let of_form = readings.iter().find(|(_, known)| Some(*known) == form);
            match parsed {
                Some(lemma) if readings.is_empty() || known(&lemma) => lemma,
                parsed => of_form
                    .or(readings.first())
                    .map(|(lemma, _)| lemma.clone())
                    .or(parsed)
                    .unwrap_or(lower),
            }
        }
        _ => lower,
    }
}

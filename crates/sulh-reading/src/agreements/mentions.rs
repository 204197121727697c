//! Takes a scene, gives the words in it that name an agreement.
//! Invariant: a mention is one noun phrase; what only sounds like one ("ceasefire violations") gives none.

use super::words::DealWords;
use crate::scene::Scene;
use sulh_model::agreement::{AgreementKind, Stage};
use sulh_model::edtf::{Edtf, Precision};
use sulh_model::span::Span;
use sulh_model::time::UncertainDate;
use sulh_syntax::{Token, Upos};

/// Which agreement the words point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// "the agreement", "this deal"
    Known,
    /// "an agreement"
    New,
    /// "another agreement", "a second deal"
    Another,
    /// "the previous agreement"
    Earlier,
    /// "no agreement"
    None,
    /// "agreements", "any deal": none in particular.
    Any,
}

/// Words that name an agreement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// The phrase without its article.
    pub span: Span,
    /// Index of the noun.
    pub head: usize,
    /// First word of the phrase, its article included.
    pub first: usize,
    /// Which one.
    pub which: Which,
    /// The words set it apart from another one: "a new deal", "a second truce".
    pub set_apart: bool,
    /// The kind its words say.
    pub kind: Option<AgreementKind>,
    /// The stage its words say.
    pub stage: Option<Stage>,
    /// The date in its words: "the 2016 agreement".
    pub date: Option<UncertainDate>,
    /// None between parties to a conflict.
    pub out_of_scope: bool,
    /// Words beside it single it out: "the recent deal on the south between the two capitals".
    pub singled_out: bool,
    /// A party said in its words: "the Russian-brokered truce".
    pub mediator: Option<Span>,
}

/// The mentions of a scene, in order.
pub(crate) fn mentions(scene: &Scene<'_>, words: &DealWords) -> Vec<Mention> {
    (0..scene.sentence.tokens.len()).filter_map(|at| mention_at(scene, words, at)).collect()
}

fn lower(scene: &Scene<'_>, token: &Token) -> String {
    token.form(scene.text).to_lowercase()
}

fn mention_at(scene: &Scene<'_>, words: &DealWords, head: usize) -> Option<Mention> {
    let tokens = &scene.sentence.tokens;
    let token = &tokens[head];
    let lemma = token.lemma.to_lowercase();
    let strong = words.nouns.contains(&lemma);
    if !(strong || words.weak_nouns.contains(&lemma))
        || !matches!(token.upos, Upos::Noun | Upos::Propn)
    {
        return None;
    }
    let next = tokens.get(head + 1);
    let joined = next.is_some_and(|next| {
        matches!(next.upos, Upos::Noun | Upos::Propn)
            && !scene.of(Span::new(token.span.end(), next.span.start())).is_empty()
    });
    let next_lemma = next.map_or(String::new(), |next| next.lemma.to_lowercase());
    if joined
        && (words.not_before.contains(&next_lemma)
            || words.nouns.contains(&next_lemma)
            || words.weak_nouns.contains(&next_lemma))
    {
        return None;
    }
    let first = phrase_start(scene, head);
    let before: Vec<String> = tokens[first..head].iter().map(|token| lower(scene, token)).collect();
    let qualified =
        before.iter().any(|word| words.qualifiers.contains(word) || words.kind_of(word).is_some());
    if !strong && !qualified && !is_made_here(scene, words, head) {
        return None;
    }
    let plural = lower(scene, token) != lemma && lower(scene, token).ends_with('s');
    let which = which_of(words, &before, plural, &tokens[first], first == head);
    let span = name_span(scene, first, head);
    Some(Mention {
        span,
        head,
        first,
        which,
        set_apart: is_set_apart(words, &before, which),
        kind: words
            .kind_of(&lemma)
            .or_else(|| before.iter().rev().find_map(|word| words.kind_of(word))),
        stage: before.iter().find_map(|word| words.stage_of(word)),
        date: date_in(scene, tokens[first].span.cover(token.span))
            .or_else(|| date_after(scene, head)),
        out_of_scope: is_out_of_scope(scene, words, &before, head),
        singled_out: is_singled_out(scene, &before, head),
        mediator: mediator_in(scene, words, first, head),
    })
}

/// The first word of the noun phrase that ends in `head`.
fn phrase_start(scene: &Scene<'_>, head: usize) -> usize {
    let tokens = &scene.sentence.tokens;
    let fits = |at: usize| {
        matches!(tokens[at].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || matches!(tokens[at].lemma.as_str(), "'s" | "’s")
    };
    let mut first = head;
    while first > 0 && fits(first - 1) {
        first -= 1;
        if tokens[first].upos == Upos::Det && tokens[first].lemma != "'s" {
            break;
        }
    }
    first
}

/// The phrase without article and possessor.
fn name_span(scene: &Scene<'_>, first: usize, head: usize) -> Span {
    let tokens = &scene.sentence.tokens;
    let possessor =
        (first..head).rev().find(|at| matches!(tokens[*at].lemma.as_str(), "'s" | "’s"));
    let from = match possessor {
        Some(mark) => mark + 1,
        None if first < head && tokens[first].upos == Upos::Det => first + 1,
        None => first,
    };
    let from = (from..head)
        .find(|at| !matches!(tokens[*at].lemma.as_str(), "new" | "the" | "this"))
        .unwrap_or(head);
    tokens[from].span.cover(tokens[head].span)
}

/// "a new deal", "another agreement"; but "the new deal" points at one already told.
fn is_set_apart(words: &DealWords, before: &[String], which: Which) -> bool {
    let new = before.iter().any(|word| words.which.new.contains(word));
    which == Which::Another || (which == Which::New && new)
}

fn which_of(
    words: &DealWords,
    before: &[String],
    plural: bool,
    first: &Token,
    bare: bool,
) -> Which {
    let has = |known: &[&str]| before.iter().any(|word| known.contains(&word.as_str()));
    if has(&["no"]) {
        return Which::None;
    }
    if plural || has(&["any", "every", "each", "such", "many", "several", "all", "most", "some"]) {
        return Which::Any;
    }
    if has(&["similar"]) || before.iter().any(|word| words.which.another.contains(word)) {
        return Which::Another;
    }
    let definite = has(&["the", "this", "that", "its", "their", "’s", "'s", "both"]);
    let earlier = if definite {
        before.iter().any(|word| words.which.earlier.contains(word))
    } else {
        has(&["previous", "earlier", "prior"])
    };
    if earlier {
        return Which::Earlier;
    }
    if definite {
        return Which::Known;
    }
    if bare && first.upos != Upos::Propn {
        return Which::New;
    }
    Which::New
}

/// A weak noun counts when somebody reaches or signs it.
fn is_made_here(scene: &Scene<'_>, words: &DealWords, head: usize) -> bool {
    scene.sentence.clauses.iter().any(|clause| {
        let holds = |phrase: &sulh_syntax::Phrase| phrase.words.0 <= head && head <= phrase.words.1;
        let bound = clause.obliques.iter().any(|oblique| {
            holds(&oblique.phrase)
                && words
                    .made
                    .verbs
                    .contains(&format!("{} {}", clause.predicate.lemma, oblique.case))
        });
        let plain = matches!(
            clause.predicate.lemma.as_str(),
            "reach" | "sign" | "conclude" | "strike" | "seal" | "broker"
        );
        bound || (plain && clause.undergoer().is_some_and(holds))
    })
}

fn is_out_of_scope(scene: &Scene<'_>, words: &DealWords, before: &[String], head: usize) -> bool {
    let after: Vec<String> =
        scene.sentence.tokens[head + 1..].iter().take(6).map(|token| lower(scene, token)).collect();
    let on: Vec<String> = after
        .iter()
        .skip_while(|word| !matches!(word.as_str(), "on" | "to"))
        .take(4)
        .cloned()
        .collect();
    let noun = scene.token(head).map_or(String::new(), |token| token.lemma.to_lowercase());
    let near: Vec<&String> = before.iter().chain(std::iter::once(&noun)).collect();
    if near.iter().any(|word| words.out_of_scope.unless.contains(*word)) {
        return false;
    }
    let after_on = on.first().is_some_and(|word| word == "on")
        && on.iter().any(|word| words.out_of_scope.words.contains(word));
    before.iter().any(|word| words.out_of_scope.words.contains(word)) || after_on
}

/// "recent", or "between", "with", "on" right after the noun: the words say which deal of several is meant.
fn is_singled_out(scene: &Scene<'_>, before: &[String], head: usize) -> bool {
    let pointed = before.iter().any(|word| matches!(word.as_str(), "recent" | "latest"));
    let next = scene.token(head + 1).map_or(String::new(), |token| lower(scene, token));
    pointed || matches!(next.as_str(), "between" | "with" | "on" | "among")
}

fn date_in(scene: &Scene<'_>, span: Span) -> Option<UncertainDate> {
    let told = scene.times_in(span).next().map(|time| time.date.clone());
    told.or_else(|| {
        // A bare year before the noun is a date of the deal even where the time reader leaves it alone.
        let tokens = scene.tokens_in(span);
        tokens.filter_map(|at| scene.token(at)).find_map(|token| {
            let year: i16 =
                token.form(scene.text).parse().ok().filter(|year| (1900..=2100).contains(year))?;
            Some(UncertainDate {
                edtf: Edtf::year(year)?,
                wording: token.form(scene.text).to_owned(),
                span: Some(token.span),
            })
        })
    })
}

/// "the agreement of 2016", "the deal of 3 May": a date that "of" binds to the noun.
fn date_after(scene: &Scene<'_>, head: usize) -> Option<UncertainDate> {
    let of = scene.token(head + 1).filter(|token| token.lemma == "of")?;
    let first = scene.token(head + 2)?;
    let told = scene
        .times
        .iter()
        .find(|time| time.date.span.is_some_and(|span| span.start() == first.span.start()));
    told.map(|time| time.date.clone()).or_else(|| date_in(scene, of.span.cover(first.span)))
}

/// "the Turkish-brokered truce": the word before "-brokered".
fn mediator_in(scene: &Scene<'_>, words: &DealWords, first: usize, head: usize) -> Option<Span> {
    scene.sentence.tokens[first..head].iter().find_map(|token| {
        let form = token.form(scene.text);
        let ending = words.role.mediated.iter().find(|ending| form.ends_with(ending.as_str()))?;
        let end = token.span.end() - ending.len();
        (end > token.span.start()).then(|| Span::new(token.span.start(), end))
    })
}

/// The year an uncertain date lies in, where it lies in one.
pub(crate) fn year_of(date: &UncertainDate) -> Option<i16> {
    match date.edtf {
        Edtf::Point(point) => Some(match point.precision {
            Precision::Year(year) | Precision::Season(year, _) | Precision::Month(year, _) => year,
            Precision::Day(day) => day.year(),
        }),
        Edtf::Interval(_, _) => date.latest().map(|day| day.year()),
    }
}

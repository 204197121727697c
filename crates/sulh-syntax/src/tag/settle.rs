//! Takes the tagged words of a sentence, gives them with what only the whole sentence can tell.
//! Invariant: only verb forms and subordinators change; no word changes its place.

use super::Tagger;
use crate::calendar::is_time_name;
use crate::lexicon::Lexicon;
use crate::token::{Token, Upos, VerbForm};
use std::collections::BTreeSet;

/// "The deal reached on Sunday collapsed": of two past forms with nothing between them that opens a clause,
/// the first describes its noun.
pub(super) fn settle_reduced_relatives(
    tokens: &mut [Token],
    lower: &[String],
    reporting: &BTreeSet<String>,
) {
    let finite: Vec<usize> = (0..tokens.len())
        .filter(|at| {
            let finite = tokens[*at]
                .verb_form
                .is_some_and(|form| matches!(form, VerbForm::Past | VerbForm::Present));
            let have = tokens[*at].upos == Upos::Aux && tokens[*at].lemma == "have";
            finite || (have && *at > 0 && tokens[*at - 1].is_nominal())
        })
        .collect();
    for pair in finite.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let is_past =
            tokens[first].upos == Upos::Verb && tokens[first].verb_form == Some(VerbForm::Past);
        let noun_before = first > 0 && matches!(tokens[first - 1].upos, Upos::Noun | Upos::Propn);
        let closed_by = lower.get(first + 1).map(String::as_str).unwrap_or("");
        let phrase_next = matches!(
            tokens.get(first + 1).map(|t| t.upos),
            Some(Upos::Adp | Upos::Propn | Upos::Adv | Upos::Part)
        ) || closed_by == "earlier";
        let between = &tokens[first + 1..second];
        let opens_clause = between.iter().any(|token| {
            matches!(token.upos, Upos::Sconj | Upos::Cconj | Upos::Pron | Upos::Punct)
        });
        let noun_between = between.iter().any(Token::is_nominal);
        if opens_clause || !noun_between {
            continue;
        }
        // "The council said Kidal had fallen": what follows a word of saying is said, not a phrase of a participle.
        let says = reporting.contains(&tokens[first].lemma)
            && !is_time_name(closed_by)
            && tokens.get(first + 1).is_some_and(Token::is_nominal);
        if is_past && noun_before && phrase_next && !says {
            tokens[first].verb_form = Some(VerbForm::PastParticiple);
            continue;
        }
        // "released five soldiers kidnapped in August": the second describes the noun before it.
        let speaks = reporting.contains(&tokens[first].lemma);
        let describes = tokens[second].verb_form == Some(VerbForm::Past)
            && tokens[second].upos == Upos::Verb
            && matches!(tokens[second - 1].upos, Upos::Noun | Upos::Propn)
            && matches!(tokens.get(second + 1).map(|token| token.upos), Some(Upos::Adp));
        let verb = tokens[first].upos == Upos::Verb || tokens[first].lemma == "have";
        if describes && !speaks && verb {
            tokens[second].verb_form = Some(VerbForm::PastParticiple);
        }
    }
}

/// "the deal reached on Sunday", "the deal, made between the clans,": a deal reaches and makes nothing, so a past form
/// right after it that has no object describes it.
pub(super) fn settle_concluded(tokens: &mut [Token], lexicon: &Lexicon) {
    let closed = &lexicon.closed;
    for at in 1..tokens.len() {
        let comma = usize::from(tokens[at - 1].lemma == ",");
        let Some(noun) = at.checked_sub(1 + comma) else { continue };
        let describes = tokens[at].verb_form == Some(VerbForm::Past)
            && closed.concluding.contains(&tokens[at].lemma)
            && tokens[noun].is_nominal()
            && closed.concluded.contains(&tokens[noun].lemma.to_lowercase());
        let no_object =
            tokens.get(at + 1).is_none_or(|next| {
                matches!(next.upos, Upos::Adp | Upos::Adv | Upos::Num | Upos::Punct)
            }) || tokens.get(at + 1).is_some_and(|next| is_time_name(&next.lemma.to_lowercase()));
        if describes && no_object {
            tokens[at].verb_form = Some(VerbForm::PastParticiple);
        }
    }
}

/// "after", "before", "since", "until", "as": they open a clause only where a verb follows before the next mark.
pub(super) fn settle_subordinators(tokens: &mut [Token], tagger: &Tagger<'_>) {
    let closed = &tagger.lexicon.closed;
    for at in 0..tokens.len() {
        let word = tagger.word(at);
        let both = matches!(word, "after" | "before" | "since" | "until" | "till" | "as" | "once");
        if !both || !matches!(tokens[at].upos, Upos::Sconj | Upos::Adp | Upos::Adv) {
            continue;
        }
        let verb_follows = tokens[at + 1..]
            .iter()
            .take_while(|token| {
                !matches!(token.lemma.as_str(), "," | ";" | "." | ":" | "who" | "which" | "that")
            })
            .any(|token| {
                matches!(token.verb_form, Some(VerbForm::Past | VerbForm::Present))
                    || (token.upos == Upos::Aux && closed.modals.contains(&token.lemma))
            });
        let gerund_next =
            tokens.get(at + 1).is_some_and(|token| token.verb_form == Some(VerbForm::Gerund));
        let time_next = matches!(word, "since" | "until" | "till")
            && tokens.get(at + 1).is_some_and(|token| {
                token.upos == Upos::Num || is_time_name(&token.lemma.to_lowercase())
            });
        tokens[at].upos =
            if !time_next && (verb_follows || gerund_next) { Upos::Sconj } else { Upos::Adp };
    }
}

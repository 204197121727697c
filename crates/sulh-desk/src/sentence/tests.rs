//! Takes terms in every state, grade and flag, checks what a sentence may and must say of them.
//! Invariant: words of certainty are a closed list; a test that loosens it loosens the program.

use super::*;
use crate::{
    samples::{because, dossier, term},
    shapes::dossier::EstablishedPart,
};
use proptest::{prelude::*, sample::select};
use sulh_ledger::rules::{denial::Upheld, transition::Transition};

/// Words that say more than that somebody says so.
const CERTAIN: &[&str] = &[
    "confirmed",
    "certain",
    "certainly",
    "clear",
    "clearly",
    "definitely",
    "definitively",
    "established",
    "evident",
    "evidently",
    "fact",
    "indeed",
    "known",
    "obviously",
    "proved",
    "proven",
    "truth",
    "true",
    "undeniably",
    "undisputed",
    "undoubtedly",
    "verified",
];

/// Words of which a claim below corroborated must carry one.
const HEDGES: &[&str] = &["unconfirmed", "uncorroborated", "alone", "disputed"];

fn said(term: TermPart) -> SentenceShape {
    let none = |_: &SpanPart| Source { report: None, words: None };
    sentence(&dossier(vec![term]), Meant { term: 0, element: None }, &none).unwrap()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect()
}

fn has_any(text: &str, wanted: &[&str]) -> bool {
    words(&text.to_lowercase()).iter().any(|word| wanted.contains(word))
}

/// A term whose begin is told by these voices, at any grade, in any state.
fn any_term() -> impl Strategy<Value = (TermPart, Upheld, Transition, bool)> {
    let voices = select(vec![
        vec!["Ford Daily"],
        vec!["Ford Daily", "Hill Agency"],
        vec!["Ford Daily", "no:Ridge Voice"],
        vec!["no:Ridge Voice"],
        vec![],
    ]);
    let named = any::<bool>();
    let grade = select(Upheld::ALL.to_vec());
    let state = select(State::ALL.to_vec());
    let claimed = select(State::ALL.to_vec());
    let transition = select(
        Transition::ALL.iter().copied().filter(|it| *it != Transition::Agreed).collect::<Vec<_>>(),
    );
    let flags = proptest::sample::subsequence(Flag::ALL.to_vec(), 0..Flag::ALL.len());
    (voices, named, grade, state, claimed, transition, flags, any::<bool>()).prop_map(
        |(voices, named, grade, state, claimed, transition, flags, established)| {
            let mut told = because(&format!("t1.1 {transition}"), grade.code(), &voices);
            if !named {
                for line in &mut told.lines {
                    line.voucher = None;
                    line.side = Some("ridge".to_owned());
                }
            }
            let promised = because("t1 agreed", "corroborated", &["Valley Monitor", "Hill Agency"]);
            let mut because = vec![promised];
            if !voices.is_empty() {
                because.push(told);
            }
            let mut term = term("t1", "pending supported", "pending supported", because);
            term.flags = flags.iter().map(|flag| flag.code()).collect();
            let element = &mut term.elements[0];
            element.flags = term.flags.clone();
            (element.reported.state, element.claimed.state) = (state.code(), claimed.code());
            element.established = established.then(|| EstablishedPart {
                state: state.code(),
                by: "heron".to_owned(),
                day: "2021-02-11".to_owned(),
                reason: "went there".to_owned(),
            });
            (term, grade, transition, established)
        },
    )
}

proptest! {
    #[test]
    fn no_sentence_is_more_certain_than_its_ledger(
        (term, grade, transition, established) in any_term()
    ) {
        let told = term.because.get(1).cloned();
        let said = said(term);
        let text = &said.sentence;
        prop_assert!(established || !has_any(text, CERTAIN), "{text}");
        if let Some(told) = told {
            for line in told.lines.iter().chain(&told.denials) {
                let name = line.voucher.as_deref().unwrap_or("unnamed ridge sources (counted as one)");
                prop_assert!(text.contains(name), "{name} is not in: {text}");
            }
            let clause = text.split("; ").nth(1).unwrap_or_default();
            if !told.lines.is_empty() && grade != Upheld::Corroborated {
                prop_assert!(has_any(clause, HEDGES), "{clause}");
            }
            prop_assert!(clause.contains('['), "a claim without a footnote: {clause}");
            let denied = !told.denials.is_empty();
            let denies = has_any(clause, &["denies", "deny", "contests", "contest"]);
            prop_assert_eq!(denied, denies, "{}", clause);
        } else {
            prop_assert!(text.contains("nobody has reported whether"), "{text}");
        }
        if transition != Transition::NotDone {
            prop_assert!(!text.contains("not done") && !text.contains("has not"), "{text}");
        }
    }

    #[test]
    fn numbers_and_footnotes_are_one_for_one((term, ..) in any_term()) {
        let said = said(term);
        for (at, note) in said.footnotes.iter().enumerate() {
            prop_assert_eq!(note.number, at + 1);
            let mark = format!("[{}]", note.number);
            prop_assert!(said.sentence.contains(&mark), "{}", said.sentence);
        }
        let next = format!("[{}]", said.footnotes.len() + 1);
        prop_assert!(!said.sentence.contains(&next));
        prop_assert_eq!(said.sentence.matches('.').count(), 1 + said.sentence.matches("t1.").count());
    }
}

#[track_caller]
fn check(grade: &'static str, voices: &[&str], expected: &str) {
    let promised = because("t1 agreed", "corroborated", &["Valley Monitor", "Hill Agency"]);
    let told = because("t1.1 begun", grade, voices);
    let text =
        said(term("t1", "pending supported", "pending supported", vec![promised, told])).sentence;
    assert_eq!(text.split("; ").nth(1).unwrap().trim_end_matches('.'), expected);
}

#[test]
fn each_grade_has_its_words() {
    let both = ["Ford Daily", "Hill Agency"];
    check("corroborated", &both, "Ford Daily and Hill Agency report [2] that it has begun");
    check("supported", &["Ford Daily"], "according to Ford Daily alone [2], it has begun");
    check(
        "supported",
        &both,
        "Ford Daily and Hill Agency report [2], uncorroborated, that it has begun",
    );
    check("claimed", &["Ford Daily"], "Ford Daily claimed [2], unconfirmed, that it has begun");
    let denied = ["Ford Daily", "no:Ridge Voice"];
    check(
        "disputed",
        &denied,
        "Ford Daily says [2], unconfirmed, that it has begun, Ridge Voice denies it, and it is disputed",
    );
    check(
        "contradicted",
        &denied,
        "Ridge Voice denies [2] that it has begun, which Ford Daily claimed, unconfirmed",
    );
    check(
        "supported",
        &denied,
        "according to Ford Daily alone [2], it has begun, which Ridge Voice denies",
    );
    check("none", &["no:Ridge Voice"], "Ridge Voice denies [2] that it has begun");
}

#[test]
fn who_is_not_named_claims_beside_those_who_report() {
    let mut told = because("t1.1 begun", "corroborated", &["Ford Daily", "Hill Agency", "nobody"]);
    (told.lines[2].voucher, told.lines[2].side) = (None, Some("ridge".to_owned()));
    let promised = because("t1 agreed", "supported", &["Valley Monitor"]);
    let text = said(term("t1", "under_way supported", "under_way supported", vec![promised, told]));
    let expected = "Ford Daily and Hill Agency report [2] that it has begun, as unnamed ridge sources \
                    (counted as one) claimed, unconfirmed.";
    assert_eq!(text.sentence.split("; ").nth(1).unwrap(), expected);
}

#[test]
fn silence_is_said_as_silence_for_each_state_a_promise_rests_in() {
    let silent = |state: &'static str, expected: &str| {
        let promised = because("t1 agreed", "supported", &["Valley Monitor"]);
        let text = said(term("t1", state, state, vec![promised])).sentence;
        assert!(text.ends_with(&format!("nobody has reported whether {expected}.")), "{text}");
    };
    silent("pending supported", "it has begun");
    silent("binding supported", "it is being kept");
    silent("waiting supported", "what it waits for has come about");
    silent("unused supported", "use was made of it");
    let untold = said(term("t1", "not_agreed none", "not_agreed none", vec![])).sentence;
    assert!(untold.contains("nobody has reported whether the truce of the ford holds a promise"));
}

#[test]
fn what_came_again_is_told_beside_the_first_time() {
    let told = vec![
        because("t1 agreed", "supported", &["Ford Daily"]),
        because("t1.1 completed", "supported", &["Ford Daily"]),
        because("t1.1 completed (2)", "claimed", &["Hill Agency"]),
    ];
    let sentence = said(term("t1", "under_way supported", "done claimed", told)).sentence;
    let first = "according to Ford Daily alone [2], it was carried out";
    let again = "Hill Agency claimed [3], unconfirmed, that once more it was carried out";
    assert!(sentence.contains(first) && sentence.contains(again), "{sentence}");
}

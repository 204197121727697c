//! Takes random logs and questions, holds the ledger's answers against the auditor's.
//! Invariant: where they differ, the rules decide who is wrong, and a case of its own keeps the finding.

use super::{Findings, OnTracks, audit, seen};
use crate::{
    Ledger,
    decision::Decisions,
    link::{items, link},
    report::Told,
    rules::{denial::Upheld, grade::Grade, interest::Interest, line::Line, transition::State},
    samples::{log, registers},
    tests::generator::{Fact, Spec, page, world},
    verdict::{Because, Dossier, Graded, Question, Tracks},
};
use proptest::{prelude::*, strategy::ValueTree};
use std::collections::{BTreeMap, BTreeSet};

/// What both sides say of a proposition.
type Weight = (Upheld, Grade, Grade, BTreeSet<Vouched>, BTreeSet<Vouched>);
type Vouched = (Option<String>, Interest, bool);

fn of_ledger(because: &Because) -> Weight {
    let lines = |lines: &[Line]| -> BTreeSet<Vouched> {
        lines.iter().map(|line| (line.voucher.clone(), line.interest, line.original_seen)).collect()
    };
    let (support, denial) = (because.support, because.denial);
    (because.upheld, support, denial, lines(&because.lines), lines(&because.denials))
}

fn of_auditor(found: &Findings) -> BTreeMap<String, Weight> {
    let weight = |(about, it): (&String, &super::Finding)| {
        let weight = (it.upheld, it.support, it.denial, it.lines.clone(), it.denials.clone());
        (about.clone(), weight)
    };
    found.propositions.iter().map(weight).collect()
}

fn tracks(tracks: &Tracks) -> OnTracks<State> {
    [tracks.reported, tracks.claimed].map(|graded| (graded.value, graded.upheld))
}

/// Compares all that both say of one agreement.
fn compare(dossier: &Dossier, found: &Findings) -> Result<(), TestCaseError> {
    let stage = &dossier.agreement.stage;
    let becauses = stage.because.iter().chain(&dossier.agreement.because);
    let becauses = becauses.chain(dossier.terms.iter().flat_map(|term| &term.because));
    let weights: BTreeMap<String, Weight> =
        becauses.map(|because| (because.proposition.to_string(), of_ledger(because))).collect();
    prop_assert_eq!(&weights, &of_auditor(found));
    let terms: Vec<_> = dossier
        .terms
        .iter()
        .map(|term| {
            let elements = term.elements.iter().map(|element| tracks(&element.tracks)).collect();
            (tracks(&term.tracks), elements)
        })
        .collect();
    prop_assert_eq!(&terms, &found.terms, "{:#?}", weights);
    let graded = |graded: Graded<_>| (graded.value, graded.upheld);
    prop_assert_eq!([graded(stage.reported), graded(stage.claimed)], found.stage, "{:#?}", weights);
    Ok(())
}

/// Asks both the same of every prefix of a log.
fn check(reports: &[Told], question: Question) -> Result<(), TestCaseError> {
    let (entries, registers) = (log(reports), registers());
    for end in 1..=entries.len() {
        let prefix = &entries[..end];
        let ledger = Ledger::replay(registers.clone(), prefix).unwrap();
        let seen = seen(prefix, question);
        let told: Vec<&Told> = seen.iter().collect();
        prop_assert_eq!(&ledger.reports(question), &told);
        let items = items(&told, &registers.sources);
        let nobody = Decisions::of(std::iter::empty(), question.known_by);
        let clusters = link(&items, &registers, &nobody).clusters;
        prop_assert_eq!(ledger.agreements(question).len(), clusters.len());
        for cluster in &clusters {
            let dossier = ledger.dossier(&cluster.key, question).unwrap();
            compare(&dossier, &audit(&items, &registers, question, cluster))?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_ledger_answers_as_the_auditor(
        world in world(),
        as_of in 1..31_i8,
        known_by in 1..31_i8,
        recorded_by in prop::option::of(1..6_u64),
    ) {
        let day = |day| jiff::civil::date(2019, 8, day);
        let question = Question { as_of: day(as_of), known_by: day(known_by), recorded_by };
        check(&world.reports(), question)?;
    }
}

/// A fact told plainly in the body: by a chain, of what, of the third element, on a day.
fn plain(chain: u8, what: u8, day: u8, negated: bool) -> Fact {
    Fact { chain, factuality: 0, what, element: 2, day, block: 9, negated }
}

fn check_page(facts: &[Fact]) {
    let facts = facts.to_vec();
    let spec = Spec { publisher: 0, day: 11, made_by: 0, agreed: 0, standing: 3, stage: 2, facts };
    let last = jiff::civil::date(2019, 8, 30);
    let question = Question { as_of: last, known_by: last, recorded_by: None };
    check(&[page(&spec, 1)], question).unwrap();
}

#[test]
fn a_denial_of_what_was_done_twice() {
    // "By the tenth it was not done" means the second time as well as the first.
    let done_twice = [plain(0, 1, 1, false), plain(0, 6, 3, false), plain(0, 1, 8, false)];
    check_page(&[&done_twice[..], &[plain(1, 1, 10, true)]].concat());
}

#[test]
fn a_condition_that_is_met_by_the_second_time() {
    // What is told as done after a breach meets the condition of another promise.
    check_page(&[plain(0, 6, 3, false), plain(0, 1, 8, false)]);
}

/// What the generator must reach for the comparison to mean anything: each way to stand, most states on
/// both tracks, agreements told by several pages, copies, events tied by rule.
#[test]
fn the_generator_reaches_what_is_to_be_audited() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let last = jiff::civil::date(2019, 8, 30);
    let question = Question { as_of: last, known_by: last, recorded_by: None };
    for _ in 0..300 {
        let world = world().new_tree(&mut runner).unwrap().current();
        let ledger = Ledger::replay(registers(), &log(&world.reports())).unwrap();
        for dossier in ledger.dossiers(question) {
            let becauses = dossier.terms.iter().flat_map(|term| &term.because);
            for because in becauses.chain(&dossier.agreement.stage.because) {
                reached.insert(because.upheld.to_string());
                reached.insert(
                    because
                        .proposition
                        .to_string()
                        .split(' ')
                        .skip(1)
                        .collect::<Vec<_>>()
                        .join(" "),
                );
                reached.extend(because.mark.map(|mark| mark.to_string()));
                reached.extend(because.lines.iter().map(|line| line.strength.to_string()));
                reached.extend(because.lines.iter().map(|line| line.interest.to_string()));
            }
            for track in dossier.terms.iter().flat_map(|term| &term.elements) {
                reached.insert(format!("reported {}", track.tracks.reported.value));
                reached.insert(format!("claimed {}", track.tracks.claimed.value));
            }
            reached.insert(format!("{} reports", dossier.agreement.reports));
        }
    }
    let wanted = "contradicted disputed claimed supported corroborated denied_by contested_by \
                  solid admission thin unconfirmed self_serving against_interest unknown";
    let states = "not_agreed waiting pending binding under_way done suspended violated unused used";
    let states =
        states.split(' ').flat_map(|it| [format!("reported {it}"), format!("claimed {it}")]);
    let wanted = wanted.split_whitespace().map(str::to_owned).chain(states);
    let missed: Vec<String> = wanted.filter(|it| !reached.contains(it)).collect();
    assert!(missed.is_empty(), "never reached: {missed:?} {reached:?}");
}

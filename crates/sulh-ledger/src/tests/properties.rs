//! What must hold for every ledger: the list of the rules. Order, copies, clocks, what never moves a state, what
//! never lowers a grade, witnesses, and whom nobody may blame.

use super::generator::{Echo, Fact, Spec, World, fact, facts, nearly, page, spec, world};
use crate::{
    Ledger,
    report::Told,
    rules::{
        denial::{Mark, Upheld},
        grade::Grade,
        interest::Interest,
        line::Line,
        strength::Strength,
    },
    samples::{ask, date, ledger, log, registers},
    verdict::{Because, Dossier, Question, Responsible},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn question() -> Question {
    ask("2019-08-20", "2019-08-31")
}

fn answers(told: &[Told], question: Question) -> Vec<Dossier> {
    ledger(told).dossiers(question)
}

/// Outlets of the register that vouch, so that no unknown mirror can pass for the root of their copies.
fn known_outlet(spec: &Spec) -> Spec {
    Spec { publisher: [0, 1, 3, 4, 5][usize::from(spec.publisher) % 5], ..spec.clone() }
}

/// A world whose first page is an outlet's of the register, printed on a day.
fn rooted() -> impl Strategy<Value = World> {
    world().prop_map(|mut world| {
        world.own[0] = known_outlet(&world.own[0]);
        world.own[0].day = world.own[0].day.clamp(1, 20);
        world
    })
}

/// The first page reports its deal and gives it a day, and nobody tells of a stage, that might part one deal
/// from the next: see `DIFFERENCE` below.
fn dated(mut world: World) -> World {
    let first = &mut world.own[0];
    first.day = first.day / 4 * 4 + 1;
    first.standing = 3;
    world.own.iter_mut().for_each(|spec| spec.facts.retain(|it| it.what != 3));
    world
}

/// The same dossiers with every count of reports at one.
fn uncounted(mut dossiers: Vec<Dossier>) -> Vec<Dossier> {
    for dossier in &mut dossiers {
        dossier.agreement.reports = 1;
        let agreement = &mut dossier.agreement;
        for breach in &mut agreement.breaches {
            breach.incident.reports = 1;
            if let Responsible::Accused(accused) = &mut breach.responsible {
                accused.iter_mut().for_each(|(_, because)| because.reports = 1);
            }
        }
        let stage = agreement.stage.because.iter_mut().chain(&mut agreement.because);
        let terms = dossier.terms.iter_mut().flat_map(|term| &mut term.because);
        stage.chain(terms).for_each(|because| because.reports = 1);
    }
    dossiers
}

/// How every proposition of every agreement stands, with its lines and its denials.
type Stands = BTreeMap<String, (Upheld, Vec<Line>, Vec<Line>)>;

fn stands(dossiers: &[Dossier]) -> Stands {
    let mut stands = Stands::new();
    for dossier in dossiers {
        let terms = dossier.terms.iter().flat_map(|term| &term.because);
        for because in terms.chain(&dossier.agreement.stage.because) {
            let about = format!("{} {}", dossier.agreement.key, because.proposition);
            let lines = (because.upheld, because.lines.clone(), because.denials.clone());
            stands.insert(about, lines);
        }
    }
    stands
}

/// A page that says plainly, in the voice of an outlet that leans to neither side, that the deal was made.
fn solid(publisher: u8, day: u8, facts: Vec<Fact>) -> Spec {
    Spec { publisher, day, made_by: 0, agreed: 0, standing: 3, stage: 2, facts }
}

/// A page that is nearly another one, printed later by nobody in the register.
fn near_copy(of: &Told, spec: &Spec) -> Told {
    let mut copy = page(spec, 90);
    copy.report.publisher = Some("Another Mirror".to_owned());
    // Soon after: see `DIFFERENCE` below.
    copy.report.published = date(&format!("2019-08-{:02}", spec.day + 8));
    copy.report.signature = nearly(of.report.signature.as_ref());
    copy
}

/// Every proposition stands at least as well afterwards; of what happened more than once, the best time.
fn not_lowered(before: &[Dossier], after: &[Dossier]) -> Result<(), TestCaseError> {
    let best = |dossiers: &[Dossier]| {
        let mut best: BTreeMap<String, Upheld> = BTreeMap::new();
        for (about, (upheld, ..)) in stands(dossiers) {
            let about = about.split(" (").next().unwrap_or_default().to_owned();
            let known = best.entry(about).or_insert(upheld);
            *known = upheld.max(*known);
        }
        best
    };
    let after = best(after);
    for (about, before) in best(before) {
        let after = after.get(&about);
        prop_assert!(after.is_some_and(|it| *it >= before), "{about}: {before}, then {after:?}");
    }
    Ok(())
}

/// What one page and its echo say of one transition of the third element, which the ridge owes.
fn of_transition(told: &[Told], transition: &str) -> Because {
    let dossiers = answers(told, ask("2019-08-30", "2019-08-31"));
    let mut becauses = dossiers[0].terms.iter().flat_map(|term| &term.because);
    let wanted = format!("t2.1 {transition}");
    becauses.find(|it| it.proposition.to_string() == wanted).unwrap().clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn arrival_order_does_not_matter(world in world(), turn in 0..8_usize) {
        let pages = world.reports();
        let mut turned: Vec<Told> = pages.iter().rev().cloned().collect();
        turned.rotate_left(turn % pages.len());
        prop_assert_eq!(answers(&pages, question()), answers(&turned, question()));
    }

    #[test]
    fn an_exact_copy_changes_no_grade_and_no_line(world in rooted(), earlier: bool) {
        let pages = world.reports();
        let mut copy = pages[0].clone();
        copy.report.publisher = Some("Another Mirror".to_owned());
        copy.report.published = date(if earlier { "2019-07-01" } else { "2019-08-31" });
        let with = [pages.as_slice(), &[copy]].concat();
        let alone = uncounted(answers(&pages, question()));
        prop_assert_eq!(uncounted(answers(&with, question())), alone);
    }

    #[test]
    fn taking_away_a_near_copy_changes_no_grade_and_no_line(world in rooted()) {
        let mut world = dated(world);
        // A newer reader of the one and not of the other would tell them apart.
        world.echoes.retain(|(echo, ..)| !matches!(echo, Echo::Rereading(_)));
        let pages = world.reports();
        let copy = near_copy(&pages[0], &world.own[0]);
        let with = [pages.as_slice(), &[copy]].concat();
        let question = ask("2019-08-30", "2019-08-31");
        prop_assert_eq!(stands(&answers(&with, question)), stands(&answers(&pages, question)));
    }

    #[test]
    fn a_mash_up_of_two_joins_no_two_roots(said in fact(), near: bool) {
        // Two outlets tell the same, each in its own voice, and a third prints both. What only one of them
        // tells, or denies, or doubts, a copy can lower today: see `DIFFERENCE` below.
        let said = Fact { chain: 0, factuality: 0, what: said.what % 2, block: 9, negated: false, ..said };
        let pages = [page(&solid(0, 5, vec![said.clone()]), 1), page(&solid(4, 5, vec![said.clone()]), 2)];
        let mut mash_up = near_copy(&pages[0], &solid(0, 5, vec![said.clone(), said]));
        if !near {
            mash_up.report.signature = None;
        }
        let with = [&pages[..], &[mash_up]].concat();
        let question = ask("2019-08-30", "2019-08-31");
        not_lowered(&answers(&pages, question), &answers(&with, question))?;
    }

    #[test]
    fn replaying_a_prefix_gives_what_taking_it_gave(world in world()) {
        let entries = log(&world.reports());
        let mut grown = Ledger::new(registers());
        for (at, entry) in entries.iter().enumerate() {
            grown.take(entry).unwrap();
            let replayed = Ledger::replay(registers(), &entries[..=at]).unwrap();
            prop_assert_eq!(grown.dossiers(question()), replayed.dossiers(question()));
        }
    }

    #[test]
    fn known_by_is_not_moved_by_what_is_published_later(world in world(), later in spec()) {
        let question = ask("2019-08-27", "2019-08-27");
        let pages = world.reports();
        let with = [pages.as_slice(), &[page(&Spec { day: 28, ..later }, 90)]].concat();
        prop_assert_eq!(answers(&with, question), answers(&pages, question));
    }

    #[test]
    fn recorded_by_is_not_moved_by_what_is_recorded_later(world in world(), late in spec()) {
        let pages = world.reports();
        let question = Question { recorded_by: Some(pages.len() as u64), ..question() };
        let with = [pages.as_slice(), &[page(&late, 90), page(&late, 91)]].concat();
        let mut moved = answers(&with, question);
        prop_assert!(moved.iter().all(|dossier| dossier.recorded_later == 2));
        moved.iter_mut().for_each(|dossier| dossier.recorded_later = 0);
        prop_assert_eq!(moved, answers(&pages, question));
    }

    #[test]
    fn plans_conditions_and_the_unconfirmed_move_no_reported_state(
        plain in facts(),
        soft in facts(),
    ) {
        let one = |facts: &[Fact]| {
            let facts = facts.to_vec();
            let spec = Spec { publisher: 0, day: 5, made_by: 0, agreed: 0, standing: 3, stage: 2, facts };
            answers(&[page(&spec, 1)], question())
        };
        // A headline gives way to the body, and a source that doubts its own word is believed in its doubt:
        // so the plain words stand in the body, and the soft ones are another's.
        let plain: Vec<Fact> = plain.into_iter().filter(|it| it.block > 0).collect();
        // planned, conditional, unconfirmed, hypothetical, opinion, prediction
        let soft = soft.into_iter().map(|it| Fact { chain: 8, factuality: 3 + it.factuality % 6, ..it });
        let with = one(&[plain.clone(), soft.collect()].concat());
        for (with, bare) in with.iter().zip(one(&plain)) {
            let stage = &bare.agreement.stage.reported;
            prop_assert_eq!(&with.agreement.stage.reported, stage);
            for (with, bare) in with.terms.iter().zip(bare.terms) {
                prop_assert_eq!(&with.tracks.reported, &bare.tracks.reported);
            }
        }
    }

    #[test]
    fn a_partisan_denial_does_not_undo_a_solid_report_and_a_third_partys_disputes_it(
        completed: bool,
        day in prop::sample::select(vec![1_u8, 2, 3, 4, 6, 8, 9, 11, 12, 13]),
        denier in prop::sample::select(vec![0_u8, 1, 3, 5]),
    ) {
        let what = u8::from(completed);
        let said = Fact { chain: 0, factuality: 0, what, element: 2, day, block: 9, negated: false };
        let monitor = Spec {
            publisher: 4, day: 14, made_by: 0, agreed: 0, standing: 3, stage: 2, facts: vec![said],
        };
        let denied = Fact { negated: true, ..monitor.facts[0].clone() };
        let other = Spec { publisher: denier, facts: vec![denied], ..monitor.clone() };
        let because = of_transition(&[page(&monitor, 1), page(&other, 2)], "begun");
        if completed {
            // Who denies the end does not deny the beginning.
            prop_assert_eq!((because.upheld, because.denial), (Upheld::Supported, Grade::None));
        }
        let transition = if completed { "completed" } else { "begun" };
        let because = of_transition(&[page(&monitor, 1), page(&other, 2)], transition);
        let denial = &because.denials[0];
        let expected = match (denial.interest, denial.strength) {
            (Interest::SelfServing, _) => (Upheld::Supported, Some(Mark::DeniedBy)),
            (_, Strength::Solid) => (Upheld::Disputed, None),
            (interest, strength) => panic!("{interest} {strength} is neither"),
        };
        prop_assert_eq!((because.upheld, because.mark), expected);
        prop_assert!(denier != 0 || expected.0 == Upheld::Disputed);
    }

    #[test]
    fn an_added_solid_line_never_lowers(world in world(), added in fact(), publisher in 0..2_u8) {
        // What recurs is counted anew when another day is told, and an event that only place and day tie
        // may come to mean two agreements: both are left out.
        let mut world = world;
        for spec in &mut world.own {
            spec.facts.retain(|it| matches!(it.what, 0..=2 | 10 | 11));
            spec.day = spec.day.max(1);
        }
        world.echoes.clear();
        let pages = world.reports();
        let (what, block) = (added.what % 2, 9);
        let added = Fact { chain: 0, factuality: 0, what, negated: false, block, ..added };
        let facts = vec![added];
        let spec = solid(4 * publisher, 28, facts);
        let with = [pages.as_slice(), &[page(&spec, 90)]].concat();
        let question = ask("2019-08-30", "2019-08-31");
        not_lowered(&answers(&pages, question), &answers(&with, question))?;
    }

    #[test]
    fn every_state_above_not_agreed_has_a_witness(world in world()) {
        for dossier in answers(&world.reports(), question()) {
            for term in &dossier.terms {
                let told = term.because.iter().filter(|because| !because.lines.is_empty());
                let witnessed = told.flat_map(|because| &because.spans).next().is_some();
                let claimed = term.tracks.claimed.value.code();
                let reported = term.tracks.reported.value.code();
                prop_assert!(witnessed || (claimed, reported) == ("not_agreed", "not_agreed"));
            }
        }
    }

    #[test]
    fn no_community_is_ever_responsible(world in world()) {
        for dossier in answers(&world.reports(), question()) {
            for breach in &dossier.agreement.breaches {
                if let Responsible::Accused(accused) = &breach.responsible {
                    prop_assert!(accused.iter().all(|(who, _)| who.name != "the valley clans"));
                }
            }
        }
    }
}

#[test]
fn a_near_copy_in_a_later_month_tells_of_the_deal_of_its_root() {
    let first = page(&solid(0, 4, vec![]), 1);
    let mut copy = near_copy(&first, &solid(0, 4, vec![]));
    copy.report.published = date("2019-08-28");
    assert_eq!(answers(&[first, copy], ask("2019-08-30", "2019-08-31")).len(), 1);
}

#[test]
fn what_a_near_copy_adds_is_never_the_word_of_its_root() {
    let said =
        Fact { chain: 1, factuality: 0, what: 1, element: 2, day: 2, block: 9, negated: false };
    let first = page(&solid(0, 5, vec![said.clone()]), 1);
    let denied = Fact { chain: 0, negated: true, ..said.clone() };
    let copy = near_copy(&first, &solid(0, 5, vec![said, denied]));
    assert_eq!(of_transition(std::slice::from_ref(&first), "completed").upheld, Upheld::Supported);
    let both = of_transition(&[first.clone(), copy], "completed");
    assert_eq!(both.upheld, Upheld::Supported);
    let root = first.report.publisher.as_deref();
    assert!(both.denials.iter().all(|line| line.voucher.as_deref() != root));
}

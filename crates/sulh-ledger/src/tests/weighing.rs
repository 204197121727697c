//! The weighing against the rules said slowly: with texts for numbers, and every pair looked at.

use crate::{
    rules::{
        because::weigh,
        denial::{Upheld, uphold},
        eligible::Hedge,
        grade::{Grade, grade},
        interest::Stake,
        line::{
            Line,
            samples::{Says, gathered},
        },
        strength::strength,
        voucher::{Stance, Voucher},
        weigh::Scales,
    },
    samples::{Page, army, ask, date, ledger},
    verdict::Flag,
    window::Window,
};
use proptest::prelude::*;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};
use sulh_model::{
    event::{Aspect, Relation},
    statement::{Basis, Factuality},
    term::Mode,
    vocabulary::TermKind,
};

/// R2 said slowly.
fn lines(told: &[&Says], stake: &Stake, denies: bool) -> Vec<Line> {
    let mut owners: BTreeMap<&str, BTreeMap<&str, Vec<&Says>>> = BTreeMap::new();
    for one in told {
        let roots = owners.entry(&one.voucher.owner).or_default();
        roots.entry(&one.voucher.root).or_default().push(one);
    }
    let line = |told: Vec<&Says>| {
        let is_original = |one: &&Says| !one.voucher.relayed && one.voucher.name.is_some();
        let original_seen = told.iter().any(is_original);
        let counts = told.into_iter().filter(|one| !original_seen || is_original(one));
        let line = |one: &Says| {
            let interest = stake.interest(&one.voucher.stance, one.voucher.organ, denies);
            Line {
                voucher: one.voucher.name.clone(),
                owner: one.voucher.owner.clone(),
                stance: one.voucher.stance.clone(),
                basis: one.voucher.basis,
                interest,
                original_seen,
                hedge: one.hedge,
                strength: strength(&one.voucher, interest, one.hedge),
            }
        };
        let doubt = |one: &&Says| {
            let strength = line(one).strength;
            (strength, Reverse(one.hedge), one.voucher.basis, one.item, one.voucher.clone())
        };
        counts.min_by_key(doubt).map(line)
    };
    let rank = |one: &Line| (one.strength, one.original_seen, one.voucher.clone());
    let best =
        |roots: BTreeMap<&str, Vec<&Says>>| roots.into_values().filter_map(line).max_by_key(rank);
    owners.into_values().filter_map(best).collect()
}

/// R5 and R6 said slowly: how it stands, its lines and its denials.
fn weighed(told: &[Says], stake: &Stake) -> (Upheld, Vec<Line>, Vec<Line>) {
    let (denied, said): (Vec<&Says>, Vec<&Says>) = told.iter().partition(|one| one.denies);
    let touches = |one: &Says, others: &[&Says]| {
        others.iter().any(|other| one.window.may_overlap(other.window))
    };
    let counts = |one: &&Says| said.is_empty() || touches(one, &said);
    let denied: Vec<&Says> = denied.into_iter().filter(counts).collect();
    let free: Vec<&Says> = said.iter().copied().filter(|one| !touches(one, &denied)).collect();
    let (support, denials) = (lines(&said, stake, false), lines(&denied, stake, true));
    let contested = uphold(grade(&support), grade(&denials)).0;
    let alone = uphold(grade(&lines(&free, stake, false)), Grade::None).0;
    (contested.max(alone), support, denials)
}

fn a_voucher() -> impl Strategy<Value = Voucher> {
    let source = (0..5_usize, 0..3_usize, 0..6_usize, 0..3_usize);
    let marks = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (source, marks).prop_map(|((name, owner, stance, basis), marks)| {
        let name = ["", "gazette", "monitor", "paper", "radio"][name];
        let north = || "north".to_owned();
        Voucher {
            name: (!name.is_empty()).then(|| name.to_owned()),
            root: format!("root of {name}"),
            owner: format!("house {owner}"),
            stance: match stance {
                0 | 1 => Stance::Neither,
                2 => Stance::Leans(north()),
                3 => Stance::Leans("south".to_owned()),
                4 => Stance::Stated(north()),
                _ => Stance::NotExamined,
            },
            basis: [Basis::Saw, Basis::OwnNetwork, Basis::None][basis],
            organ: marks.0,
            through_unnamed: marks.1,
            relayed: marks.2,
            inherited: marks.3,
        }
    })
}

fn statements() -> impl Strategy<Value = Vec<Says>> {
    let days = (1..9_i8, 0..4_i8, any::<bool>());
    let told = (a_voucher(), days, 0..4_usize, prop::bool::weighted(0.3), 0..4_u32);
    let told = told.prop_map(|(voucher, (first, length, is_open), hedge, denies, item)| {
        let day = |day| jiff::civil::date(2016, 2, day);
        let window =
            Window { latest: day(first + length), earliest: (!is_open).then(|| day(first)) };
        let hedge = [Hedge::Plain, Hedge::Plain, Hedge::Hedged, Hedge::Unconfirmed][hedge];
        Says { voucher, window, hedge, denies, item }
    });
    prop::collection::vec(told, 0..9)
}

fn stakes() -> impl Strategy<Value = Stake> {
    let sides = || BTreeSet::from(["north".to_owned(), "south".to_owned()]);
    prop_oneof![
        Just(Stake::Unknown),
        Just(Stake::against(Some("north"))),
        Just(Stake::For { side: "south".to_owned(), involved: sides() }),
        Just(Stake::Shared(sides())),
        Just(Stake::Bond(sides())),
    ]
}

proptest! {
    #[test]
    fn the_fast_way_the_explained_way_and_the_slow_way_agree(
        told in statements(), before in statements(), stake in stakes()
    ) {
        let (evidence, mut vouchers) = gathered(told.iter().chain(&before));
        let numbered = vouchers.stake(stake.clone());
        let mut scales = Scales::default();
        // Scales that have weighed something else weigh no otherwise.
        scales.weight(&evidence[told.len()..], &vouchers, &numbered);
        let evidence = &evidence[..told.len()];
        let weight = scales.weight(evidence, &vouchers, &numbered);
        let explained = weigh(evidence, &vouchers, &numbered);
        prop_assert_eq!(explained.weight, weight);
        let (upheld, support, denials) = weighed(&told, &stake);
        prop_assert_eq!((weight.support, weight.denial), (grade(&support), grade(&denials)));
        prop_assert_eq!(weight.upheld, upheld);
        prop_assert_eq!(explained.lines, support);
        prop_assert_eq!(explained.denials, denials);
    }

    #[test]
    fn neither_the_order_of_statements_nor_of_numbers_tells(
        told in statements(), stake in stakes()
    ) {
        let weigh = |told: &mut dyn Iterator<Item = &Says>| {
            let (evidence, mut vouchers) = gathered(told);
            let stake = vouchers.stake(stake.clone());
            weigh(&evidence, &vouchers, &stake)
        };
        prop_assert_eq!(weigh(&mut told.iter()), weigh(&mut told.iter().rev()));
    }

    #[test]
    fn windows_are_apart_where_two_of_them_are(told in statements()) {
        let windows = || told.iter().map(|one| one.window);
        let slowly = windows().any(|one| windows().any(|other| !one.may_overlap(other)));
        prop_assert_eq!(Window::are_apart(windows()), slowly);
    }
}

/// The flags of the first term when two outlets each tell an event of it, on two days.
fn timing(kind: TermKind, mode: Mode, relation: Relation) -> bool {
    let mut page = Page::of("Coast Wire", "2020-06-10", 1);
    let made = page.said(vec![], Factuality::Asserted);
    let deal = page.agreement("Marsa accord", made);
    page.edit(deal, |deal| deal.concluded = date("2020-06-01"));
    let term = page.term(deal, army(), made, &[(kind, mode)]);
    for day in ["2020-06-04", "2020-06-06"] {
        let said = page.said(vec![], Factuality::Asserted);
        page.implements((term, 1), Aspect::Completed, day, said).relation = relation;
    }
    let ledger = ledger(&[page.told()]);
    let question = ask("2020-06-30", "2020-06-30");
    let key = ledger.find("Marsa", question).unwrap();
    let dossier = ledger.dossier(&key, question).unwrap();
    dossier.terms[0].flags.contains(&Flag::TimingOpen)
}

#[test]
fn timing_is_open_for_what_happens_once() {
    let implements = Relation::Implements;
    assert!(timing(TermKind::DeployForces, Mode::Punctual, implements));
    assert!(timing(TermKind::HandOverWeapons, Mode::Achieve, implements));
    assert!(!timing(TermKind::CeaseHostilities, Mode::Maintain, implements));
    assert!(!timing(TermKind::HandOverWeapons, Mode::Achieve, Relation::Violates));
}

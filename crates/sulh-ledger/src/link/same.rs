//! Takes two tellings of agreements, gives what speaks for their being one agreement and what against it.
//! Invariant: symmetric in what it compares; a field that one of them does not tell speaks neither way.

use super::{Item, parties::may_be_one_in_a_deal};
use crate::{place::one_place, propositions::voucher, rules::voucher::Registers, window::Window};
use jiff::civil::Date;
use std::collections::BTreeSet;
use sulh_model::{
    actor::Who,
    agreement::{Agreement, AgreementKind, PartyRole, Stage, Standing},
    event::{Aspect, Relation},
    links::Links,
    time::UncertainDate,
    vocabulary::{EventKind, TermKind},
};

/// How many days may lie between two tellings of one agreement.
pub const DAYS_MAX: i32 = 14;

/// How many kinds of term two tellings must share that have no root in common.
const SHARED_MIN: usize = 2;

sulh_model::codes! {
    /// What speaks for two tellings being of one agreement.
    pub enum Ground {
        /// They are of one place.
        SamePlace = "same_place",
        /// Their days lie within fourteen.
        CloseInTime = "close_in_time",
        /// One root vouches for both.
        SharedRoot = "shared_root",
        /// They share kinds of terms.
        SharedTerms = "shared_terms",
    }
}

sulh_model::codes! {
    /// What keeps two tellings apart, or is missing for joining them.
    pub enum Obstacle {
        /// Neither a root nor two kinds of terms in common.
        TooLittleShared = "too_little_shared",
        /// The one lies in the other, and is not the same place.
        PlaceWithin = "place_within",
        /// Their kinds do not go together.
        KindsDiffer = "kinds_differ",
        /// Their parties are of other sides.
        PartiesDiffer = "parties_differ",
        /// The words set one apart as new, second or another.
        ToldAsNew = "told_as_new",
        /// Between them the agreement broke down, a party left it, or fighting began again.
        BrokenBetween = "broken_between",
    }
}

/// What of a telling is compared.
pub(super) struct Profile<'a> {
    pub(super) agreement: &'a Agreement,
    /// Between which days it was made; a day left open counts as the last one it can be.
    first: Date,
    last: Date,
    roots: BTreeSet<String>,
    /// The kinds of terms of each telling.
    told: Vec<BTreeSet<TermKind>>,
    /// Its parties, with what the registers know of them.
    parties: Vec<Who>,
    /// Days on which the agreement is told to have broken down.
    broken: Vec<Date>,
}

/// What speaks for two tellings being one, and what against it.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) grounds: BTreeSet<Ground>,
    pub(super) obstacles: BTreeSet<Obstacle>,
    /// How many kinds of terms they share, and how far their days are apart: the better match first.
    pub(super) closeness: (std::cmp::Reverse<usize>, i32),
}

impl Compared {
    /// True when nothing speaks against it.
    pub(super) fn joins(&self) -> bool {
        self.obstacles.is_empty()
    }
}

impl<'a> Profile<'a> {
    /// What of a telling is compared.
    pub(super) fn new(
        items: &[Item<'a>],
        item: usize,
        agreement: &'a Agreement,
        registers: &Registers,
    ) -> Self {
        let (first, last) = made(items[item].root, agreement);
        let parties = agreement.parties.iter().filter(|party| party.role == PartyRole::Party);
        Self {
            agreement,
            first,
            last,
            roots: roots(items, item, agreement, registers),
            told: vec![kinds(items[item].root, agreement, &registers.links)],
            parties: parties.map(|party| registers.known(&party.who)).collect(),
            broken: broken(items[item].root, agreement),
        }
    }

    /// Takes in what a telling that joined it shares: its roots, the kinds of its terms, and the days on
    /// which it tells of a break.
    pub(super) fn take_in(&mut self, joined: Self) {
        self.roots.extend(joined.roots);
        self.told.extend(joined.told);
        self.broken.extend(joined.broken);
    }

    /// True when the telling can be joined to others at all.
    pub(super) fn can_be_joined(&self) -> bool {
        matches!(
            self.agreement.standing,
            Standing::Reported | Standing::Denied | Standing::Proposed
        ) && self.agreement.place.is_some()
    }

    /// Compares two tellings; nothing when they are not even candidates.
    pub(super) fn compare(&self, other: &Self) -> Option<Compared> {
        let places = one_place(self.agreement.place.as_ref()?, other.agreement.place.as_ref()?)?;
        let conflicts = self.agreement.conflict.as_ref().zip(other.agreement.conflict.as_ref());
        if conflicts.is_some_and(|(one, two)| one != two) || self.apart(other) > DAYS_MAX {
            return None;
        }
        let mut compared = Compared::default();
        compared.grounds.extend([Ground::SamePlace, Ground::CloseInTime]);
        let shared = self.shared(other);
        let root = !self.roots.is_disjoint(&other.roots);
        compared.closeness = (std::cmp::Reverse(shared), self.apart(other));
        let grounds = [(root, Ground::SharedRoot), (shared >= SHARED_MIN, Ground::SharedTerms)];
        compared.grounds.extend(grounds.iter().filter(|(is, _)| *is).map(|(_, ground)| *ground));
        let (one, two) = (self.agreement.kind, other.agreement.kind);
        let parties_differ = !self.parties.is_empty()
            && !other.parties.is_empty()
            && !self
                .parties
                .iter()
                .any(|one| other.parties.iter().any(|two| may_be_one_in_a_deal(one, two)));
        let obstacles = [
            (!root && shared < SHARED_MIN, Obstacle::TooLittleShared),
            (places == crate::place::Relation::Within, Obstacle::PlaceWithin),
            // One who reports two deals of a town in a fortnight reports two: the same root alone
            // joins only what is called the same.
            (!go_together(one, two, shared >= SHARED_MIN), Obstacle::KindsDiffer),
            (parties_differ, Obstacle::PartiesDiffer),
            (self.is_new_after(other) || other.is_new_after(self), Obstacle::ToldAsNew),
            (self.broken_before(other) || other.broken_before(self), Obstacle::BrokenBetween),
        ];
        compared.obstacles.extend(obstacles.iter().filter(|(is, _)| *is).map(|(_, what)| *what));
        Some(compared)
    }

    /// How many kinds of terms some telling of the one shares with some telling of the other.
    fn shared(&self, other: &Self) -> usize {
        let pairs = self.told.iter().flat_map(|one| other.told.iter().map(move |two| (one, two)));
        pairs.map(|(one, two)| one.intersection(two).count()).max().unwrap_or(0)
    }

    /// How many days lie between the two.
    fn apart(&self, other: &Self) -> i32 {
        let days = |from: Date, to: Date| to.duration_since(from).as_hours() / 24;
        let gap = days(self.last, other.first).max(days(other.last, self.first)).max(0);
        i32::try_from(gap).unwrap_or(i32::MAX)
    }

    fn is_new_after(&self, other: &Self) -> bool {
        self.agreement.told_as_new && !other.agreement.told_as_new && self.last >= other.first
    }

    fn broken_before(&self, other: &Self) -> bool {
        self.broken.iter().any(|day| self.first <= *day && *day < other.first)
    }
}

/// Between which days an agreement was made. A beginning or an end that is left open is no bridge to any
/// other day.
fn made(told: &crate::report::Told, agreement: &Agreement) -> (Date, Date) {
    let known = told.report.known_from().day;
    let window = Window::new(agreement.concluded.as_ref(), known);
    let last = agreement.concluded.as_ref().and_then(UncertainDate::latest);
    match (window.earliest, last) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => (first, first),
        (None, _) => (window.latest, window.latest),
    }
}

/// The named roots that vouch for an agreement and its terms.
fn roots(
    items: &[Item<'_>],
    item: usize,
    agreement: &Agreement,
    registers: &Registers,
) -> BTreeSet<String> {
    let told = items[item].root;
    let terms = told.reading.terms_of(agreement.id).map(|term| term.statement);
    let statements = agreement.statements.iter().copied().chain(terms);
    let conflict = agreement.conflict.as_deref();
    let mut roots = BTreeSet::new();
    for statement in statements.filter_map(|id| told.reading.statement(id)) {
        let own = voucher(registers, items, item, conflict, statement);
        if !own.relayed {
            // What it shares with another's text is the other's word.
            let others = items[item].draws_on.iter();
            let others = others.map(|root| voucher(registers, items, *root, conflict, statement));
            roots.extend(others.filter(|other| other.name.is_some()).map(|other| other.root));
        }
        roots.extend(own.name.is_some().then_some(own.root));
    }
    roots
}

/// The kinds of terms a page tells of an agreement, those that events told as carrying it out perform included.
fn kinds(told: &crate::report::Told, agreement: &Agreement, links: &Links) -> BTreeSet<TermKind> {
    let reading = &told.reading;
    let elements = reading.terms_of(agreement.id).flat_map(|term| &term.elements);
    let mut kinds: BTreeSet<TermKind> = elements.map(|element| element.kind).collect();
    let performing = reading.events.iter().filter(|event| {
        event.relation == Relation::Implements && event.agreement == Some(agreement.id)
    });
    kinds.extend(performing.flat_map(|event| links.performed_by(event.kind)));
    kinds.remove(&TermKind::Other);
    kinds
}

/// The days on which a page tells that the agreement broke down, a party left it or fighting began again.
fn broken(told: &crate::report::Told, agreement: &Agreement) -> Vec<Date> {
    let reading = &told.reading;
    let known = told.report.known_from().day;
    let stages = reading
        .stages
        .iter()
        .filter(|stage| stage.agreement == agreement.id && stage.stage == Stage::Collapsed);
    let stages = stages.map(|stage| {
        let statement = reading.statement(stage.statement);
        Window::new(statement.and_then(|statement| statement.happened.as_ref()), known).latest
    });
    let events = reading.events.iter().filter(|event| {
        let fighting = matches!(
            event.kind,
            EventKind::Attack | EventKind::Clash | EventKind::Shelling | EventKind::AirStrike
        );
        event.kind == EventKind::PartyWithdraws && event.agreement == Some(agreement.id)
            || fighting && event.aspect == Aspect::Resumed
    });
    let events = events.map(|event| Window::new(event.happened.as_ref(), known).latest);
    stages.chain(events).collect()
}

/// Whether two kinds of agreement can be one deal under two names.
fn go_together(one: AgreementKind, two: AgreementKind, much_shared: bool) -> bool {
    use AgreementKind as K;
    let local = |kind| {
        matches!(
            kind,
            K::Ceasefire
                | K::Reconciliation
                | K::Relocation
                | K::Access
                | K::Withdrawal
                | K::Integration
        )
    };
    one == two || one == K::Other || two == K::Other || (much_shared && local(one) && local(two))
}

//! Takes a number of terms, gives a ledger's evidence for them: the same for the same number, on any machine.
//! Invariant: every term has ten statements; they lie in one flat list by term and proposition, and who
//! speaks, how surely, when and against whom varies as in the press.

use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use sulh_ledger::{
    rules::{
        denial::Upheld,
        eligible::Hedge,
        interest::Stake,
        line::Evidence,
        tracks::{Course, Folder, Move, Track, term_state},
        transition::{Duty, State, Transition},
        voucher::{Stance, Voucher},
        vouchers::{TextId, VoucherId, Vouchers},
        weigh::Scales,
    },
    window::Window,
};
use sulh_model::{span::Span, statement::Basis};

pub const STATEMENTS_PER_TERM: usize = 10;
const PROPOSITIONS_PER_TERM_MAX: usize = 5;
const SOURCES: usize = 300;
/// How many sources write about one agreement.
const SOURCES_OF_AGREEMENT: usize = 8;
/// In how many ways a source is heard.
const WAYS: usize = 5;
const TERMS_OF_AGREEMENT: usize = 5;

/// Evidence for many terms.
pub struct Synthetic {
    vouchers: Vouchers,
    stakes: Vec<Stake<TextId>>,
    evidence: Vec<Evidence>,
    propositions: Vec<Proposition>,
    terms: Vec<Term>,
}

struct Proposition {
    evidence_end: u32,
    transition: Transition,
    /// Which element; nothing for the promise, which is all of them.
    element: Option<u8>,
    stake: u8,
}

struct Term {
    propositions_end: u32,
    duty: Duty,
    conditional: bool,
    elements: u8,
}

/// What a term has come to.
#[derive(Clone, Copy)]
pub struct Verdict {
    pub reported: (State, Upheld),
    pub claimed: (State, Upheld),
}

/// The buffers of one thread.
#[derive(Default)]
pub struct Worker {
    scales: Scales,
    folder: Folder,
    moves: Vec<(Option<u8>, Move)>,
    moves_of_element: Vec<Move>,
    elements: Vec<Course>,
}

impl Synthetic {
    /// The evidence for so many terms.
    pub fn of(terms: usize) -> Self {
        let mut dice = Dice(0x5375_6c68);
        let mut vouchers = Vouchers::default();
        let voices = voices(&mut vouchers);
        let stakes = stakes(&mut vouchers);
        let mut ledger = Self {
            vouchers,
            stakes,
            evidence: Vec::with_capacity(terms * STATEMENTS_PER_TERM),
            propositions: Vec::with_capacity(terms * PROPOSITIONS_PER_TERM_MAX),
            terms: Vec::with_capacity(terms),
        };
        for term in 0..terms {
            ledger.add_term(term, &voices, &mut dice);
        }
        ledger
    }

    /// Weighs and folds a term.
    pub fn verdict(&self, term: usize, worker: &mut Worker) -> Verdict {
        let first = self.start(term, |ledger, before| ledger.terms[before].propositions_end);
        let term = &self.terms[term];
        worker.moves.clear();
        for at in first..term.propositions_end as usize {
            let proposition = &self.propositions[at];
            let start = self.start(at, |ledger, before| ledger.propositions[before].evidence_end);
            let evidence = &self.evidence[start..proposition.evidence_end as usize];
            let stake = &self.stakes[usize::from(proposition.stake)];
            let weight = worker.scales.weight(evidence, &self.vouchers, stake);
            let told = Move::new(proposition.transition, &weight);
            worker.moves.extend(told.map(|told| (proposition.element, told)));
        }
        worker.elements.clear();
        for element in 0..term.elements {
            worker.moves_of_element.clear();
            let is_of = |of: Option<u8>| of.is_none_or(|of| of == element);
            let moves = worker.moves.iter().filter(|(of, _)| is_of(*of)).map(|(_, told)| *told);
            worker.moves_of_element.extend(moves);
            let moves = &worker.moves_of_element;
            worker.elements.push(worker.folder.course(moves, term.duty, term.conditional));
        }
        Verdict {
            reported: term_state(&worker.elements, Track::Reported),
            claimed: term_state(&worker.elements, Track::Claimed),
        }
    }

    fn start(&self, at: usize, end: impl Fn(&Self, usize) -> u32) -> usize {
        at.checked_sub(1).map_or(0, |before| end(self, before) as usize)
    }

    fn add_term(&mut self, term: usize, voices: &[VoucherId], dice: &mut Dice) {
        let duty = dice.pick(&[Duty::Perform, Duty::Perform, Duty::Perform, Duty::Maintain]);
        let duty = if dice.chance(5) { Duty::Permission } else { duty };
        let elements = if dice.chance(30) { 2 } else { 1 };
        let agreement = term / TERMS_OF_AGREEMENT;
        let day = date(2011, 1, 1).saturating_add(jiff::Span::new().days(agreement as i64 % 5000));
        let mut left = STATEMENTS_PER_TERM;
        let propositions = 2 + dice.below(PROPOSITIONS_PER_TERM_MAX - 1);
        let mut told: Vec<(Option<u8>, Transition)> = vec![(None, Transition::Agreed)];
        while told.len() < propositions {
            let element = dice.below(elements) as u8;
            let next = (Some(element), dice.pick(transitions(duty)));
            if !told.contains(&next) {
                told.push(next);
            }
        }
        for (ordinal, (element, transition)) in told.into_iter().enumerate() {
            // Every proposition has a statement; the last one has what is left.
            let spare = left - (propositions - ordinal);
            let is_last = ordinal + 1 == propositions;
            let statements = 1 + if is_last { spare } else { dice.below(spare.min(5) + 1) };
            left -= statements;
            for _ in 0..statements {
                self.evidence.push(statement(agreement, day, ordinal, voices, dice));
            }
            self.propositions.push(Proposition {
                evidence_end: self.evidence.len() as u32,
                transition,
                element,
                stake: dice.below(self.stakes.len()) as u8,
            });
        }
        self.terms.push(Term {
            propositions_end: self.propositions.len() as u32,
            duty,
            conditional: dice.chance(15),
            elements: elements as u8,
        });
    }
}

/// What is told of promises, the common before the rare.
fn transitions(duty: Duty) -> &'static [Transition] {
    use Transition as T;
    match duty {
        Duty::Perform => &[
            T::Begun,
            T::Begun,
            T::Completed,
            T::Completed,
            T::NotDone,
            T::Breached,
            T::Suspended,
            T::Resumed,
            T::Undone,
            T::ConditionMet,
        ],
        Duty::Maintain => {
            &[T::Observed, T::Observed, T::Breached, T::Remedied, T::Extended, T::Expired]
        }
        Duty::Permission => &[T::Begun, T::Completed, T::Expired, T::Waived],
    }
}

fn statement(
    agreement: usize,
    day: Date,
    ordinal: usize,
    voices: &[VoucherId],
    dice: &mut Dice,
) -> Evidence {
    // A few sources write about one agreement, and relay one another.
    let source = agreement * 7 + dice.below(SOURCES_OF_AGREEMENT);
    let way = dice.pick(&[0, 0, 0, 1, 1, 2, 3, 4]);
    let voucher = voices[source % SOURCES * WAYS + way];
    let first =
        day.saturating_add(jiff::Span::new().days(3 * ordinal as i64 + dice.below(5) as i64));
    let length = if dice.chance(60) { 0 } else { dice.below(20) as i64 };
    let start = dice.below(20_000);
    Evidence {
        item: dice.below(2_000_000) as u32,
        span: Some(Span::new(start, start + 40 + dice.below(200))),
        voucher,
        window: Window {
            latest: first.saturating_add(jiff::Span::new().days(length)),
            earliest: (!dice.chance(25)).then_some(first),
        },
        hedge: match dice.below(10) {
            0 => Hedge::Unconfirmed,
            1 | 2 => Hedge::Hedged,
            _ => Hedge::Plain,
        },
        denies: dice.chance(12),
        headline: dice.chance(5),
    }
}

/// The vouchers: sources of some hundred owners, each heard itself, relayed, and told by somebody unnamed.
fn voices(vouchers: &mut Vouchers) -> Vec<VoucherId> {
    let mut voices = Vec::new();
    for source in 0..SOURCES {
        let side = if source % 2 == 0 { "government" } else { "opposition" };
        let plain = Voucher {
            name: Some(format!("Source {source}")),
            root: format!("source_{source}"),
            owner: format!("house_{}", source / 3),
            stance: match source % 8 {
                0..4 => Stance::Neither,
                4 => Stance::Leans(side.to_owned()),
                5 => Stance::Stated(side.to_owned()),
                _ => Stance::NotExamined,
            },
            basis: Basis::OwnNetwork,
            organ: source % 8 == 5,
            through_unnamed: false,
            relayed: false,
            inherited: false,
        };
        let unnamed = format!("anonymous:{side}");
        let ways: [Voucher; WAYS] = [
            plain.clone(),
            Voucher { relayed: true, ..plain.clone() },
            Voucher { relayed: true, inherited: true, ..plain.clone() },
            Voucher { relayed: true, through_unnamed: true, ..plain.clone() },
            Voucher {
                name: None,
                root: unnamed.clone(),
                owner: unnamed,
                stance: Stance::Stated(side.to_owned()),
                relayed: true,
                through_unnamed: true,
                ..plain
            },
        ];
        voices.extend(ways.map(|voucher| vouchers.add(voucher)));
    }
    voices
}

fn stakes(vouchers: &mut Vouchers) -> Vec<Stake<TextId>> {
    let sides = || BTreeSet::from(["government".to_owned(), "opposition".to_owned()]);
    let stakes = [
        Stake::For { side: "government".to_owned(), involved: sides() },
        Stake::For { side: "opposition".to_owned(), involved: sides() },
        Stake::against(Some("government")),
        Stake::against(Some("opposition")),
        Stake::Shared(sides()),
        Stake::Bond(sides()),
        Stake::Unknown,
    ];
    stakes.map(|stake| vouchers.stake(stake)).into()
}

/// Numbers that look random and are always the same (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<Value: Copy>(&mut self, values: &[Value]) -> Value {
        values[self.below(values.len())]
    }
}

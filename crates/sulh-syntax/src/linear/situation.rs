//! Takes a state of the parsing machine, gives the features by which its next step is chosen.
//! Invariant: the same state gives the same features in the same order, a bounded number of them.

use super::{
    features::{ATOMS_MAX, Atoms, Features, Template, atoms, templates},
    inputs::Inputs,
    state::{Built, NONE, State},
    weights::FEATURES_MAX,
};

atoms! {
    S0_FORM S0_TAG S0_UPOS S0_FINE S0_MIDDLE S0_COARSE
    S1_FORM S1_TAG S1_UPOS S1_FINE S1_MIDDLE S1_COARSE
    B0_FORM B0_TAG B0_UPOS B0_FINE B0_MIDDLE B0_COARSE
    B1_FORM B1_TAG B1_UPOS B1_FINE B1_MIDDLE B1_COARSE
    S2_FORM S2_TAG S2_UPOS S2_FINE S2_MIDDLE S2_COARSE
    B2_FORM B2_TAG B2_UPOS B2_FINE B2_MIDDLE B2_COARSE
    B3_TAG S3_TAG
    S0L_FORM S0L_TAG S0L_REL
    S0L2_FORM S0L2_TAG S0L2_REL
    S0R_FORM S0R_TAG S0R_REL
    S0R2_FORM S0R2_TAG S0R2_REL
    S1L_FORM S1L_TAG S1L_REL
    S1R_FORM S1R_TAG S1R_REL
    S1R2_FORM S1R2_TAG S1R2_REL
    B0L_FORM B0L_TAG B0L_REL
    B0L2_FORM B0L2_TAG B0L2_REL
    S0_LEFTS S0_RIGHTS S1_LEFTS S1_RIGHTS B0_LEFTS
    S0_LEFT_SET S0_RIGHT_SET S1_LEFT_SET S1_RIGHT_SET B0_LEFT_SET
    GAP_S0B0 GAP_S1S0
    COMMAS_S1S0 JOINS_S1S0 VERBS_S1S0 COMMAS_S0B0 JOINS_S0B0
    QUOTED BRACKETED VERBS_LEFT NEXT_VERB NEXT_VERB_TAG
    S0_SAYS S1_SAYS B0_SAYS
    HINT_S0 HINT_S0_REL HINT_S0_MORE HINT_S0_SURE HINT_S1 HINT_B0 HINT_B0_REL
}

/// What most steps are settled by.
const FIRST: &[Template] = templates! {
    [S0_FORM, S0_TAG] [S0_TAG] [S1_FORM, S1_TAG] [S1_TAG] [B0_FORM, B0_TAG] [B0_TAG] [B1_FORM, B1_TAG] [S0_FORM] [B0_FORM]
    [S0_FORM, B0_FORM] [S0_FORM, B0_TAG] [S0_TAG, B0_FORM] [S0_TAG, B0_TAG] [S0_MIDDLE, B0_MIDDLE]
    [S1_FORM, S0_FORM] [S1_TAG, S0_TAG] [S1_FORM, S0_TAG] [S1_TAG, S0_FORM] [S1_TAG, B0_TAG]
    [B0_TAG, B1_TAG] [S0_TAG, B1_TAG] [B0_FORM, B1_TAG]
    [S0_TAG, B0_TAG, B1_TAG] [S0_FORM, B0_TAG, B1_TAG] [S0_TAG, B0_FORM, B1_TAG]
    [S1_TAG, S0_TAG, B0_TAG] [S1_FORM, S0_TAG, B0_TAG] [S1_TAG, S0_FORM, B0_TAG] [S1_TAG, S0_TAG, B0_FORM]
    [S1_TAG, S0_TAG, B0_TAG, B1_TAG] [S0_TAG, B0_TAG, B1_TAG, B2_TAG] [S2_TAG, S1_TAG, S0_TAG, B0_TAG]
    [S0_TAG, S0L_TAG, B0_TAG] [S0_TAG, S0R_TAG, B0_TAG] [S0_TAG, B0_TAG, B0L_TAG] [S1_TAG, S1R_TAG, S0_TAG] [S1_TAG, S0_TAG, S0L_TAG]
    [S0_FORM, S0_LEFT_SET] [S0_TAG, S0_LEFT_SET, B0_TAG] [S0_TAG, S0_RIGHT_SET, B0_TAG] [S1_TAG, S1_RIGHT_SET, S0_TAG] [B0_TAG, B0_LEFT_SET]
    [S0_TAG, B0_TAG, GAP_S0B0] [S1_TAG, S0_TAG, B0_TAG, GAP_S1S0]
    [S0L_FORM, S0_TAG, S1_TAG] [S1_TAG, S0_TAG, COMMAS_S1S0] [S0_TAG, B0_TAG, NEXT_VERB_TAG] [S0_TAG, B0_TAG, VERBS_LEFT]
};

/// What the others need besides.
const MORE: &[Template] = templates! {
    [S0_FINE] [S0_MIDDLE, S0_TAG] [S1_FORM] [S1_FINE] [S1_MIDDLE, S1_TAG] [B0_FINE] [B0_MIDDLE, B0_TAG]
    [B1_FORM] [B1_TAG] [B1_MIDDLE] [B2_FORM, B2_TAG] [B2_TAG] [S2_TAG] [S2_FORM, S2_TAG] [B3_TAG]
    [S0_FORM, S0_TAG, B0_FORM, B0_TAG] [S1_FORM, S1_TAG, S0_FORM, S0_TAG]
    [S0_FINE, B0_FINE] [S0_COARSE, B0_COARSE, S0_TAG, B0_TAG] [S0_FORM, B0_MIDDLE] [S0_MIDDLE, B0_FORM]
    [S0_FINE, B0_TAG] [S0_TAG, B0_FINE] [S0_MIDDLE, B0_TAG] [S0_TAG, B0_MIDDLE]
    [S1_FINE, S0_FINE] [S1_MIDDLE, S0_MIDDLE] [S1_COARSE, S0_COARSE, S1_TAG, S0_TAG] [S1_FORM, S0_MIDDLE] [S1_MIDDLE, S0_FORM]
    [S1_FINE, S0_TAG] [S1_TAG, S0_FINE]
    [S1_FORM, B0_TAG] [S1_TAG, B0_FORM] [S1_FORM, B0_FORM] [S1_MIDDLE, B0_MIDDLE]
    [B0_TAG, B1_FORM] [B0_FORM, B1_FORM] [S0_FORM, B1_FORM] [S0_TAG, B1_FORM] [S0_TAG, B0_TAG, B1_FORM]
    [S1_FORM, S0_FORM, B0_TAG] [S1_FORM, S0_TAG, B0_FORM] [S1_TAG, S0_FORM, B0_FORM] [S1_MIDDLE, S0_FORM, B0_MIDDLE]
    [S1_COARSE, S0_FORM, B0_COARSE] [S1_COARSE, S0_COARSE, B0_COARSE]
    [S2_TAG, S1_TAG, S0_TAG] [S3_TAG, S2_TAG, S1_TAG, S0_TAG] [S2_FORM, S1_TAG, S0_TAG] [S2_FORM, S0_TAG, B0_TAG]
    [S2_MIDDLE, S1_FORM, S0_MIDDLE] [S2_MIDDLE, S0_MIDDLE]
    [B0_TAG, B1_TAG, B2_TAG] [B1_TAG, B2_TAG, B3_TAG] [S0_UPOS, B0_UPOS, B1_UPOS, B2_UPOS] [S1_UPOS, S0_UPOS, B0_UPOS, B1_UPOS]

    [S1_TAG, S1L_TAG, S0_TAG] [S1_TAG, S0_TAG, S0R_TAG] [S0_TAG, B0_TAG, B0L2_TAG]
    [S0_TAG, S0L_TAG, S0L2_TAG] [S0_TAG, S0R_TAG, S0R2_TAG] [S1_TAG, S1R_TAG, S1R2_TAG] [B0_TAG, B0L_TAG, B0L2_TAG]
    [S0_FORM, S0L_FORM] [S0_FORM, S0R_FORM] [S1_FORM, S1R_FORM] [B0_FORM, B0L_FORM] [S0_FORM, S0L_FORM, B0_FORM]
    [S0R_FORM, B0_FORM] [S1R_FORM, S0_FORM] [S0R_FORM, S0_TAG, B0_TAG] [S0L_FORM, S0_TAG, B0_TAG] [S1R_FORM, S1_TAG, S0_TAG]
    [S0L_FORM, S1_FORM] [B0L_FORM, B0_TAG, S0_TAG] [S0L_FORM, S1_FORM, S0_MIDDLE] [S0L2_FORM, S0_TAG, S1_TAG]
    [S0R_REL, S0_TAG] [S1R_REL, S1_TAG] [S0R_REL, S0_TAG, B0_TAG] [S1R_REL, S1_TAG, S0_TAG]
    [S1_TAG, S0_TAG, S0L_REL] [S0_TAG, B0_TAG, B0L_REL]
    [S0L_REL, S0L2_REL, S0_TAG] [S0R_REL, S0R2_REL, S0_TAG] [S1R_REL, S1R2_REL, S1_TAG, S0_TAG]

    [S0_TAG, S0_LEFTS] [S0_TAG, S0_RIGHTS] [S1_TAG, S1_RIGHTS] [B0_TAG, B0_LEFTS] [S1_TAG, S1_LEFTS]
    [S0_TAG, S0_LEFTS, B0_TAG, B0_LEFTS] [S1_TAG, S1_RIGHTS, S0_TAG, S0_RIGHTS]
    [S0_TAG, S0_LEFT_SET] [S0_FORM, S0_RIGHT_SET] [S0_TAG, S0_RIGHT_SET] [S1_FORM, S1_RIGHT_SET] [S1_TAG, S1_RIGHT_SET]
    [S1_TAG, S1_LEFT_SET] [B0_FORM, B0_LEFT_SET] [S1_FORM, S1_RIGHT_SET, S0_TAG] [S1_TAG, S1_LEFT_SET, S0_TAG, S0_LEFT_SET]
    [S0_TAG, B0_TAG, B0_LEFT_SET]

    [S0_FORM, GAP_S0B0] [S0_TAG, GAP_S0B0] [B0_FORM, GAP_S0B0] [B0_TAG, GAP_S0B0] [S1_TAG, GAP_S1S0] [S0_TAG, GAP_S1S0] [S1_TAG, S0_TAG, GAP_S1S0]
    [S1_TAG, S0_TAG, JOINS_S1S0, COMMAS_S1S0] [S1_TAG, S0_TAG, VERBS_S1S0] [S0_TAG, B0_TAG, COMMAS_S0B0, JOINS_S0B0]
    [S1_UPOS, S0_UPOS, COMMAS_S1S0, VERBS_S1S0] [S1_FORM, S0_TAG, COMMAS_S1S0]
    [S0_TAG, B0_TAG, QUOTED] [S0_TAG, B0_TAG, BRACKETED] [S1_TAG, S0_TAG, BRACKETED] [S1_TAG, S0_TAG, QUOTED]
    [S1_TAG, S0_TAG, VERBS_LEFT] [S0_TAG, B0_FORM, NEXT_VERB_TAG] [S0_TAG, B0_TAG, NEXT_VERB]
    [S1_TAG, S0_TAG, NEXT_VERB_TAG, VERBS_LEFT] [S0_UPOS, B0_FORM, B1_UPOS, VERBS_LEFT] [S2_UPOS, S1_UPOS, S0_UPOS, VERBS_LEFT]
    [S0_SAYS, S0_TAG, B0_TAG] [S1_SAYS, S1_TAG, S0_TAG] [B0_SAYS, S0_TAG, B0_TAG] [S1_SAYS, S0_TAG, QUOTED] [B0_SAYS, S0_TAG, QUOTED, COMMAS_S0B0]
};

/// What a scout's tree adds.
const HINTED: &[Template] = templates! {
    [HINT_S0, HINT_S0_MORE, HINT_B0] [HINT_S0, HINT_S0_MORE, HINT_S0_REL] [HINT_S0, HINT_S0_MORE, HINT_S1]
    [HINT_S0, HINT_S0_MORE, S0_TAG, B0_TAG] [HINT_S0, HINT_S0_MORE, S1_TAG, S0_TAG] [HINT_S0, HINT_S0_REL, S0_TAG] [HINT_S0_REL, S0_TAG, S1_TAG]
    [HINT_S0, S0_FORM] [HINT_S0_MORE, S0_FORM] [HINT_S0, HINT_S0_SURE, HINT_S0_MORE] [HINT_S0, HINT_S0_SURE, HINT_S0_REL]
    [HINT_B0, B0_TAG, S0_TAG] [HINT_B0, HINT_B0_REL] [HINT_B0, B0_FORM] [HINT_S1, S1_TAG, S0_TAG] [HINT_S0, HINT_S0_REL, S0_FORM]
    [HINT_S0_REL, S0_LEFT_SET, S0_TAG] [HINT_S0, HINT_S0_REL, B0_FORM] [HINT_S0, HINT_S0_REL, S1_FORM] [HINT_S0, HINT_S0_REL, S1_RIGHT_SET]
};

/// The numbers of one state.
struct Known<'s> {
    inputs: &'s Inputs,
    state: &'s State,
    atoms: &'s mut Atoms,
}

impl Known<'_> {
    fn set(&mut self, atom: u8, number: u32) {
        self.atoms[usize::from(atom) & (ATOMS_MAX - 1)] = number;
    }

    fn word(&mut self, from: u8, at: u32) {
        let word = self.inputs.word(at);
        for (atom, number) in
            (from..).zip([word.form, word.tag, word.upos, word.fine, word.middle, word.coarse])
        {
            self.set(atom, number);
        }
    }

    /// A word that hangs already.
    fn hung(&mut self, from: u8, at: u32) {
        let word = self.inputs.word(at);
        let relation =
            self.state.built.get(at as usize).map_or(0, |built| 1 + u32::from(built.relation));
        for (atom, number) in (from..).zip([word.form, word.tag, relation]) {
            self.set(atom, number);
        }
    }

    fn built(&self, at: u32) -> Option<&Built> {
        self.state.built.get(at as usize)
    }

    fn fill(&mut self) {
        let (s0, s1, s2) = (self.state.stacked(0), self.state.stacked(1), self.state.stacked(2));
        let b0 = self.state.next;
        self.word(S0_FORM, s0);
        self.word(S1_FORM, s1);
        self.word(S2_FORM, s2);
        self.word(B0_FORM, b0);
        self.word(B1_FORM, b0 + 1);
        self.word(B2_FORM, b0 + 2);
        self.set(B3_TAG, self.inputs.word(b0 + 3).tag);
        self.set(S3_TAG, self.inputs.word(self.state.stacked(3)).tag);
        self.children(s0, s1, b0);
        self.between(s0, s1, b0);
        for (atom, at) in [(S0_SAYS, s0), (S1_SAYS, s1), (B0_SAYS, b0)] {
            self.set(atom, self.inputs.word(at).says);
        }
        self.hints(s0, s1, b0);
    }

    fn hints(&mut self, s0: u32, s1: u32, b0: u32) {
        let hint = |word: u32| self.inputs.hints.get(word as usize).copied();
        let side = |head: u32| match head {
            NONE => 1,
            head if head == b0 => 2,
            head if head > b0 => 3,
            head if head == s0 => 4,
            head if head == s1 => 5,
            _ => 6,
        };
        let (of_s0, of_s1, of_b0) = (hint(s0), hint(s1), hint(b0));
        let more =
            of_s0.map_or(0, |hint| 1 + u32::from(hint.last >= b0) + u32::from(hint.last > b0));
        self.set(HINT_S0, of_s0.map_or(0, |hint| side(hint.head)));
        self.set(HINT_S0_REL, of_s0.map_or(0, |hint| hint.relation));
        self.set(HINT_S0_SURE, of_s0.map_or(0, |hint| hint.sure));
        self.set(HINT_S0_MORE, more);
        self.set(HINT_S1, of_s1.map_or(0, |hint| side(hint.head)));
        self.set(HINT_B0, of_b0.map_or(0, |hint| side(hint.head)));
        self.set(HINT_B0_REL, of_b0.map_or(0, |hint| hint.relation));
    }

    fn children(&mut self, s0: u32, s1: u32, b0: u32) {
        let none = [NONE; 2];
        let (left, right) = self.built(s0).map_or((none, none), |built| (built.left, built.right));
        self.hung(S0L_FORM, left[0]);
        self.hung(S0L2_FORM, left[1]);
        self.hung(S0R_FORM, right[0]);
        self.hung(S0R2_FORM, right[1]);
        let (left, right) = self.built(s1).map_or((none, none), |built| (built.left, built.right));
        self.hung(S1L_FORM, left[0]);
        self.hung(S1R_FORM, right[0]);
        self.hung(S1R2_FORM, right[1]);
        let left = self.built(b0).map_or(none, |built| built.left);
        self.hung(B0L_FORM, left[0]);
        self.hung(B0L2_FORM, left[1]);
        for (at, counts, sets) in [
            (s0, [S0_LEFTS, S0_RIGHTS], [S0_LEFT_SET, S0_RIGHT_SET]),
            (s1, [S1_LEFTS, S1_RIGHTS], [S1_LEFT_SET, S1_RIGHT_SET]),
            (b0, [B0_LEFTS, 0], [B0_LEFT_SET, 0]),
        ] {
            let built = self.built(at).copied();
            let known = built.map_or([0; 4], |built| {
                let count = |number: u8| 1 + u32::from(number.min(4));
                [count(built.lefts), count(built.rights), 1 + built.left_set, 1 + built.right_set]
            });
            for (atom, number) in counts.into_iter().chain(sets).zip(known) {
                self.set(atom, number);
            }
        }
        // Number 0 of the atoms is nothing, whatever was written there for the lack of a name.
        self.set(0, 0);
    }

    fn between(&mut self, s0: u32, s1: u32, b0: u32) {
        let gap = |from: u32, to: u32| match to.wrapping_sub(from) {
            _ if from == NONE => 0,
            near @ 1..=5 => near,
            6..=10 => 6,
            11..=20 => 7,
            _ => 8,
        };
        self.set(GAP_S0B0, gap(s0, b0));
        self.set(GAP_S1S0, gap(s1, s0));
        let (of_s0, of_s1, of_b0) =
            (self.inputs.before(s0), self.inputs.before(s1), self.inputs.before(b0));
        let few = |to: u32, from: u32| to.saturating_sub(from).min(3);
        self.set(COMMAS_S1S0, few(of_s0.commas, of_s1.commas));
        self.set(JOINS_S1S0, few(of_s0.joins, of_s1.joins));
        self.set(VERBS_S1S0, few(of_s0.verbs, of_s1.verbs));
        self.set(COMMAS_S0B0, few(of_b0.commas, of_s0.commas));
        self.set(JOINS_S0B0, few(of_b0.joins, of_s0.joins));
        self.set(QUOTED, of_b0.quotes & 1);
        self.set(BRACKETED, of_b0.brackets.min(2));
        let all = self.inputs.before.last().map_or(0, |sums| sums.verbs);
        self.set(VERBS_LEFT, few(all, of_b0.verbs));
        let next_verb = self.inputs.word(of_b0.next_verb);
        self.set(NEXT_VERB, next_verb.form);
        self.set(NEXT_VERB_TAG, next_verb.tag);
    }
}

const _: () = assert!(FIRST.len() + HINTED.len() + MORE.len() <= FEATURES_MAX);

/// Which templates a parser uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Reads from the end, by few templates; what it finds are hints.
    Scout,
    /// Reads from the start, with hints.
    Main,
}

/// The features of a state: the first ones, by which most steps are settled, then, when asked again, the others.
pub(super) struct StateFeatures {
    atoms: Atoms,
    features: Features,
}

impl StateFeatures {
    pub(super) const fn new() -> Self {
        Self { atoms: [0; ATOMS_MAX], features: Features::new() }
    }

    /// The features by which most steps are settled.
    pub(super) fn first(&mut self, part: Part, inputs: &Inputs, state: &State) -> &[u64] {
        Known { inputs, state, atoms: &mut self.atoms }.fill();
        self.features.clear();
        self.features.add(FIRST, &self.atoms);
        if part == Part::Main {
            self.features.add(HINTED, &self.atoms);
        }
        self.features.as_slice()
    }

    /// The others, of the same state.
    pub(super) fn more(&mut self) -> &[u64] {
        let first = self.features.as_slice().len();
        self.features.add(MORE, &self.atoms);
        &self.features.as_slice()[first..]
    }

    /// All that were asked for.
    #[cfg(feature = "train")]
    pub(super) fn all(&self) -> &[u64] {
        self.features.as_slice()
    }
}

//! Takes what is known of the words of a sentence, gives each one's tag, from left to right.
//! Invariant: every word gets one tag of the list, by a bounded number of look-ups.

use super::{
    features::{ATOMS_MAX, Atoms, Features, Template, atoms, templates},
    weights::{CLASSES_MAX, FEATURES_MAX, Scores, Weigh, Weights},
    words::Word,
};

/// A choice among classes: the best one, and how far it was ahead of the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) class: u8,
    pub(super) ahead: i32,
}

/// The best class among the first `count`.
pub(super) fn best(sums: &Scores, count: usize) -> Choice {
    let mut best = (i32::MIN, 0_u8);
    let mut next = i32::MIN;
    for (class, sum) in (0_u8..=u8::MAX).zip(sums.iter().take(count)) {
        if *sum > best.0 {
            next = best.0;
            best = (*sum, class);
        } else if *sum > next {
            next = *sum;
        }
    }
    Choice { class: best.1, ahead: best.0.saturating_sub(next) }
}

atoms! {
    FORM0 FORM_1 FORM1 FORM_2 FORM2
    FINE0 FINE_1 FINE1 FINE_2 FINE2
    MIDDLE0 MIDDLE_1 MIDDLE1 MIDDLE_2 MIDDLE2
    COARSE0 COARSE_1 COARSE1 COARSE_2 COARSE2
    SEEN0 SEEN_1 SEEN1 SEEN_2 SEEN2
    SAYS0 SAYS_1 SAYS1 SAYS_2 SAYS2
    SHAPE0 SHAPE_1 SHAPE1
    END1 END2 END3 END4 END5
    NEXT_END2 NEXT_END3 LAST_END2 LAST_END3
    BEGIN1 BEGIN2 BEGIN3
    TAG_1 TAG_2 TAG_3
    IS_FIRST CAPITALS
    SEEN3
}

/// What most tags are settled by.
const FIRST: &[Template] = templates! {
    [FORM0] [FORM0, TAG_1] [FORM0, SHAPE0, IS_FIRST] [FORM0, SEEN1] [FORM_1, FORM0] [FORM0, FORM1] [FORM_1] [FORM1]
    [SEEN0] [SEEN0, TAG_1] [SEEN0, TAG_1, TAG_2] [SEEN1, TAG_1] [SEEN0, SEEN1] [SEEN0, SEEN1, TAG_1] [SEEN0, SEEN1, SEEN2]
    [TAG_1] [TAG_1, TAG_2] [END2] [END3] [END2, TAG_1] [END3, TAG_1] [END3, SEEN1]
    [SHAPE0] [SHAPE0, IS_FIRST, CAPITALS] [SHAPE0, TAG_1] [SHAPE0, END3] [MIDDLE0] [MIDDLE0, TAG_1] [FINE0] [SAYS0, TAG_1, SEEN1]
};

/// What the others need besides.
const MORE: &[Template] = templates! {
    [FORM0, TAG_1, TAG_2] [FORM0, SEEN_1, SEEN1] [FORM_2] [FORM2] [FORM_1, FORM1] [FORM_2, FORM_1] [FORM1, FORM2]
    [FORM_1, TAG_1] [FORM1, TAG_1] [FORM_1, SEEN0] [FORM1, SEEN0] [FORM_2, SEEN_1, SEEN0]
    [TAG_1, TAG_2, TAG_3] [SEEN1] [SEEN2] [SEEN1, SEEN2] [SEEN_1, SEEN0, SEEN1] [SEEN0, SEEN1, SEEN2, SEEN3]
    [END1] [END4] [END5] [END2, TAG_1, SEEN1] [NEXT_END2] [NEXT_END3] [LAST_END2] [LAST_END3] [END2, NEXT_END2] [END3, NEXT_END3]
    [BEGIN1] [BEGIN2] [BEGIN3] [BEGIN3, END3] [SHAPE0, END2] [SHAPE_1, SHAPE0] [SHAPE0, SHAPE1] [SHAPE_1, SHAPE0, SHAPE1] [SHAPE0, SEEN0, IS_FIRST]
    [FINE_1] [FINE1] [FINE_2] [FINE2] [FINE0, TAG_1] [FINE0, FINE1] [FINE_1, FINE0] [FINE0, SEEN1]
    [MIDDLE_1] [MIDDLE1] [MIDDLE0, MIDDLE1] [MIDDLE_1, MIDDLE0] [MIDDLE0, SHAPE0] [MIDDLE0, END2] [MIDDLE0, END3] [MIDDLE0, SEEN0]
    [MIDDLE1, SEEN0, TAG_1] [MIDDLE_2] [MIDDLE2]
    [COARSE0] [COARSE_1] [COARSE1] [COARSE0, TAG_1, TAG_2] [COARSE0, COARSE1, TAG_1] [COARSE_1, COARSE0, COARSE1] [COARSE0, COARSE1, COARSE2]
    [SAYS0] [SAYS0, SEEN0, TAG_1] [SAYS0, COARSE_1, SEEN1] [SAYS_1, SEEN0] [SAYS0, TAG_1, TAG_2]
};

const _: () = assert!(FIRST.len() + MORE.len() <= FEATURES_MAX);

/// How the words of a sentence are spelt as a whole: all in capitals, most with one, or as usual.
fn capitals(words: &[Word]) -> u32 {
    let (mut all, mut some, mut lettered) = (0, 0, 0);
    // The start is enough to know a headline, and bounds the work.
    for word in words.iter().take(40) {
        let (has_upper, has_lower) = (word.shape & 1, (word.shape >> 1) & 1);
        lettered += has_upper | has_lower;
        all += has_upper & (1 - has_lower);
        some += (word.shape >> 8) & 1;
    }
    if all * 3 > lettered * 2 {
        3
    } else if some * 3 > lettered * 2 {
        2
    } else {
        1
    }
}

/// A sentence while it is being tagged.
pub(super) struct Tagging<'w> {
    words: &'w [Word],
    capitals: u32,
    first: usize,
    /// What was chosen so far.
    pub(super) tags: Vec<u8>,
    atoms: Atoms,
    features: Features,
}

impl<'w> Tagging<'w> {
    pub(super) fn new(words: &'w [Word]) -> Self {
        // Quotes and brackets before it do not keep a word from being the first.
        let first = words.iter().position(|word| word.shape & 7 != 0).unwrap_or(0);
        Self {
            words,
            capitals: capitals(words),
            first,
            tags: Vec::with_capacity(words.len()),
            atoms: [0; ATOMS_MAX],
            features: Features::new(),
        }
    }

    /// The features of the first word without a tag, by which most are settled.
    pub(super) fn first(&mut self) -> &[u64] {
        let at = self.tags.len();
        let nothing = Word::default();
        let word = |offset: isize| {
            at.checked_add_signed(offset).and_then(|at| self.words.get(at)).unwrap_or(&nothing)
        };
        let around = [word(0), word(-1), word(1), word(-2), word(2)];
        let atoms = &mut self.atoms;
        for (offset, word) in around.iter().enumerate() {
            let [fine, middle, coarse, seen, says] = word.classes.map(u32::from);
            atoms[usize::from(FORM0) + offset] = word.form;
            atoms[usize::from(FINE0) + offset] = fine;
            atoms[usize::from(MIDDLE0) + offset] = middle;
            atoms[usize::from(COARSE0) + offset] = coarse;
            atoms[usize::from(SEEN0) + offset] = seen;
            atoms[usize::from(SAYS0) + offset] = says;
        }
        for (offset, word) in around.iter().take(3).enumerate() {
            atoms[usize::from(SHAPE0) + offset] = word.shape;
        }
        let [here, last, next, _, _] = around;
        atoms[usize::from(END1)..=usize::from(END5)].copy_from_slice(&here.endings);
        atoms[usize::from(BEGIN1)..=usize::from(BEGIN3)].copy_from_slice(&here.beginnings);
        atoms[usize::from(NEXT_END2)] = next.endings[1];
        atoms[usize::from(NEXT_END3)] = next.endings[2];
        atoms[usize::from(LAST_END2)] = last.endings[1];
        atoms[usize::from(LAST_END3)] = last.endings[2];
        let tag = |back: usize| {
            at.checked_sub(back)
                .and_then(|at| self.tags.get(at))
                .map_or(0, |tag| 1 + u32::from(*tag))
        };
        atoms[usize::from(TAG_1)] = tag(1);
        atoms[usize::from(TAG_2)] = tag(2);
        atoms[usize::from(TAG_3)] = tag(3);
        atoms[usize::from(IS_FIRST)] = u32::from(at == self.first);
        atoms[usize::from(CAPITALS)] = self.capitals;
        atoms[usize::from(SEEN3)] =
            self.words.get(at + 3).map_or(0, |word| u32::from(word.classes[3]));
        self.features.clear();
        self.features.add(FIRST, atoms);
        self.features.as_slice()
    }

    /// The others, of the same word.
    pub(super) fn more(&mut self) -> &[u64] {
        self.features.add(MORE, &self.atoms);
        &self.features.as_slice()[FIRST.len()..]
    }

    /// All that were asked for.
    #[cfg(feature = "train")]
    pub(super) fn all(&self) -> &[u64] {
        self.features.as_slice()
    }
}

/// A tagger's weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagger {
    /// How many tags there are.
    pub(super) tags: usize,
    pub(super) weights: Weights,
    /// How far a tag must be ahead by the first features for the others not to be asked.
    pub(super) settled: i32,
}

impl Tagger {
    /// The tags of a sentence's words, each with how far it was ahead.
    pub(super) fn tag(&self, words: &[Word]) -> Vec<Choice> {
        let mut tagging = Tagging::new(words);
        words
            .iter()
            .map(|_| {
                let mut sums = [0; CLASSES_MAX];
                self.weights.weigh(tagging.first(), &mut sums);
                let mut choice = best(&sums, self.tags);
                if choice.ahead < self.settled {
                    self.weights.weigh(tagging.more(), &mut sums);
                    choice = best(&sums, self.tags);
                }
                tagging.tags.push(choice.class);
                choice
            })
            .collect()
    }
}

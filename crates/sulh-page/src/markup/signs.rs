//! Takes a page's lines, gives what those of each element say for its being a contribution: who, when, buttons, words.
//! Invariant: what asks readers to write, and the form they write in, says nothing.

use super::{
    contributions::strong_name,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    parts::is_input,
    tag::Tag,
    tokens::Attribute,
    zones::{Zone, Zones},
};
use crate::{
    controls,
    register::{Furniture, Register},
    signed, stamp,
};
use std::ops::Range;

/// A name is short.
pub(super) const NAME_WORDS_MAX: usize = 4;

/// What the lines of an element say for its being a contribution.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Words that are no name, day or button.
    pub words: u32,
    /// Lines that say when.
    stamps: u32,
    /// Lines or elements that say who.
    names: u32,
    /// "Like", "Report", "Share".
    buttons: u32,
    /// Lines that open with a name in bold letters.
    signed: u32,
    /// "Reply": an outlet's own entries have no such button.
    answers: u32,
}

impl Signs {
    fn add(&mut self, other: Self) {
        self.words += other.words;
        self.stamps += other.stamps;
        self.names += other.names;
        self.buttons += other.buttons;
        self.answers += other.answers;
        self.signed += other.signed;
    }

    /// Words, or a second short line that is no name after all ("Thank you").
    fn has_words(self) -> bool {
        self.words > 0 || self.names >= 2
    }

    pub fn is_contribution(self) -> bool {
        self.has_words()
            && (self.stamps > 0 || self.buttons > 0 || self.names > 0 || self.signed > 0)
    }

    /// Two signs of three, for a contribution that stands alone.
    pub fn is_sure(self) -> bool {
        let shown = [self.stamps, self.buttons, self.names].iter().filter(|n| **n > 0).count();
        self.has_words() && (shown >= 2 || self.signed > 0)
    }

    /// The signs of several contributions: it wraps them.
    pub fn is_several(self) -> bool {
        self.stamps >= 2 && (self.names >= 2 || self.buttons >= 2)
    }

    pub fn is_certain(self) -> bool {
        self.has_words() && self.stamps > 0 && self.answers > 0 && self.names > 0
    }
}

/// What each element's lines say, its own subtree's together.
pub(super) fn signs(
    dom: &Dom,
    zones: &Zones,
    leaves: &[Leaf],
    forms: &[Range<NodeIndex>],
) -> Vec<Signs> {
    let furniture = Furniture::shipped();
    let border = &Register::shipped().border;
    let mut signs = vec![Signs::default(); dom.nodes.len()];
    // What asks readers to write, and the form they write in, is none of theirs.
    let said = |leaf: &&Leaf| {
        leaf.zone != Zone::Advert && !border.matches(&leaf.text) && !lies_in(forms, leaf.node)
    };
    for leaf in leaves.iter().filter(said) {
        let words = leaf.words() as u32;
        let mut own = Signs::default();
        if controls::are(&leaf.text) {
            own.buttons = 1;
            own.answers = u32::from(controls::answers(&leaf.text));
            own.stamps = u32::from(controls::stamped(&leaf.text).is_some());
        } else if signed::read(&leaf.text).is_some() {
            (own.names, own.stamps) = (1, 1);
        } else if strong_name(leaf).is_some() {
            (own.signed, own.words) = (1, words);
        } else if stamp::is_stamp(&leaf.text) {
            own.stamps = 1;
        } else if is_name(&leaf.text, words as usize) {
            own.names = 1;
        } else if leaf.link_share() < 0.5 && !furniture.is_notice(&leaf.text) {
            own.words = words;
        }
        signs[leaf.node].add(own);
    }
    for (at, element) in dom.elements() {
        if zones.zone[at] == Zone::Hidden {
            continue;
        }
        let dated = element.tag == Tag::Time || dom.value(element, Attribute::Datetime).is_some();
        signs[at].stamps += u32::from(dated);
        signs[at].names += u32::from(zones.said[at].says(Says::CommentAuthor));
    }
    for at in (1..dom.nodes.len()).rev() {
        let own = signs[at];
        signs[dom.nodes[at].parent].add(own);
    }
    signs
}

/// The forms that readers write in, in the order of the page.
pub(super) fn forms(dom: &Dom, zones: &Zones) -> Vec<Range<NodeIndex>> {
    let form = |at: &NodeIndex| is_input(dom, *at) || zones.said[*at].says(Says::CommentForm);
    let forms = dom.elements().map(|(at, _)| at).filter(form);
    forms.map(|at| at..dom.nodes[at].end).collect()
}

/// True for a node in one of some ranges that stand in order.
pub(super) fn lies_in(ranges: &[Range<NodeIndex>], node: NodeIndex) -> bool {
    let next = ranges.partition_point(|range| range.start <= node);
    next.checked_sub(1).is_some_and(|at| ranges[at].contains(&node))
}

/// A few words that are no sentence, or words that hand over to a name ("#1 Comment by Old Salt").
pub(super) fn is_name(text: &str, words: usize) -> bool {
    let rest = stamp::without_number(text);
    let handed = stamp::without_opening(rest).len() < rest.len();
    (words <= NAME_WORDS_MAX || handed && words <= NAME_WORDS_MAX + 2)
        && rest.chars().next().is_some_and(char::is_alphanumeric)
        && !text.ends_with(['.', '!', '?'])
        && text.chars().any(char::is_alphabetic)
}

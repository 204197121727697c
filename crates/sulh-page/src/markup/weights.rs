//! Takes a tree, gives how many bytes of words, links and first headings any part of it holds, and what is hidden.
//! Invariant: what is hidden weighs nothing; any part is weighed by one subtraction.

use super::{
    dom::{Dom, NodeIndex},
    names::{Said, Says},
    tag::Tag,
    tokens::Attribute,
};
use std::collections::BTreeSet;

/// With this many times the words outside, `noscript` holds the page itself.
const NOSCRIPT_TIMES_MIN: u32 = 2;

/// Nobody moves what is to be seen by a thousand of any unit.
const OFF_SCREEN_DIGITS_MIN: usize = 4;

/// What lies before each node.
pub(super) struct Weights {
    bytes: Vec<u32>,
    links: Vec<u32>,
    titles: Vec<u32>,
    /// The page is written for readers without scripts: what stands in `noscript` is the page.
    script_less: bool,
    /// Parts for readers without scripts that hold the contributions which scripts would fetch.
    fallbacks: BTreeSet<NodeIndex>,
}

impl Weights {
    pub fn of(dom: &Dom, said: &[Said]) -> Self {
        let new = || Vec::with_capacity(dom.nodes.len() + 1);
        let mut weights = Self {
            bytes: new(),
            links: new(),
            titles: new(),
            script_less: script_less(dom),
            fallbacks: fallbacks(dom, said),
        };
        let (mut bytes, mut linked, mut titles) = (0_u32, 0_u32, 0_u32);
        let (mut hidden_until, mut link_until) = (0, 0);
        for (at, node) in dom.nodes.iter().enumerate() {
            weights.bytes.push(bytes);
            weights.links.push(linked);
            weights.titles.push(titles);
            if let Some(tag) = dom.tag(at) {
                if weights.hides(dom, at) {
                    hidden_until = hidden_until.max(node.end);
                }
                if tag == Tag::A {
                    link_until = link_until.max(node.end);
                }
                titles += u32::from(tag == Tag::H1);
            } else if at >= hidden_until {
                let length = dom.words(at).trim().len() as u32;
                bytes += length;
                linked += if at < link_until { length } else { 0 };
            }
        }
        weights.bytes.push(bytes);
        weights.links.push(linked);
        weights.titles.push(titles);
        weights
    }

    pub fn bytes(&self, dom: &Dom, at: NodeIndex) -> u32 {
        self.bytes[dom.nodes[at].end] - self.bytes[at]
    }

    pub fn link_share(&self, dom: &Dom, at: NodeIndex) -> f32 {
        let linked = self.links[dom.nodes[at].end] - self.links[at];
        linked as f32 / self.bytes(dom, at).max(1) as f32
    }

    /// Share of the page's words.
    pub fn share(&self, dom: &Dom, at: NodeIndex) -> f32 {
        let all = self.bytes.last().copied().unwrap_or(0).max(1);
        self.bytes(dom, at) as f32 / all as f32
    }

    pub fn has_title(&self, dom: &Dom, at: NodeIndex) -> bool {
        self.titles[dom.nodes[at].end] > self.titles[at]
    }

    /// True for an element that is not shown, whatever stands in it.
    pub fn hides(&self, dom: &Dom, at: NodeIndex) -> bool {
        let Some(element) = dom.element(at) else { return false };
        let unseen = || !self.script_less && !self.fallbacks.contains(&at);
        if element.tag.is_unshown() || element.tag == Tag::Noscript && unseen() {
            return true;
        }
        // A page hides its whole until its script has run; what it then shows is the page.
        if matches!(element.tag, Tag::Html | Tag::Body | Tag::Main) {
            return false;
        }
        dom.value(element, Attribute::Hidden).is_some()
            || dom.value(element, Attribute::AriaHidden) == Some("true")
            || dom.value(element, Attribute::Style).is_some_and(hides)
    }
}

/// True for a style that keeps an element from being seen. White words on white ground cannot be told by one element's
/// style, nor what a style sheet hides by a class.
fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    let nothing = |name: &str| {
        style.split(';').any(|rule| {
            rule.strip_prefix(name).is_some_and(|value| {
                let value = value.trim_end_matches("!important");
                !value.is_empty()
                    && value.trim_end_matches(['0', '.', 'p', 'x', 'e', 'm', '%']).is_empty()
                    && value.starts_with('0')
            })
        })
    };
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || nothing("font-size:")
        || nothing("opacity:")
        || style.split(';').any(|rule| rule == "color:transparent" || is_off_screen(rule))
}

/// "left:-9999px": pushed further than any screen is wide.
fn is_off_screen(rule: &str) -> bool {
    let pushed = ["text-indent:-", "left:-", "top:-", "margin-left:-", "margin-top:-"]
        .iter()
        .find_map(|name| rule.strip_prefix(name));
    let digits = pushed.map(|length| length.bytes().take_while(u8::is_ascii_digit).count());
    digits.is_some_and(|digits| digits >= OFF_SCREEN_DIGITS_MIN)
}

/// The `noscript` elements that hold contributions, where no other part of the page does.
fn fallbacks(dom: &Dom, said: &[Said]) -> BTreeSet<NodeIndex> {
    let mut found = BTreeSet::new();
    let mut around: Option<(NodeIndex, NodeIndex)> = None;
    for (at, element) in dom.elements() {
        around = around.filter(|(_, end)| at < *end);
        if element.tag == Tag::Noscript && around.is_none() {
            around = Some((at, dom.nodes[at].end));
        }
        if element.tag.is_item() && said[at].says(Says::CommentItem) {
            let Some((noscript, _)) = around else { return BTreeSet::new() };
            found.insert(noscript);
        }
    }
    found
}

fn script_less(dom: &Dom) -> bool {
    let (mut inside, mut outside) = (0_u32, 0_u32);
    let (mut noscript_until, mut unshown_until) = (0, 0);
    for (at, node) in dom.nodes.iter().enumerate() {
        match dom.tag(at) {
            Some(Tag::Noscript) => noscript_until = noscript_until.max(node.end),
            Some(tag) if tag.is_unshown() => unshown_until = unshown_until.max(node.end),
            Some(_) => {}
            None if at < unshown_until => {}
            None => {
                let length = dom.words(at).trim().len() as u32;
                *(if at < noscript_until { &mut inside } else { &mut outside }) += length;
            }
        }
    }
    inside > outside.saturating_mul(NOSCRIPT_TIMES_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide() {
        for style in [
            "display: none",
            "color:red; Visibility:HIDDEN",
            "font-size:0",
            "opacity: 0.0 !important",
            "position: absolute; left: -9999px",
            "text-indent:-1000em",
            "color: transparent",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "display:block",
            "opacity:0.5",
            "opacity: 1",
            "font-size:10px",
            "margin:0",
            "left:-50%",
            "text-indent: -2em",
            "background-color: transparent",
        ] {
            assert!(!hides(style), "{style}");
        }
    }
}

//! Takes the class and id names of an element, gives what they say it is.
//! Invariant: every name looked for stands in `rules/page/markup.toml`.

use super::{
    dom::{Dom, Element},
    tokens::Attribute,
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// Shipped with the crate; a test reads it. Without it pages would only be told by their elements.
static SHIPPED: LazyLock<Names> = LazyLock::new(|| {
    Names::parse(include_str!("../../../../rules/page/markup.toml")).unwrap_or_default()
});

/// Names beyond these many say nothing more; style generators write hundreds.
const NAMES_MAX: usize = 24;

/// `within` looks at so many words of a name that stand side by side.
const RUN_WORDS_MAX: usize = 3;

/// What a part of a name says stands below every whole name.
const WITHIN_RANK: usize = 1_000;

/// What a name can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Says {
    Frame,
    Advert,
    Body,
    CommentSection,
    CommentItem,
    CommentWords,
    CommentMeta,
    CommentAuthor,
    CommentAnswers,
    CommentAnswer,
    CommentBadge,
    CommentForm,
    CommentTitle,
    Signature,
    Quotation,
    Poster,
    BoardPoster,
    ForumPost,
    PostWords,
    Byline,
    Dateline,
    Caption,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: BTreeSet<String>,
    joined: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    not: BTreeSet<String>,
}

/// The lists, turned round: from a word to what it says.
#[derive(Debug, Default)]
pub(super) struct Names {
    words: BTreeMap<String, Vec<Says>>,
    joined: BTreeMap<String, Vec<(Says, usize)>>,
    within: BTreeMap<String, Vec<Says>>,
    not: BTreeMap<Says, BTreeSet<String>>,
}

/// What the names of one element say, each with its rank in the list (0 is best).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said(Vec<(Says, usize)>);

impl Said {
    pub fn says(&self, says: Says) -> bool {
        self.0.iter().any(|(said, _)| *said == says)
    }

    /// The best rank among the whole names of a list, and below them the parts of names.
    pub fn rank(&self, says: Says) -> Option<usize> {
        self.0.iter().filter(|(said, _)| *said == says).map(|(_, rank)| *rank).min()
    }
}

/// What the names of a page say: the same ones stand on many elements.
pub(super) type ReadNames<'d> = BTreeMap<&'d str, Vec<(Says, usize)>>;

impl Names {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let lists: BTreeMap<Says, List> = toml::from_str(text)?;
        let mut names = Self::default();
        for (says, list) in lists {
            for word in list.words {
                names.words.entry(word).or_default().push(says);
            }
            for (rank, joined) in list.joined.into_iter().enumerate() {
                names.joined.entry(joined).or_default().push((says, rank));
            }
            for within in list.within {
                names.within.entry(within).or_default().push(says);
            }
            names.not.insert(says, list.not);
        }
        Ok(names)
    }

    /// What an element's class, id and schema names say; `known` holds what was read on this page before.
    pub fn read<'d>(&self, dom: &'d Dom, element: &Element, known: &mut ReadNames<'d>) -> Said {
        let mut said = Vec::new();
        let attributes =
            [Attribute::Class, Attribute::Id, Attribute::Itemprop, Attribute::DataSpotImClass]
                .into_iter()
                .filter_map(|name| dom.value(element, name));
        for name in attributes.flat_map(str::split_whitespace).take(NAMES_MAX) {
            let told = known.entry(name).or_insert_with(|| self.read_name(name));
            said.extend_from_slice(told);
        }
        if dom.value(element, Attribute::Id).is_some_and(is_comment_id)
            || dom
                .value(element, Attribute::Itemtype)
                .is_some_and(|t| t.ends_with("/Comment") || t.ends_with("/UserComments"))
        {
            said.push((Says::CommentItem, 0));
        }
        if dom.value(element, Attribute::Id).is_some_and(is_words_id) {
            said.push((Says::CommentWords, 0));
        }
        if dom
            .value(element, Attribute::Rel)
            .is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "sponsored"))
        {
            said.push((Says::Advert, 0));
        }
        Said(said)
    }

    fn read_name(&self, name: &str) -> Vec<(Says, usize)> {
        let mut said = Vec::new();
        let words = words(name);
        let joined = words.concat();
        let barred = |says: Says| {
            self.not.get(&says).is_some_and(|not| words.iter().any(|word| not.contains(word)))
        };
        for word in &words {
            for says in self.words.get(word).into_iter().flatten() {
                if !barred(*says) {
                    said.push((*says, usize::MAX));
                }
            }
        }
        for run in runs(&words) {
            for says in self.within.get(&run).into_iter().flatten() {
                if !barred(*says) {
                    said.push((*says, WITHIN_RANK));
                }
            }
        }
        for (says, rank) in self.joined.get(&joined).into_iter().flatten() {
            if !barred(*says) {
                said.push((*says, *rank));
            }
        }
        said
    }
}

/// `comment-12`, `li-comment-12`, `c12`: one contribution of many. `div-comment-12` is the inner half of one.
fn is_comment_id(id: &str) -> bool {
    let digits = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = digits.trim_end_matches(['-', '_']);
    digits.len() < id.len()
        && matches!(
            stem,
            "comment"
                | "li-comment"
                | "Comment"
                | "kommentar"
                | "comment-id"
                | "reply"
                | "comment-item"
                | "td_post"
                | "post_message"
                | "bb_message"
                | "msg"
                | "pid"
                | "answer"
                | "lcom"
                | "ls-comment"
        )
}

/// `post_message_12`, `msg_12`: the words of one contribution, whatever stands around them.
fn is_words_id(id: &str) -> bool {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() < id.len()
        && matches!(
            stem.trim_end_matches(['-', '_']),
            "post_message" | "bb_message" | "msg" | "pid" | "lcom"
        )
}

/// A name cut at separators and before capitals, lower-cased.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for c in name.chars().take(80) {
        let cut = !c.is_alphanumeric();
        if cut || c.is_uppercase() && small_before {
            words.push(String::new());
        }
        if !cut && let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        small_before = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Two or three words of a name that stand side by side, joined; one that was written as one.
fn runs(words: &[String]) -> impl Iterator<Item = String> {
    (1..=RUN_WORDS_MAX).flat_map(|length| words.windows(length).map(<[String]>::concat))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, says: &[Says]) {
        let names = Names::parse(include_str!("../../../../rules/page/markup.toml")).unwrap();
        let mut said: Vec<Says> = names.read_name(name).into_iter().map(|(says, _)| says).collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said, says, "{name}");
    }

    #[test]
    fn names_say_what_they_say() {
        check("related-posts", &[Says::Frame]);
        check("articleBody", &[Says::Body]);
        check("comment-list", &[Says::CommentSection]);
        check("comments", &[Says::CommentSection]);
        check("comments-link", &[]);
        check("comment", &[Says::CommentItem]);
        check("shadow", &[]);
        check("header", &[Says::CommentMeta]);
    }

    #[test]
    fn a_panel_of_boards_is_a_panel() {
        let text = include_str!("../../../../rules/page/markup.toml");
        let lists: BTreeMap<Says, List> = toml::from_str(text).unwrap();
        let panels = &lists[&Says::Poster].joined;
        for name in &lists[&Says::BoardPoster].joined {
            assert!(panels.contains(name), "`{name}` is missing from the list `poster`");
        }
    }

    #[test]
    fn ids_of_comments() {
        assert!(is_comment_id("comment-12") && is_comment_id("li-comment-7"));
        assert!(
            !is_comment_id("comment")
                && !is_comment_id("div-comment-12")
                && !is_comment_id("page-12")
        );
    }
}

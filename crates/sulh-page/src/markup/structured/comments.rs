//! Takes the values of a page's structured data, gives the readers' contributions in them.
//! Invariant: each stands behind the one it answers; markup in their words never becomes words.

use super::{
    object::{Object, objects_of},
    words,
};
use crate::published;
use serde_json::Value;
use std::collections::BTreeMap;
use sulh_model::time::UncertainDate;

/// Contributions of one page that are taken from its data.
const COMMENTS_MAX: usize = 10_000;

/// Threads nest no deeper; the parser's own limit is near.
const DEPTH_MAX: usize = 60;

/// A reader's contribution as structured data tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::markup) struct StructuredComment {
    /// The name its author gives; to become a pseudonym.
    pub author: Option<String>,
    /// When it was posted.
    pub published: Option<UncertainDate>,
    /// Its words, without markup; a line feed between paragraphs.
    pub text: String,
    /// Which of the contributions before it it answers.
    pub answers: Option<usize>,
    /// Which of the page's scripts tells it.
    pub script: usize,
}

/// The contributions found so far, in their order.
#[derive(Default)]
pub(super) struct Found {
    pub comments: Vec<StructuredComment>,
    /// By their `@id`.
    named: BTreeMap<String, usize>,
    /// The script being read.
    script: usize,
}

impl Found {
    /// Reads the values of one script.
    pub fn read(&mut self, script: usize, values: &[Value]) {
        self.script = script;
        for object in values.iter().flat_map(objects_of) {
            self.below(object, None, 0);
        }
    }

    /// The contributions that hang on an object: a report, a question, or another contribution.
    fn below(&mut self, object: Object<'_>, answers: Option<usize>, depth: usize) {
        // The answers of a list of frequent questions are the outlet's own.
        if depth > DEPTH_MAX || object.is_any(&["FAQPage"]) {
            return;
        }
        if is_comment(object) {
            return self.take(object, answers, depth);
        }
        for key in ["comment", "comments", "acceptedAnswer", "suggestedAnswer", "mainEntity"] {
            for below in object.objects(key) {
                if key != "mainEntity" || !is_comment(below) {
                    self.below(below, answers, depth + 1);
                }
            }
        }
    }

    fn take(&mut self, object: Object<'_>, answers: Option<usize>, depth: usize) {
        if self.comments.len() >= COMMENTS_MAX {
            return;
        }
        let id = ["@id", "identifier", "url"].iter().find_map(|key| object.text(key));
        let answers = answers.or_else(|| self.parent(object));
        let text = ["text", "articleBody", "commentText", "description"];
        let text = text.iter().find_map(|key| object.text(key)).map(words::paragraphs);
        let at = match text.filter(|text| !text.is_empty()) {
            // The same contribution can stand in two scripts, or beside its parent and below it.
            Some(text) => {
                let comment = StructuredComment {
                    author: author(object),
                    published: ["dateCreated", "datePublished", "commentTime"]
                        .iter()
                        .find_map(|key| object.text(key))
                        .and_then(published::told),
                    text,
                    answers,
                    script: self.script,
                };
                let twice = id.and_then(|id| self.named.get(id)).copied();
                Some(twice.unwrap_or_else(|| {
                    self.comments.push(comment);
                    self.comments.len() - 1
                }))
            }
            None => answers,
        };
        if let (Some(id), Some(at)) = (id, at) {
            self.named.entry(id.to_owned()).or_insert(at);
        }
        for key in ["comment", "comments"] {
            for below in object.objects(key) {
                self.below(below, at, depth + 1);
            }
        }
    }

    fn parent(&self, object: Object<'_>) -> Option<usize> {
        let parent = object.objects("parentItem").next()?;
        let id = ["@id", "identifier", "url"].iter().find_map(|key| parent.text(key))?;
        self.named.get(id).copied()
    }
}

fn author(object: Object<'_>) -> Option<String> {
    let named = |key| object.names(key, |_| None).first().map(|name| words::line(name));
    named("author").or_else(|| named("creator")).filter(|name| !name.is_empty())
}

fn is_comment(object: Object<'_>) -> bool {
    object.is_any(&["Comment", "UserComments", "Answer"])
}

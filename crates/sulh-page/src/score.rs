//! Takes pages on which people marked wanted, unwanted and readers' stretches, gives how many are where they belong.
//! Invariant: white space apart, a stretch is found only where its words stand as they are, a reader's within one comment.

use crate::feed::words;
use std::collections::BTreeMap;
use sulh_model::page::{BlockKind, Page};

/// What people marked on a page: short stretches of its text.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Of the report.
    pub wanted: Vec<String>,
    /// Of what frames it.
    pub unwanted: Vec<String>,
    /// Of readers' comments.
    pub comments: Vec<String>,
}

/// What a program made of a page: the report, and what it takes for comments, one by one where it tells them apart.
#[derive(Clone, Debug, Default)]
pub struct Extracted {
    body: String,
    comments: Vec<String>,
}

impl Extracted {
    /// Of a program that gives texts.
    pub fn new(body: &str, comments: &[String]) -> Self {
        let comments = comments.iter().map(|comment| words::spaced(comment)).collect();
        Self { body: words::spaced(body), comments }
    }

    /// True when a stretch, its white space collapsed, stands within one comment.
    pub(crate) fn has_comment(&self, stretch: &str) -> bool {
        self.comments.iter().any(|comment| comment.contains(stretch))
    }
}

impl From<&Page> for Extracted {
    /// The body are headline, paragraphs, list items and quotations outside comments.
    fn from(page: &Page) -> Self {
        let mut body = String::new();
        let mut comments = Vec::new();
        for (id, block) in page.numbered() {
            let text = block.span.of(&page.text);
            match block.kind {
                BlockKind::Comment => comments.push(words::spaced(text)),
                _ if page.comment_around(id).is_some() => {}
                BlockKind::Headline
                | BlockKind::Paragraph
                | BlockKind::ListItem
                | BlockKind::Quotation => {
                    body.push_str(text);
                    body.push('\n');
                }
                _ => {}
            }
        }
        Self { body: words::spaced(&body), comments }
    }
}

/// How many stretches were found where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    wanted: u32,
    wanted_in_body: u32,
    unwanted: u32,
    unwanted_in_body: u32,
    comments: u32,
    comments_present: u32,
    comments_found: u32,
    comments_in_body: u32,
}

impl Counts {
    /// Counts one page. `html` tells which readers' stretches stand in the capture at all: many sites send them later.
    pub fn count(&mut self, gold: &Gold, extracted: &Extracted, html: &str) {
        let in_body = |stretch: &String| extracted.body.contains(&words::spaced(stretch));
        let count = |stretches: &[String], found: &dyn Fn(&String) -> bool| {
            stretches.iter().filter(|stretch| found(stretch)).count() as u32
        };
        self.wanted += gold.wanted.len() as u32;
        self.wanted_in_body += count(&gold.wanted, &in_body);
        self.unwanted += gold.unwanted.len() as u32;
        self.unwanted_in_body += count(&gold.unwanted, &in_body);
        self.comments += gold.comments.len() as u32;
        self.comments_in_body += count(&gold.comments, &in_body);
        if gold.comments.is_empty() {
            return;
        }
        let all = letters(&words::of_html(html));
        self.comments_present += count(&gold.comments, &|stretch| all.contains(&letters(stretch)));
        self.comments_found +=
            count(&gold.comments, &|stretch| extracted.has_comment(&words::spaced(stretch)));
    }

    /// The figures, in per cent.
    pub fn figures(&self) -> BTreeMap<&'static str, f64> {
        let share = |part: u32, whole: u32| f64::from(part) * 100.0 / f64::from(whole.max(1));
        let mut figures = BTreeMap::new();
        if self.wanted + self.unwanted > 0 {
            let found = self.wanted_in_body + self.unwanted_in_body;
            let wrong = self.wanted - self.wanted_in_body + self.unwanted_in_body;
            figures
                .insert("body/f1", share(2 * self.wanted_in_body, 2 * self.wanted_in_body + wrong));
            figures.insert("body/precision", share(self.wanted_in_body, found));
            figures.insert("body/recall", share(self.wanted_in_body, self.wanted));
            figures.insert(
                "body/unwanted-kept-out",
                100.0 - share(self.unwanted_in_body, self.unwanted),
            );
        }
        if self.comments > 0 {
            let kept_out = 100.0 - share(self.comments_in_body, self.comments);
            figures.insert("comments/found", share(self.comments_found, self.comments));
            figures.insert(
                "comments/found-of-present",
                share(self.comments_found, self.comments_present),
            );
            figures.insert("comments/kept-out-of-body", kept_out);
            figures.insert("comments/present", share(self.comments_present, self.comments));
        }
        figures
    }
}

/// Letters and digits alone, in lower case: whether words are there at all must not hang on marks between them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_counted_where_they_are() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let gold = Gold {
            wanted: texts(&["held in Gao", "elders  said", "never written"]),
            unwanted: texts(&["Subscribe", "More news"]),
            comments: texts(&["Good news", "so they lie", "sent later"]),
        };
        let comments = ["Good news\nat last".to_owned(), "again".to_owned()];
        let extracted =
            Extracted::new("It held in Gao, elders\nsaid. More news so they lie", &comments);
        let mut counts = Counts::default();
        counts.count(&gold, &extracted, "<p>It held</p><i>Good  news</i><b>So they lie!</b>");
        let figures = counts.figures();
        let check = |name: &str, value: f64| {
            assert!((figures[name] - value).abs() < 0.01, "{name}: {}", figures[name]);
        };
        check("body/recall", 66.67);
        check("body/precision", 66.67);
        check("body/f1", 66.67);
        check("body/unwanted-kept-out", 50.0);
        check("comments/found", 33.33);
        check("comments/present", 66.67);
        check("comments/found-of-present", 50.0);
        check("comments/kept-out-of-body", 66.67);
    }
}

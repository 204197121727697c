//! Takes marked-up pages already split, writes them down as plain text and splits that, gives how well the two agree.
//! Invariant: what is an article's and what a reader's is told by the markup alone; the plain reader sees only the text.

mod counts;
mod signed_lines;
mod written;

use crate::{Capture, Format, Transport, split};
use counts::Counts;
use std::collections::BTreeMap;
use sulh_model::page::{Page, PageAbout};
use written::{Way, Written};

/// Names are gone with the text: any key does.
const PSEUDONYM_KEY: [u8; 32] = [0; 32];

/// Which half of the pages is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// The register was mended with a look at these.
    Even,
    /// And not at these.
    Odd,
}

impl Half {
    /// The half of a page by its place in its file, from zero on.
    pub const fn of(place: usize) -> Self {
        if place.is_multiple_of(2) { Self::Even } else { Self::Odd }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Odd => "odd",
        }
    }
}

/// A page split by its markup, and stretches of readers' comments people marked on it.
#[derive(Clone, Copy, Debug)]
pub struct Marked<'a> {
    /// The page.
    pub page: &'a Page,
    /// What people marked.
    pub comments: &'a [String],
    /// Its place in its file; decides its half, and how its readers sign.
    pub place: usize,
}

/// What was found wherever one page was written down in one way.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The way.
    pub way: &'static str,
    /// The plain text.
    pub text: String,
    /// As our plain reader splits it.
    pub page: Page,
    /// The line of the text its readers begin with, where the markup has any.
    pub readers_from: Option<usize>,
    /// Article and readers were told apart everywhere.
    pub right: bool,
}

/// A suite that takes pages one by one.
#[derive(Clone, Debug, Default)]
pub struct Trial(BTreeMap<(Half, Way), Counts>);

impl Trial {
    /// Writes a page down in all ways; nothing of a page without an article.
    pub fn take(&mut self, marked: Marked<'_>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for way in Way::ALL {
            let Some(written) = Written::new(marked.page, marked.place, way) else { break };
            let page = read(&written.text);
            let counts = self.0.entry((Half::of(marked.place), way)).or_default();
            let right = counts.count(&written, &page, marked.comments);
            let readers_from = written.readers_from();
            outcomes.push(Outcome {
                way: way.code(),
                text: written.text,
                page,
                readers_from,
                right,
            });
        }
        outcomes
    }

    /// The figures: shares in per cent, and how many there were.
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let mut figures = BTreeMap::new();
        for ((half, way), counts) in &self.0 {
            for (measure, figure) in counts.shares() {
                figures.insert(format!("{}/{}/{measure}", half.code(), way.code()), figure);
            }
            // As many in all ways: a way breaks lines, no paragraphs.
            for (measure, number) in counts.numbers() {
                figures.insert(format!("{}/n/{measure}", half.code()), number);
            }
        }
        figures
    }
}

fn read(text: &str) -> Page {
    let about = PageAbout {
        source: "trial".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    let transport = Transport { format: Some(Format::Plain), ..Transport::default() };
    split(&Capture { bytes: text.as_bytes(), about, transport, pseudonym_key: &PSEUDONYM_KEY })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><body><article><h1>Elders of Kutum sign a truce</h1>
        <p>Elders of two clans in North Darfur signed a truce in the town of Kutum on 12 May, the agency reported.</p>
        <p>Under the deal, both sides withdraw from the market and the wells, a spokesman said.</p></article>
        <ol class=\"commentlist\"><li class=\"comment\"><cite>Zed</cite><p>lol they will be back in a week, you will see!!</p></li>
        <li class=\"comment\"><cite>Old Salt</cite><p>I doubt it... you people never learn</p></li></ol></body></html>";

    #[test]
    fn a_page_is_written_down_and_told_apart_again() {
        let page = split(&Capture {
            bytes: PAGE.as_bytes(),
            about: read("").about,
            transport: Transport::default(),
            pseudonym_key: &[3; 32],
        });
        let mut trial = Trial::default();
        let marked = ["back in a week".to_owned(), "sent later".to_owned()];
        let outcomes = trial.take(Marked { page: &page, comments: &marked, place: 1 });
        assert!(outcomes.iter().all(|outcome| outcome.right), "{outcomes:#?}");
        let figures = trial.figures();
        let check = |measure: &str, value: f64| {
            assert_eq!(figures.get(measure), Some(&value), "{measure}: {figures:#?}");
        };
        check("odd/named/border-right", 100.0);
        check("odd/named/one-by-one", 100.0);
        check("odd/bare/marked-found", 100.0);
        check("odd/tight/article-kept", 100.0);
        check("odd/n/pages-with-readers", 1.0);
        check("odd/n/marked-in-text", 1.0);
        check("odd/n/comments", 2.0);
    }
}

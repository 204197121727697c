//! Takes real pages, gives how many copies made of them are found, and how many texts are taken for copies that are none.
//! Invariant: the figures depend on the pages alone; the thresholds were chosen on one half, the figures are the other's.

mod edits;
mod random;
pub(super) mod text;

use super::{
    ArticleWords, Clusters, Collection, Likeness, PageNumber, Relation, Sketch, clusters, compare,
    passages::covered,
};
use crate::signature::mixed;
use edits::{Edit, Edited, edited};
use random::Random;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use sulh_model::{edtf::Edtf, page::Page, time::UncertainDate};
use text::Text;

/// Shorter texts are not edited.
const WORDS_MIN: usize = 120;

/// From this share of runs in common on two texts of the data are one text twice; nobody edited them.
const TWICE_SHARE: f64 = 0.8;

/// Which half of the pages is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The thresholds were chosen on these.
    Chosen,
    /// And not on these.
    Held,
}

/// A suite that takes pages one by one.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    texts: BTreeMap<String, Text>,
}

impl Trial {
    /// Takes a page of a set of data; texts of a set are told apart by their names.
    pub fn take(&mut self, set: &str, name: &str, page: &Page) {
        let text = Text::of(set, page);
        if text.article.len() >= WORDS_MIN {
            self.texts.insert(format!("{set}/{name}"), text);
        }
    }

    /// The figures of one half, in per cent.
    pub fn figures(&self, half: Half) -> BTreeMap<String, f64> {
        let texts = self.half(half);
        let (natural, mut figures) = apart(&texts);
        for edit in Edit::ALL {
            let tried = Tried::of(*edit, &texts);
            figures.extend(tried.figures(&natural));
        }
        figures
    }

    /// One half of the texts, each once: some sets hold one text several times.
    fn half(&self, half: Half) -> Vec<Text> {
        let mut kept: Vec<Text> = Vec::new();
        let mut runs: Vec<BTreeSet<u64>> = Vec::new();
        for (name, text) in &self.texts {
            let drawn = name.bytes().fold(7, |sum, byte| mixed(sum ^ u64::from(byte))) % 2 == 0;
            let own: BTreeSet<u64> = super::sketch::runs(&text.article).into_iter().collect();
            let twice = |other: &BTreeSet<u64>| {
                let least = own.len().min(other.len());
                own.intersection(other).count() as f64 >= least as f64 * TWICE_SHARE
            };
            if drawn == (half == Half::Chosen) && !runs.iter().any(twice) {
                kept.push(text.clone());
                runs.push(own);
            }
        }
        kept
    }
}

/// What was found among pages, by their places.
type Relations = BTreeMap<(usize, usize), Likeness>;

fn related(articles: &[ArticleWords], originals: usize) -> Relations {
    let mut collection = Collection::default();
    let day = |text: &str| Edtf::parse(text).map(|edtf| UncertainDate::given(edtf, text));
    let (first, then) = (day("2020-01-01"), day("2020-01-02"));
    for (at, article) in articles.iter().enumerate() {
        let published = if at < originals { &first } else { &then };
        let added = collection.add(&format!("{at:08}"), published.as_ref(), &Sketch::of(article));
        if added.is_err() {
            break;
        }
    }
    let at = |page: PageNumber| page.0 as usize;
    let likeness = |first: PageNumber, second: PageNumber| {
        compare(&articles[at(first)], &articles[at(second)]).map(|shared| shared.likeness)
    };
    let Clusters { links, .. } = clusters(collection, &mut |pairs| {
        pairs.iter().map(|pair| likeness(pair.first, pair.second)).collect()
    });
    links
        .into_iter()
        .map(|link| ((at(link.pair.first), at(link.pair.second)), link.likeness))
        .collect()
}

const fn is_whole(relation: Relation) -> bool {
    matches!(relation, Relation::Copy | Relation::Excerpt | Relation::Extends)
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Texts nobody edited: how many are taken for copies, and how many have passages in common.
fn apart(texts: &[Text]) -> (Relations, BTreeMap<String, f64>) {
    let articles: Vec<ArticleWords> = texts.iter().map(|text| text.article.clone()).collect();
    let found = related(&articles, articles.len());
    let mut figures = BTreeMap::new();
    let sets: BTreeSet<&str> = texts.iter().map(|text| text.set.as_str()).collect();
    for set in sets {
        let of_set = |at: &usize| texts[*at].set == set;
        let all = texts.iter().filter(|text| text.set == set).count();
        let without = |relation: fn(Relation) -> bool| {
            let pairs = found.iter().filter(|(_, likeness)| relation(likeness.relation));
            let pages: BTreeSet<usize> =
                pairs.flat_map(|((one, other), _)| [*one, *other]).filter(of_set).collect();
            percent(all - pages.len(), all)
        };
        figures.insert(format!("{set}/no-copy"), without(is_whole));
        figures.insert(format!("{set}/no-passage"), without(|found| found != Relation::Form));
    }
    (found, figures)
}

/// One edit, done to every text it can be done to.
struct Tried {
    edit: Edit,
    originals: usize,
    made: Vec<Edited>,
    articles: Vec<ArticleWords>,
    found: Relations,
}

impl Tried {
    fn of(edit: Edit, texts: &[Text]) -> Self {
        let mut random = Random::from(edit as u64 + 1);
        let made: Vec<Edited> =
            (0..texts.len()).filter_map(|at| edited(edit, texts, at, &mut random)).collect();
        let mut articles: Vec<ArticleWords> =
            texts.iter().map(|text| text.article.clone()).collect();
        articles.extend(made.iter().map(|one| ArticleWords::of(&one.page)));
        let found = related(&articles, texts.len());
        Self { edit, originals: texts.len(), made, articles, found }
    }

    fn figures(&self, natural: &Relations) -> Vec<(String, f64)> {
        let name = |measure: &str| format!("{}/{measure}", self.edit);
        let relation = |at: usize, of: usize| {
            self.found.get(&(of, self.originals + at)).map(|likeness| likeness.relation)
        };
        let share = |hit: &dyn Fn(Relation) -> bool| {
            let is_hit = |(at, one): &(usize, &Edited)| {
                one.of.first().and_then(|of| relation(*at, *of)).is_some_and(hit)
            };
            percent(self.made.iter().enumerate().filter(is_hit).count(), self.made.len())
        };
        match self.edit {
            Edit::Form => vec![
                (name("no-copy"), 100.0 - share(&is_whole)),
                (name("no-passage"), 100.0 - share(&|found| found != Relation::Form)),
            ],
            Edit::Spliced | Edit::Quoted => {
                let wanted = if self.edit == Edit::Quoted {
                    Relation::Quotation
                } else {
                    Relation::Passages
                };
                let (recall, precision) = self.bytes();
                vec![
                    (name("found"), share(&|_| true)),
                    (name("named"), share(&|found| found == wanted)),
                    (name("precision"), self.precision(natural, |_| true)),
                    (name("bytes-found"), recall),
                    (name("bytes-precision"), precision),
                ]
            }
            _ => vec![
                (name("found"), share(&is_whole)),
                (name("precision"), self.precision(natural, is_whole)),
            ],
        }
    }

    /// Of what edited pages were said to have from originals, how much they were made of. Originals that have
    /// something in common with those an edit was made of are left aside.
    fn precision(&self, natural: &Relations, counts: fn(Relation) -> bool) -> f64 {
        let kin = |one: usize, other: usize| {
            natural.contains_key(&(one, other)) || natural.contains_key(&(other, one))
        };
        let (mut right, mut all) = (0, 0);
        for ((original, made), likeness) in &self.found {
            let Some(one) = made.checked_sub(self.originals).and_then(|at| self.made.get(at))
            else {
                continue;
            };
            if *original >= self.originals || !counts(likeness.relation) {
                continue;
            }
            let made_of = one.of.contains(original);
            if made_of || !one.of.iter().any(|of| kin(*of, *original)) {
                all += 1;
                right += usize::from(made_of);
            }
        }
        percent(right, all)
    }

    /// Of the bytes that were planted how many lie in passages, and of the passages' bytes how many were planted.
    fn bytes(&self) -> (f64, f64) {
        let (mut hit, mut planted_bytes, mut told_bytes) = (0, 0, 0);
        for (at, one) in self.made.iter().enumerate() {
            let (Some(of), Some(planted)) = (one.of.first(), &one.planted) else { continue };
            planted_bytes += planted.len();
            let shared = compare(&self.articles[*of], &self.articles[self.originals + at]);
            let passages = shared.map(|shared| shared.passages).unwrap_or_default();
            let told: Vec<Range<usize>> = passages
                .iter()
                .map(|passage| passage.second.start()..passage.second.end())
                .collect();
            let inside = |one: &Range<usize>| {
                let start = one.start.clamp(planted.start, planted.end);
                start..one.end.clamp(start, planted.end.max(start))
            };
            hit += covered(told.iter().map(inside).collect());
            told_bytes += covered(told);
        }
        (percent(hit, planted_bytes), percent(hit, told_bytes))
    }
}

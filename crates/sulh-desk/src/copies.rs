//! Takes reports one by one, gives which of them has its text from which.
//! Invariant: nothing is stored; the answer does not depend on the order the reports came in.

use crate::shapes::copies::{ClusterPart, CopiesShape, PagePart, SharePart};
use std::collections::BTreeMap;
use sulh_model::page::{Page, PageAbout};
use sulh_page::{
    Capture, Transport,
    copies::{
        ArticleWords, Cluster, Clusters, Collection, CollectionError, Cut, Link, PageNumber, Pair,
        Root, Sketch, clusters, compare,
    },
};

/// So many bytes of text are kept for comparing.
const TEXT_BYTES_MAX: usize = 1 << 30;

/// Why a report cannot be taken in.
pub type CopyDeskError = CollectionError;

/// What was left out to bound work and memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Turns of phrase that more reports have than were compared by them.
    pub crowded: usize,
    /// Pairs of reports with few words in common that were not compared.
    pub pairs: usize,
    /// Reports whose text was too much to keep: they were compared with none.
    pub reports: usize,
}

/// Finds copies among reports.
#[derive(Default)]
pub struct CopyDesk {
    collection: Collection,
    kept: Vec<Kept>,
    text_bytes: usize,
}

/// A report as it is kept: what it is called, and its page where there was room.
struct Kept {
    told: PagePart,
    page: Option<Page>,
}

impl CopyDesk {
    /// Splits a report and takes it in.
    pub fn take(
        &mut self,
        bytes: &[u8],
        about: PageAbout,
        transport: Transport,
    ) -> Result<Page, CopyDeskError> {
        let page = page_of(bytes, about, transport);
        let key = format!("{} {}", page.id, page.about.source);
        let sketch = Sketch::of(&ArticleWords::of(&page));
        self.collection.add(&key, page.about.published.as_ref(), &sketch)?;
        self.text_bytes += page.text.len();
        let kept = (self.text_bytes <= TEXT_BYTES_MAX).then(|| page.clone());
        self.kept.push(Kept { told: PagePart::from(&page), page: kept });
        Ok(page)
    }

    /// Each report that has words in common with another, the first published first, and what was left out.
    pub fn copies(self) -> (Vec<CopiesShape>, LeftOut) {
        let Self { collection, kept, .. } = self;
        let shared = |pair: &Pair| {
            let words = |page: PageNumber| {
                Some(ArticleWords::of(kept.get(page.0 as usize)?.page.as_ref()?))
            };
            compare(&words(pair.first)?, &words(pair.second)?)
        };
        let order = collection.in_order();
        let found = clusters(collection, &mut |pairs| {
            pairs.iter().map(|pair| shared(pair).map(|shared| shared.likeness)).collect()
        });
        let Clusters { clusters, links, cut } = found;
        let mut told: BTreeMap<PageNumber, CopiesShape> = BTreeMap::new();
        for link in &links {
            let passages = shared(&link.pair).map(|shared| shared.passages).unwrap_or_default();
            let Link { pair: Pair { first, second }, likeness } = link;
            for (page, other, turned) in [(*second, *first, false), (*first, *second, true)] {
                let share =
                    SharePart::of(&kept[other.0 as usize].told, likeness, &passages, turned);
                entry(&mut told, &kept, page).shares.push(share);
            }
        }
        for cluster in &clusters {
            let part = cluster_part(cluster, &kept);
            let members = cluster.members.iter().map(|member| member.page);
            for page in members.chain([cluster.anchor]) {
                entry(&mut told, &kept, page).cluster = Some(part.clone());
            }
        }
        let reports = kept.iter().filter(|kept| kept.page.is_none()).count();
        let Cut { crowded_numbers: crowded, pairs } = cut;
        let told = order.iter().filter_map(|page| told.remove(page)).collect();
        (told, LeftOut { crowded, pairs, reports })
    }
}

/// A report's page, for what asks nothing of its commenters.
pub fn page_of(bytes: &[u8], about: PageAbout, transport: Transport) -> Page {
    // No commenter is named in the text of a page, so any key does.
    sulh_page::split(&Capture { bytes, about, transport, pseudonym_key: &[0; 32] })
}

fn entry<'a>(
    told: &'a mut BTreeMap<PageNumber, CopiesShape>,
    kept: &[Kept],
    page: PageNumber,
) -> &'a mut CopiesShape {
    told.entry(page).or_insert_with(|| CopiesShape::new(kept[page.0 as usize].told.clone()))
}

fn cluster_part(cluster: &Cluster, kept: &[Kept]) -> ClusterPart {
    let told = |page: PageNumber| kept[page.0 as usize].told.clone();
    ClusterPart {
        anchor: told(cluster.anchor),
        root: match cluster.root() {
            Root::Known(root) => Some(told(root)),
            Root::OneOf { .. } => None,
        },
        rivals: cluster.rivals.iter().copied().map(told).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::{edtf::Edtf, time::UncertainDate};

    fn about(source: &str, day: &str) -> PageAbout {
        let published = Edtf::parse(day).map(|edtf| UncertainDate::given(edtf, day));
        PageAbout { source: source.into(), url: None, title: None, publisher: None, published }
    }

    const TOLD: &str = "The council of Bouar and the drivers' union settled their quarrel over the northern \
        road. Trucks may pass from sunrise; nobody is stopped without a written order.\n\nTwo mediators will \
        count the vehicles each week, and a list of complaints goes to the mayor by Friday. Both sides call \
        it a beginning, and neither of them would say who had given way.";

    #[test]
    fn a_report_names_what_it_copies_and_where() {
        let mut desk = CopyDesk::default();
        desk.take(TOLD.as_bytes(), about("late.txt", "2020-10-02"), Transport::default()).unwrap();
        let first = desk
            .take(TOLD.as_bytes(), about("first.txt", "2020-10-01"), Transport::default())
            .unwrap();
        desk.take(
            b"Nothing happened in the town.",
            about("own.txt", "2020-10-01"),
            Transport::default(),
        )
        .unwrap();
        let (told, left_out) = desk.copies();
        assert_eq!(left_out, LeftOut::default());
        let sources: Vec<&str> = told.iter().map(|one| one.page.source.as_str()).collect();
        assert_eq!(sources, ["first.txt", "late.txt"]);
        let cluster = told[1].cluster.as_ref().unwrap();
        assert_eq!(cluster.root.as_ref().map(|root| root.source.as_str()), Some("first.txt"));
        let share = &told[1].shares[0];
        assert_eq!(
            (share.with.source.as_str(), share.relation, share.share),
            ("first.txt", "copy", 1.0)
        );
        let passage = &share.passages[0];
        assert!(first.text[passage.there.start..passage.there.end].starts_with("The council"));
    }
}

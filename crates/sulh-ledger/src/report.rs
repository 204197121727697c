//! Takes what is known of a captured page and what was read in it, gives a report as the log keeps it.
//! Invariant: a report is the same report when capture, URL, publisher and publication are the same;
//! the text of the page is never part of it, only its hash.

use jiff::civil::Date;
use sulh_model::{
    page::{Block, BlockId, BlockKind, CaptureId},
    reading::Reading,
    signature::Signature,
    span::Span,
    time::UncertainDate,
};

/// A report: one publication of one capture, read by one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The bytes it was read from.
    pub capture: CaptureId,
    /// The decoded text its spans count in, by its own SHA-256: a later splitter may cut or decode the
    /// capture otherwise, so the text is kept in the archive beside it.
    pub text: CaptureId,
    /// File path, URL, or the line's id.
    pub source: String,
    /// Where it was published, if known.
    pub url: Option<String>,
    /// The outlet, if known.
    pub publisher: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<UncertainDate>,
    /// The day it was captured or taken in; it stands in for a publication day that is not known.
    pub archived: Date,
    /// Which version of the reader read it, and how.
    pub reader: String,
    /// ISO 639-1 code of the language, if recognised.
    pub language: Option<String>,
    /// Its near-duplicate signature; nothing for a text too short to have one.
    pub signature: Option<Signature>,
}

/// What makes a report the same report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportIdentity {
    capture: CaptureId,
    url: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

/// The day from which a report can be known, and how that day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownFrom {
    /// The day.
    pub day: Date,
    /// True when the page does not say and the day it was archived stands in.
    pub possibly: bool,
}

impl Report {
    /// What makes it the same report.
    pub fn identity(&self) -> ReportIdentity {
        ReportIdentity {
            capture: self.capture.clone(),
            url: self.url.clone(),
            publisher: self.publisher.clone(),
            published: self.published.as_ref().map(|published| published.edtf.to_string()),
        }
    }

    /// The day from which it can be known: the last day its publication can mean.
    pub fn known_from(&self) -> KnownFrom {
        match self.published.as_ref().and_then(UncertainDate::latest) {
            Some(day) => KnownFrom { day, possibly: false },
            None => KnownFrom { day: self.archived, possibly: true },
        }
    }

    /// The order of reader versions: their numbers, then, as semantic versions are ordered, what is marked with a
    /// hyphen as less than a release before the release itself.
    pub(crate) fn reader_order(&self) -> (Vec<u64>, bool, &str) {
        let (release, less) = self
            .reader
            .split_once('-')
            .map_or((self.reader.as_str(), None), |(release, less)| (release, Some(less)));
        let numbers = release.split(|c: char| !c.is_ascii_digit());
        let numbers = numbers.filter_map(|number| number.parse().ok()).collect();
        (numbers, less.is_none(), less.unwrap_or(release))
    }
}

/// A block as the log keeps it: enough to tell whether its words can witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// The block that contains it, which stands before it.
    pub parent: Option<BlockId>,
}

/// A report with its blocks and its reading: what one entry of the log carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The report.
    pub report: Report,
    /// The blocks of its page.
    pub blocks: Vec<KeptBlock>,
    /// What was read in it; the messages of its notes are empty.
    pub reading: Reading,
}

impl Told {
    /// A report as the log keeps it. Pseudonyms of commenters and the messages of notes, which can
    /// quote the page, stay outside.
    pub fn new(report: Report, blocks: &[Block], mut reading: Reading) -> Self {
        for note in &mut reading.notes {
            note.message.clear();
        }
        let keep =
            |block: &Block| KeptBlock { kind: block.kind, span: block.span, parent: block.parent };
        Self { report, blocks: blocks.iter().map(keep).collect(), reading }
    }

    /// The kinds of the blocks around one, innermost first, itself included.
    pub fn ancestry(&self, id: BlockId) -> impl Iterator<Item = BlockKind> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let at = next?;
            let block = self.blocks.get(at.0 as usize)?;
            // Parents stand before children: a broken payload cannot send us round in a circle.
            next = block.parent.filter(|parent| *parent < at);
            Some(block.kind)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::edtf::Edtf;

    fn report(published: Option<&str>, reader: &str) -> Report {
        Report {
            capture: CaptureId::from_digest(&[1; 32]),
            text: CaptureId::from_digest(&[2; 32]),
            source: "page.html".into(),
            url: None,
            publisher: None,
            title: None,
            published: published.map(|text| UncertainDate::given(Edtf::parse(text).unwrap(), text)),
            archived: "2022-03-09".parse().unwrap(),
            reader: reader.into(),
            language: None,
            signature: None,
        }
    }

    #[test]
    fn a_report_is_known_from_the_last_day_its_publication_can_mean() {
        let check = |published, day: &str, possibly| {
            let known = report(published, "0.1.0").known_from();
            assert_eq!((known.day.to_string().as_str(), known.possibly), (day, possibly));
        };
        check(Some("2022-03"), "2022-03-31", false);
        check(None, "2022-03-09", true);
        check(Some("2022-03-01/.."), "2022-03-09", true);
    }

    #[test]
    fn readers_are_ordered_by_number() {
        let older = report(None, "0.9.0");
        assert!(older.reader_order() < report(None, "0.10.0").reader_order());
        assert_eq!(older.identity(), report(None, "0.10.0").identity());
        let check = |earlier: &str, later: &str| {
            assert!(report(None, earlier).reader_order() < report(None, later).reader_order());
        };
        check("0.9.0-fast", "0.9.0-triaged");
        check("0.9.0-triaged", "0.9.0");
        check("0.9.0", "0.10.0-fast");
    }
}

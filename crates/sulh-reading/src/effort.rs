//! Takes how much work a page is worth, gives which sentences both parsers read, and the reader's name.
//! Invariant: a reading tells by its reader how it was made; of two readers of one version the more careful is the later.

use sulh_model::reading::Reading;
use sulh_model::span::Span;
use sulh_syntax::Depth;

/// How much work goes into reading a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effort {
    /// The linear parser alone.
    Fast,
    /// The linear parser first, then both on the sentences that bear statements on agreements, terms or events:
    /// for archives.
    Triaged,
    /// Both parsers on every sentence.
    Full,
}

impl Effort {
    /// What the reader is called that reads so: its version, and less than a release where less was done.
    pub const fn reader(self) -> &'static str {
        match self {
            Self::Fast => concat!(env!("CARGO_PKG_VERSION"), "-fast"),
            Self::Triaged => concat!(env!("CARGO_PKG_VERSION"), "-triaged"),
            Self::Full => env!("CARGO_PKG_VERSION"),
        }
    }
}

/// The stretches of a page that a first reading found to bear something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bearing {
    /// In order, and apart from one another.
    stretches: Vec<Span>,
}

impl Bearing {
    /// Where the statements stand that refer to an agreement, a term or an event.
    pub fn of(first: &Reading) -> Self {
        let mut spans: Vec<Span> = first
            .statements
            .iter()
            .filter(|statement| !statement.refers_to.is_empty())
            .flat_map(|statement| statement.spans.iter().map(|part| part.span))
            .collect();
        spans
            .extend(first.terms.iter().flat_map(|term| &term.elements).map(|element| element.span));
        spans.extend(first.events.iter().map(|event| event.span));
        spans.sort_unstable();
        let mut stretches: Vec<Span> = Vec::new();
        for span in spans {
            match stretches.last_mut() {
                Some(last) if last.overlaps(span) => *last = last.cover(span),
                _ => stretches.push(span),
            }
        }
        Self { stretches }
    }

    /// True when the page says nothing a ledger would keep.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// How a sentence is read.
    pub fn depth(&self, sentence: Span) -> Depth {
        let next = self.stretches.partition_point(|stretch| stretch.end() <= sentence.start());
        let bears = self.stretches.get(next).is_some_and(|stretch| stretch.overlaps(sentence));
        if bears { Depth::Both } else { Depth::Fast }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_bears_something_is_read_by_both() {
        let bearing = Bearing { stretches: vec![Span::new(10, 20), Span::new(40, 45)] };
        let check = |start, end, depth| assert_eq!(bearing.depth(Span::new(start, end)), depth);
        check(0, 10, Depth::Fast);
        check(0, 11, Depth::Both);
        check(15, 18, Depth::Both);
        check(20, 40, Depth::Fast);
        check(44, 60, Depth::Both);
        check(45, 60, Depth::Fast);
        assert!(Bearing::of(&Reading::default()).is_empty());
    }

    #[test]
    fn a_less_careful_reader_is_called_less_than_the_release() {
        // In semantic versions what follows a hyphen comes before the release, in the order of its letters.
        let names = [Effort::Fast, Effort::Triaged, Effort::Full].map(Effort::reader);
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(names, [&format!("{version}-fast"), &format!("{version}-triaged"), version]);
        assert!(names[0] < names[1]);
    }
}

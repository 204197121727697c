//! R0. Takes a statement and the blocks it stands in, gives whether it can witness, and how firmly it does.
//! Invariant: what a reader, an advertisement, a plan, a guess or an opinion says never witnesses.

use crate::report::Told;
use sulh_model::{
    page::BlockKind,
    statement::{Factuality, HolderKind, Polarity, Statement},
};

/// How firmly words say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hedge {
    /// As a fact.
    Plain,
    /// With the doubt of "claimed".
    Hedged,
    /// As not confirmed: it never combines upward.
    Unconfirmed,
}

/// How words bear on the thing they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearing {
    /// How firmly.
    pub hedge: Hedge,
    /// They say that it is not so.
    pub denies: bool,
}

/// Where the words of a witness stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standpoint {
    /// In the report.
    Body,
    /// In its headline, which repeats the body and drops who said it.
    Headline,
}

/// How words of this factuality bear on a promise; nothing when they are no more than a lead.
pub const fn bearing(factuality: Factuality) -> Option<Bearing> {
    let (hedge, denies) = match factuality {
        Factuality::Asserted => (Hedge::Plain, false),
        Factuality::Claimed => (Hedge::Hedged, false),
        Factuality::Unconfirmed => (Hedge::Unconfirmed, false),
        Factuality::Denied => (Hedge::Plain, true),
        Factuality::Planned
        | Factuality::Conditional
        | Factuality::Hypothetical
        | Factuality::Opinion
        | Factuality::Prediction => return None,
    };
    Some(Bearing { hedge, denies })
}

/// How a statement bears on the act it tells. The promise in "will not attack" is no denial of the
/// promise, so polarity counts for acts only.
pub fn act_bearing(statement: &Statement) -> Option<Bearing> {
    let bearing = bearing(statement.factuality)?;
    Some(Bearing { denies: bearing.denies || statement.polarity == Polarity::Negative, ..bearing })
}

/// Where a statement stands as a witness; nothing when its words cannot witness.
pub fn standpoint(told: &Told, statement: &Statement) -> Option<Standpoint> {
    if statement.attribution.iter().any(|holder| holder.kind == HolderKind::Reader) {
        return None;
    }
    let mut standpoint = Standpoint::Body;
    let mut blocks = 0;
    for kind in told.ancestry(statement.block) {
        blocks += 1;
        match kind {
            BlockKind::Comment | BlockKind::Advert | BlockKind::Boilerplate => return None,
            // Another text, quoted: the outlet does not say it in its own voice.
            BlockKind::Quotation if statement.attribution.is_empty() => return None,
            BlockKind::Headline => standpoint = Standpoint::Headline,
            BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::Quotation
            | BlockKind::Caption => {}
        }
    }
    (blocks > 0).then_some(standpoint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{Page, anonymous, monitor};

    fn check(kinds: &[BlockKind], named: bool, expected: Option<Standpoint>) {
        let mut page = Page::new();
        let block = page.nested(kinds);
        let chain = if named { vec![monitor()] } else { vec![] };
        let statement = page.statement(block, chain, Factuality::Asserted);
        let told = page.told();
        assert_eq!(standpoint(&told, told.reading.statement(statement).unwrap()), expected);
    }

    #[test]
    fn only_the_report_itself_witnesses() {
        use BlockKind::*;
        check(&[Paragraph], false, Some(Standpoint::Body));
        check(&[ListItem], false, Some(Standpoint::Body));
        check(&[Headline], false, Some(Standpoint::Headline));
        check(&[Comment], false, None);
        check(&[Comment, Quotation], true, None);
        check(&[Advert, Paragraph], false, None);
        check(&[Boilerplate], false, None);
        check(&[Quotation], true, Some(Standpoint::Body));
        check(&[Quotation], false, None);
    }

    #[test]
    fn plans_and_guesses_bear_on_nothing() {
        for factuality in Factuality::ALL {
            let bears = bearing(*factuality).is_some();
            let lead = matches!(
                factuality.code(),
                "planned" | "conditional" | "hypothetical" | "opinion" | "prediction"
            );
            assert_eq!(bears, !lead, "{factuality}");
        }
    }

    #[test]
    fn a_negated_act_is_a_denial() {
        let mut page = Page::new();
        let block = page.nested(&[BlockKind::Paragraph]);
        let id = page.statement(block, vec![anonymous("north")], Factuality::Unconfirmed);
        let mut statement = page.told().reading.statement(id).unwrap().clone();
        assert!(!act_bearing(&statement).unwrap().denies);
        statement.polarity = Polarity::Negative;
        let expected = Bearing { hedge: Hedge::Unconfirmed, denies: true };
        assert_eq!(act_bearing(&statement), Some(expected));
    }
}

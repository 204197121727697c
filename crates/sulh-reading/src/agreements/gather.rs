//! Takes all mentions of a page, gives its deals: which mentions speak of one and the same agreement.
//! Invariant: an earlier deal, another deal and one out of scope are never the one the report is about.

use super::mentions::{Mention, Which, mentions, year_of};
use super::uses::{Use, use_of};
use super::words::DealWords;
use crate::told::Telling;
use sulh_model::agreement::AgreementKind;

/// One mention with its sentence and what that does with it.
#[derive(Clone, Debug)]
pub(crate) struct Sighting {
    /// Position of the sentence in the telling.
    pub told: usize,
    pub mention: Mention,
    pub use_: Use,
}

/// One agreement a page speaks of.
#[derive(Clone, Debug)]
pub(crate) struct Deal {
    pub sightings: Vec<Sighting>,
    pub earlier: bool,
    pub out_of_scope: bool,
    /// Spoken of in the report itself, and not only by its readers.
    pub reported: bool,
}

impl Deal {
    fn year(&self) -> Option<i16> {
        self.sightings.iter().find_map(|sighting| sighting.mention.date.as_ref().and_then(year_of))
    }

    fn kind(&self) -> Option<AgreementKind> {
        self.sightings.iter().find_map(|sighting| sighting.mention.kind)
    }
}

/// The deals of a page, in the order of their first mention.
pub(crate) fn gather(telling: &Telling<'_>, words: &DealWords) -> Vec<Deal> {
    let mut gathering = Gathering { deals: Vec::new() };
    for (at, told) in telling.told.iter().enumerate() {
        for mention in mentions(&told.scene, words) {
            let use_ = use_of(&told.scene, words, &mention);
            gathering.place(Sighting { told: at, mention, use_ }, told.voice.is_report());
        }
    }
    gathering.deals
}

struct Gathering {
    deals: Vec<Deal>,
}

impl Gathering {
    fn place(&mut self, sighting: Sighting, in_report: bool) {
        if sighting.mention.which == Which::Any && !sighting.mention.out_of_scope {
            return;
        }
        match self.known(&sighting, in_report) {
            Some(at) => {
                let deal = &mut self.deals[at];
                deal.reported |= in_report;
                deal.sightings.push(sighting);
            }
            None if in_report || stands_alone(&sighting) => {
                let earlier = self.is_earlier(&sighting);
                let out_of_scope = sighting.mention.out_of_scope;
                self.deals.push(Deal {
                    sightings: vec![sighting],
                    earlier,
                    out_of_scope,
                    reported: in_report,
                });
            }
            None => {}
        }
    }

    /// The deal a mention speaks of, among those met so far.
    fn known(&self, sighting: &Sighting, in_report: bool) -> Option<usize> {
        let mention = &sighting.mention;
        let year = mention.date.as_ref().and_then(year_of);
        let scope = |deal: &Deal| deal.out_of_scope == mention.out_of_scope;
        let voice = |deal: &Deal| deal.reported || !in_report;
        if let Some(year) = year {
            return self.deals.iter().position(|deal| {
                scope(deal) && voice(deal) && deal.year() == Some(year) && same_date(deal, mention)
            });
        }
        if mention.out_of_scope {
            return self
                .deals
                .iter()
                .rposition(|deal| deal.out_of_scope && kinds_agree(deal, mention));
        }
        match mention.which {
            Which::Another => None,
            Which::Earlier => self.deals.iter().position(|deal| deal.earlier && scope(deal)),
            Which::Known | Which::New | Which::None => {
                let current = |deal: &&Deal| {
                    scope(deal)
                        && voice(deal)
                        && !deal.earlier
                        && (deal.year().is_none() || deal.is_current())
                };
                let at = self.deals.iter().rposition(|deal| {
                    current(&deal) && (kinds_agree(deal, mention) || mention.which == Which::Known)
                })?;
                // A reader's "a deal" is not the report's unless it says so.
                (in_report || (mention.which == Which::Known && !mention.singled_out)).then_some(at)
            }
            Which::Any => None,
        }
    }

    fn is_earlier(&self, sighting: &Sighting) -> bool {
        let dated_before =
            sighting.mention.date.is_some() && !matches!(sighting.use_, Use::Made(_));
        sighting.mention.which == Which::Earlier
            || (dated_before && matches!(sighting.mention.which, Which::Known))
    }
}

impl Deal {
    /// A dated deal is the one the report is about when the report tells its making.
    fn is_current(&self) -> bool {
        self.sightings.iter().any(|sighting| matches!(sighting.use_, Use::Made(_)))
    }
}

/// Two told dates that cannot be one.
fn same_date(deal: &Deal, mention: &Mention) -> bool {
    let other = deal.sightings.iter().find_map(|sighting| sighting.mention.date.as_ref());
    match (other, &mention.date) {
        (Some(one), Some(two)) => one.earliest() <= two.latest() && two.earliest() <= one.latest(),
        _ => true,
    }
}

fn kinds_agree(deal: &Deal, mention: &Mention) -> bool {
    match (deal.kind(), mention.kind) {
        (Some(one), Some(two)) => {
            one == two || one == AgreementKind::Comprehensive || two == AgreementKind::Comprehensive
        }
        _ => true,
    }
}

/// A reader's words point at a deal of their own only when they say when, or whose.
fn stands_alone(sighting: &Sighting) -> bool {
    sighting.mention.date.is_some()
        || (sighting.mention.singled_out && sighting.mention.which == Which::Known)
        || sighting.mention.out_of_scope
        || matches!(sighting.use_, Use::Broken(_))
}

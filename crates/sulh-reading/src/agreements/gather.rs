//! Takes all mentions of a page, gives its deals: which mentions speak of one and the same agreement.
//! Invariant: an earlier deal, another deal and one out of scope are never the one the report is about.

use super::mentions::{Mention, Which, mentions, year_of};
use super::uses::{Use, uses_of};
use super::words::DealWords;
use crate::dates::{Anchor, TimeMention};
use crate::told::Telling;
use jiff::civil::Date;
use sulh_model::agreement::{AgreementKind, Stage};
use sulh_model::page::BlockKind;
use sulh_model::span::Span;
use sulh_model::time::UncertainDate;
use sulh_syntax::ClauseRole;

/// A deal concluded longer than this before the publication is not the one a report brings as news.
const NEWS_DAYS_MAX: i32 = 45;

/// Whether a day lies too long before a report to be its news.
pub(super) fn is_long_before(day: Date, published: Date) -> bool {
    published.checked_sub(jiff::Span::new().days(NEWS_DAYS_MAX)).is_ok_and(|news| day < news)
}

/// One mention with its sentence and what that does with it.
#[derive(Clone, Debug)]
pub(crate) struct Sighting {
    /// Position of the sentence in the telling.
    pub told: usize,
    pub mention: Mention,
    /// The words that name it.
    pub name: String,
    /// The day its making is told for, where this sentence tells it.
    pub made_on: Option<UncertainDate>,
    /// The sentence it stands in, to know it again when it is quoted.
    pub words: String,
    /// The clause that makes it makes it final: "finalised the initial deal".
    pub finalises: bool,
    /// All the sentence does with it, the most telling first; never empty.
    pub uses: Vec<Use>,
}

impl Sighting {
    /// The most telling thing the sentence does with it.
    pub fn use_(&self) -> Use {
        self.uses.first().copied().unwrap_or(Use::Named)
    }

    /// It speaks of the deal in its final form.
    pub fn is_final(&self) -> bool {
        self.mention.stage == Some(Stage::Final) || self.finalises
    }

    /// The clause that makes the deal.
    pub fn made_by(&self) -> Option<usize> {
        self.uses
            .iter()
            .find_map(|use_| if let Use::Made(clause) = use_ { Some(*clause) } else { None })
    }
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
    /// The sighting that tells the making, else the first.
    pub fn leading(&self) -> &Sighting {
        self.sightings
            .iter()
            .find(|sighting| sighting.made_by().is_some())
            .unwrap_or(&self.sightings[0])
    }

    /// The day of its first form, where the report tells both that and its final one.
    pub fn first_stage(&self) -> Option<UncertainDate> {
        let first = self.sightings.iter().find_map(|sighting| {
            let initial = sighting.mention.stage == Some(Stage::Initial);
            let day = sighting
                .mention
                .date
                .clone()
                .or_else(|| sighting.made_on.clone().filter(|_| !sighting.finalises));
            day.filter(|_| initial)
        })?;
        self.is_finalised().then_some(first)
    }

    /// Told as made in its final form.
    pub fn is_finalised(&self) -> bool {
        self.sightings.iter().any(|sighting| sighting.made_by().is_some() && sighting.is_final())
    }

    fn year(&self) -> Option<i16> {
        self.sightings.iter().find_map(|sighting| sighting.mention.date.as_ref().and_then(year_of))
    }

    fn kind(&self) -> Option<AgreementKind> {
        self.sightings.iter().find_map(|sighting| sighting.mention.kind)
    }
}

/// The deals of a page, in the order of their first mention. Headlines come last: they repeat the body in
/// other words, and must not make a deal of their own beside the one it tells.
pub(crate) fn gather(
    telling: &Telling<'_>,
    deal_words: &DealWords,
    published: Option<Date>,
) -> Vec<Deal> {
    let mut gathering = Gathering { deals: Vec::new(), published };
    let headline = |at: &usize| telling.told[*at].kind == BlockKind::Headline;
    let (headlines, body): (Vec<usize>, Vec<usize>) = (0..telling.told.len()).partition(headline);
    for at in body.into_iter().chain(headlines) {
        let told = &telling.told[at];
        for mention in mentions(&told.scene, deal_words) {
            let uses = uses_of(&told.scene, deal_words, &mention);
            let words = told.scene.of(told.scene.sentence.span);
            let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let name = told.scene.of(mention.span).to_owned();
            let made = uses
                .iter()
                .find_map(|use_| if let Use::Made(clause) = use_ { Some(*clause) } else { None });
            let made_on = made.and_then(|clause| made_on(telling, at, clause, mention.span));
            let finalises = made.is_some_and(|clause| {
                let verb = &told.scene.sentence.clauses[clause].predicate.lemma;
                deal_words.made.finalises.contains(verb)
            });
            let sighting = Sighting { told: at, mention, name, made_on, words, finalises, uses };
            match gathering.headlined(told.kind) {
                Some(deal) => gathering.deals[deal].sightings.push(sighting),
                None => gathering.place(sighting, told.voice.is_report()),
            }
        }
    }
    gathering.only_an_old_one();
    gathering.deals
}

/// The day of a making: of the clause that tells it; where that only describes the deal ("the deal reached on
/// Sunday") or says what something else came before or after ("reopened on Friday, days after they reached a
/// truce"), no other day of the sentence is meant.
fn made_on(
    telling: &Telling<'_>,
    told: usize,
    clause: usize,
    mention: Span,
) -> Option<UncertainDate> {
    let scene = &telling.told[told].scene;
    let own = &scene.sentence.clauses[clause];
    let beside = matches!(own.mark.as_deref(), Some("after" | "before" | "since" | "once"));
    if own.role != ClauseRole::Relative && !beside {
        return telling.statements[telling.statement_of(told, mention)].happened.clone();
    }
    let inside = |time: &&TimeMention| {
        let start = time.date.span.map(Span::start);
        start.is_some_and(|start| own.span.start() <= start && start < own.span.end())
            && matches!(time.anchor, Anchor::At)
    };
    scene.times.iter().find(inside).map(|time| time.date.clone())
}

struct Gathering {
    deals: Vec<Deal>,
    published: Option<Date>,
}

impl Gathering {
    /// The deal a headline speaks of, where the body tells one.
    fn headlined(&self, kind: BlockKind) -> Option<usize> {
        let current = |deal: &Deal| deal.reported && !deal.earlier && !deal.out_of_scope;
        (kind == BlockKind::Headline).then(|| self.deals.iter().position(current)).flatten()
    }

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
                if let Some(deal) = self.quoted_again(&sighting, in_report) {
                    return self.deals[deal].sightings.push(sighting);
                }
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

    /// Where a report speaks of nothing but an old deal, it is about that one.
    fn only_an_old_one(&mut self) {
        let in_report = |deal: &Deal| deal.reported && !deal.out_of_scope;
        let mut reported = self.deals.iter_mut().filter(|deal| in_report(deal));
        if let (Some(only), None) = (reported.next(), reported.next())
            && !only.sightings.iter().any(|sighting| sighting.mention.which == Which::Earlier)
        {
            only.earlier = false;
        }
    }

    /// A date so long before the report that it is not its news.
    fn is_old(&self, date: &UncertainDate) -> bool {
        match (date.latest(), self.published) {
            (Some(day), Some(published)) => is_long_before(day, published),
            _ => true,
        }
    }

    /// "The pact", right after a deal out of scope, is that deal, whatever else the page tells.
    fn just_spoken_of(&self, sighting: &Sighting, in_report: bool) -> Option<usize> {
        let last = (0..self.deals.len())
            .max_by_key(|at| self.deals[*at].sightings.last().map(|other| other.told))?;
        let near = self.deals[last]
            .sightings
            .last()
            .is_some_and(|other| sighting.told.abs_diff(other.told) <= 2);
        let plain = sighting.mention.which == Which::Known && sighting.mention.kind.is_none();
        (in_report && plain && near && self.deals[last].out_of_scope).then_some(last)
    }

    /// A reader who quotes the same words twice speaks of one deal.
    fn quoted_again(&self, sighting: &Sighting, in_report: bool) -> Option<usize> {
        let same = |deal: &Deal| {
            !deal.reported
                && deal.out_of_scope == sighting.mention.out_of_scope
                && deal.sightings.iter().any(|other| other.words == sighting.words)
        };
        (!in_report).then(|| self.deals.iter().position(same)).flatten()
    }

    /// The deal a mention speaks of, among those met so far.
    fn known(&self, sighting: &Sighting, in_report: bool) -> Option<usize> {
        let mention = &sighting.mention;
        let scope = |deal: &Deal| deal.out_of_scope == mention.out_of_scope;
        let voice = |deal: &Deal| deal.reported || !in_report;
        if let Some(date) = &mention.date {
            let year = year_of(date);
            let same = |deal: &Deal| {
                scope(deal) && voice(deal) && deal.year() == year && same_date(deal, mention)
            };
            let undated = |deal: &Deal| {
                let day = deal.sightings.iter().find_map(|sighting| sighting.made_on.as_ref());
                let fits = scope(deal) && voice(deal) && !deal.earlier && deal.year().is_none();
                let one = day.is_none_or(|day| overlap(day, date)) && kinds_agree(deal, mention);
                fits && (one || two_stages(deal, mention))
            };
            let found = self.deals.iter().position(same);
            return found.or_else(|| {
                let recent = !self.is_old(date) && !mention.out_of_scope;
                self.deals.iter().rposition(undated).filter(|_| recent)
            });
        }
        if mention.out_of_scope {
            return self.deals.iter().rposition(|deal| {
                deal.out_of_scope && (mention.which == Which::Known || same_name(deal, sighting))
            });
        }
        if let Some(at) = self.just_spoken_of(sighting, in_report) {
            return Some(at);
        }
        let current = |deal: &Deal| {
            let dated = deal.sightings.iter().find_map(|sighting| sighting.mention.date.as_ref());
            let old = dated.is_some_and(|date| self.is_old(date)) && !deal.is_current();
            scope(deal) && voice(deal) && !deal.earlier && !old
        };
        if mention.set_apart {
            // "A second truce", told again, is the same one; before it nothing may have come about yet.
            return self.deals.iter().rposition(|deal| {
                let again = deal.sightings.iter().any(|other| other.mention.set_apart);
                let open = deal.sightings.iter().all(|other| {
                    matches!(other.use_(), Use::Wanted { .. }) && other.mention.which == Which::New
                });
                current(deal) && kinds_agree(deal, mention) && (again || open)
            });
        }
        match mention.which {
            Which::Another | Which::Any => None,
            Which::Earlier => self.deals.iter().position(|deal| deal.earlier && scope(deal)),
            Which::Known | Which::New | Which::None => {
                let at = self.deals.iter().rposition(|deal| {
                    let fits = kinds_agree(deal, mention) || mention.which == Which::Known;
                    let other = is_another_making(deal, sighting) || is_other_noun(deal, sighting);
                    let same = !other || two_stages(deal, mention);
                    current(deal) && fits && same
                });
                let at = at.or_else(|| self.only_dated(sighting))?;
                // A reader's "a deal" is not the report's unless it says so.
                (in_report || (mention.which == Which::Known && !mention.singled_out)).then_some(at)
            }
        }
    }

    /// "The agreement", where no deal but one of an old date was told: that one.
    fn only_dated(&self, sighting: &Sighting) -> Option<usize> {
        let known = sighting.mention.which == Which::Known && sighting.made_by().is_none();
        let in_scope = |deal: &Deal| deal.reported && !deal.out_of_scope;
        let mut found = (0..self.deals.len()).filter(|at| in_scope(&self.deals[*at]));
        let only = found.next().filter(|_| known && found.next().is_none())?;
        let deal = &self.deals[only];
        let by_word = deal.sightings.iter().any(|other| other.mention.which == Which::Earlier);
        (!by_word && kinds_agree(deal, &sighting.mention)).then_some(only)
    }

    fn is_earlier(&self, sighting: &Sighting) -> bool {
        let old = sighting.mention.date.as_ref().is_some_and(|date| self.is_old(date));
        let dated_before = old && sighting.made_by().is_none();
        sighting.mention.which == Which::Earlier
            || (dated_before && matches!(sighting.mention.which, Which::Known))
    }
}

impl Deal {
    /// A dated deal is the one the report is about when the report tells its making.
    fn is_current(&self) -> bool {
        self.sightings.iter().any(|sighting| sighting.made_by().is_some())
    }
}

/// A deal is made once: told as made on another day, or made after its making was denied, it is another one.
fn is_another_making(deal: &Deal, sighting: &Sighting) -> bool {
    if sighting.made_by().is_none() || sighting.mention.which == Which::Known {
        return false;
    }
    let makings = || {
        deal.sightings
            .iter()
            .filter(|other| other.made_by().is_some() && other.told != sighting.told)
    };
    let other_day = makings().filter_map(|other| other.made_on.as_ref()).any(|day| {
        sighting
            .made_on
            .as_ref()
            .is_some_and(|own| day.latest() < own.earliest() || own.latest() < day.earliest())
    });
    let refused = deal.sightings.iter().any(|other| matches!(other.use_(), Use::Refused(_)));
    other_day || (refused && makings().next().is_none())
}

/// "The truce announced on January 12", after "an agreement": another noun, with a day that the first was not told for.
fn is_other_noun(deal: &Deal, sighting: &Sighting) -> bool {
    let last = |name: &str| name.rsplit(' ').next().unwrap_or("").to_lowercase();
    let same = |other: &Sighting| {
        let day = other.made_on.as_ref().or(other.mention.date.as_ref());
        let overlaps =
            day.zip(sighting.made_on.as_ref()).is_some_and(|(one, two)| overlap(one, two));
        overlaps || last(&other.name) == last(&sighting.name)
    };
    // "The agreement was signed on 4 September", after "a ceasefire": a noun for every kind points back.
    let undated = |other: &Sighting| other.made_on.is_none() && other.mention.date.is_none();
    let for_all = sighting.mention.kind.is_none() && deal.sightings.iter().all(undated);
    sighting.made_on.is_some()
        && sighting.mention.which == Which::Known
        && !for_all
        && !deal.sightings.iter().any(same)
}

/// Called by the same words.
fn same_name(deal: &Deal, sighting: &Sighting) -> bool {
    deal.sightings.iter().any(|other| other.name.eq_ignore_ascii_case(&sighting.name))
}

/// Two told dates that cannot be one.
fn same_date(deal: &Deal, mention: &Mention) -> bool {
    let other = deal.sightings.iter().find_map(|sighting| sighting.mention.date.as_ref());
    match (other, &mention.date) {
        (Some(one), Some(two)) => overlap(one, two),
        _ => true,
    }
}

fn overlap(one: &UncertainDate, two: &UncertainDate) -> bool {
    one.earliest() <= two.latest() && two.earliest() <= one.latest()
}

/// "A final agreement", after "the initial agreement": one agreement that has come further.
fn two_stages(deal: &Deal, mention: &Mention) -> bool {
    let other = match mention.stage {
        Some(Stage::Initial) => Stage::Final,
        Some(Stage::Final) => Stage::Initial,
        _ => return false,
    };
    let named = deal.sightings.iter().any(|sighting| {
        sighting.mention.stage == Some(other) || (other == Stage::Final && sighting.finalises)
    });
    named && kinds_agree(deal, mention)
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
        || matches!(sighting.use_(), Use::Broken(_))
}

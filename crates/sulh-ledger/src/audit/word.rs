//! R0, R1, R4. Takes a statement, gives whose word it is and how much that word can carry by itself.
//! Invariant: what cannot witness gives no word.

use super::{Case, seen::known_from};
use jiff::civil::Date;
use sulh_model::{
    actor::ActorKind,
    page::BlockKind,
    register::{Actor, LeaningSide, Source, folded},
    statement::{Basis, Factuality, Holder, HolderKind, Statement},
    time::UncertainDate,
};

/// Where a voucher stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaning {
    Neither,
    Side { side: String, examined: bool },
    Unknown,
}

/// Doubt, the greatest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    None,
    Claimed,
    Unconfirmed,
}

/// What somebody says for or against a proposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) item: usize,
    /// Nothing where nobody named vouches.
    pub(super) voucher: Option<String>,
    pub(super) root: String,
    pub(super) owner: String,
    pub(super) leaning: Leaning,
    /// A party or its official speaking for itself.
    pub(super) organ: bool,
    /// Somebody unnamed stands between the voucher and the thing.
    pub(super) from_unnamed: bool,
    /// The page is the voucher's own.
    pub(super) original: bool,
    pub(super) doubt: Doubt,
    pub(super) denies: bool,
    pub(super) in_headline: bool,
    pub(super) earliest: Option<Date>,
    pub(super) latest: Date,
}

/// How words of a factuality bear: doubt, and whether they deny. Nothing for what never moves a state.
pub(super) fn bearing(factuality: Factuality) -> Option<(Doubt, bool)> {
    match factuality {
        Factuality::Asserted => Some((Doubt::None, false)),
        Factuality::Denied => Some((Doubt::None, true)),
        Factuality::Claimed => Some((Doubt::Claimed, false)),
        Factuality::Unconfirmed => Some((Doubt::Unconfirmed, false)),
        Factuality::Planned
        | Factuality::Conditional
        | Factuality::Hypothetical
        | Factuality::Opinion
        | Factuality::Prediction => None,
    }
}

/// R0 by the place on the page: nothing where words never witness, else whether they stand in a headline.
pub(super) fn place(case: Case<'_>, item: usize, statement: &Statement) -> Option<bool> {
    let told = case.told(item);
    let kinds: Vec<BlockKind> = told.ancestry(statement.block).collect();
    let never = [BlockKind::Comment, BlockKind::Advert, BlockKind::Boilerplate];
    if kinds.is_empty() || kinds.iter().any(|kind| never.contains(kind)) {
        return None;
    }
    if statement.attribution.iter().any(|holder| holder.kind == HolderKind::Reader) {
        return None;
    }
    // A text quoted at length is not the outlet's own voice: it needs somebody who says it.
    if kinds.contains(&BlockKind::Quotation) && statement.attribution.is_empty() {
        return None;
    }
    Some(kinds.contains(&BlockKind::Headline))
}

/// Between which days a thing told in a page lies: its own days, else no later than the page.
pub(super) fn days(
    case: Case<'_>,
    item: usize,
    happened: Option<&UncertainDate>,
) -> (Option<Date>, Date) {
    let earliest = happened.and_then(|day| day.edtf.earliest());
    let page = known_from(&case.told(item).report);
    let latest = happened.and_then(|day| day.edtf.latest()).unwrap_or(page);
    (earliest, earliest.map_or(latest, |earliest| earliest.max(latest)))
}

/// The word a statement is; nothing when it cannot witness, or speaks of what came after the day asked of.
pub(super) fn word(
    case: Case<'_>,
    item: usize,
    statement: &Statement,
    bears: Option<(Doubt, bool)>,
    (earliest, latest): (Option<Date>, Date),
) -> Option<Word> {
    let (doubt, denies) = bears?;
    let in_headline = place(case, item, statement)?;
    // What happened after the day asked of does not count; a denial that sets no first day reaches back.
    let from = if denies { earliest } else { Some(latest) };
    if from.is_some_and(|day| day > case.question.as_of) {
        return None;
    }
    let speaker = speaker(case, item, &statement.attribution);
    Some(Word { item, doubt, denies, in_headline, earliest, latest, ..speaker })
}

/// R1: the last named holder vouches, for its own voice the outlet, else nobody.
fn speaker(case: Case<'_>, item: usize, chain: &[Holder]) -> Word {
    let report = &case.told(item).report;
    let conflict = case.conflict();
    let day = report.published.as_ref().and_then(|published| published.edtf.latest());
    let outlet = report.publisher.clone().or_else(|| site(report.url.as_deref()?));
    let mut named = None;
    for (at, holder) in chain.iter().enumerate() {
        if holder.named {
            named = Some((at, holder));
        }
    }
    if let Some((at, holder)) = named {
        let by_id = holder.register_id.as_deref().and_then(|id| case.registers.sources.get(id));
        let source = by_id.or_else(|| case.registers.sources.find(&holder.name));
        let mut word = called(case, source, &holder.name, conflict, day);
        word.organ |= matches!(holder.kind, HolderKind::Party | HolderKind::Official);
        if let (Leaning::Unknown, Some(side)) = (&word.leaning, &holder.side) {
            word.leaning = Leaning::Side { side: side.clone(), examined: false };
        }
        // "Reliable sources informed the monitor" is the monitor's own network where the register says so.
        let unnamed_inside = at + 1 < chain.len() || holder.basis == Basis::ToldUnnamed;
        word.from_unnamed = unnamed_inside && !source.is_some_and(|source| source.own_network);
        if let Some(outlet) = outlet {
            let own = case.registers.sources.find(&outlet);
            word.original = called(case, own, &outlet, conflict, day).root == word.root;
        }
        return word;
    }
    match (chain.is_empty(), outlet) {
        (true, Some(outlet)) => {
            let source = case.registers.sources.find(&outlet);
            Word { original: true, ..called(case, source, &outlet, conflict, day) }
        }
        _ => nobody(chain),
    }
}

/// A name with its owner and leaning as the registers have them.
fn called(
    case: Case<'_>,
    source: Option<&Source>,
    name: &str,
    conflict: Option<&str>,
    day: Option<Date>,
) -> Word {
    let actor = case.registers.actors.find(name);
    let mut leaning = Leaning::Unknown;
    if let (Some(actor), Some(conflict)) = (actor, conflict)
        && let Some(side) = actor.side(conflict, day)
    {
        leaning = Leaning::Side { side: side.to_owned(), examined: false };
    }
    if let (Some(source), Some(conflict)) = (source, conflict)
        && let Some(found) = source.leaning(conflict, day)
    {
        leaning = match &found.side {
            LeaningSide::Neither => Leaning::Neither,
            LeaningSide::Side(side) => Leaning::Side { side: side.clone(), examined: true },
        };
    }
    let organ = match source {
        Some(source) => matches!(source.kind, HolderKind::Party | HolderKind::Official),
        None => actor.is_some_and(|actor| is_force_or_authority(actor.kind)),
    };
    // Scrapers and rewriters never vouch.
    let vouches = source.is_none_or(|source| source.vouches);
    Word {
        voucher: vouches.then(|| source.map_or(name, |source| &source.name).to_owned()),
        root: source.map_or_else(|| folded(name), |source| source.id.clone()),
        owner: match (source, actor) {
            (Some(source), _) => source.owner.clone(),
            (None, Some(actor)) => format!("actor:{}", head(case, actor)),
            (None, None) => format!("name:{}", folded(name)),
        },
        leaning,
        organ,
        from_unnamed: false,
        ..nobody(&[])
    }
}

/// All anonymous words of one side are one line.
fn nobody(chain: &[Holder]) -> Word {
    let mut side = None;
    for holder in chain {
        if holder.side.is_some() {
            side.clone_from(&holder.side);
        }
    }
    let root = format!("anonymous:{}", side.as_deref().unwrap_or("unknown"));
    Word {
        item: 0,
        voucher: None,
        root: root.clone(),
        owner: root,
        leaning: side.map_or(Leaning::Unknown, |side| Leaning::Side { side, examined: false }),
        organ: false,
        from_unnamed: true,
        original: false,
        doubt: Doubt::None,
        denies: false,
        in_headline: false,
        earliest: None,
        latest: Date::ZERO,
    }
}

/// A brigade speaks with its army's voice: the actor nothing stands above.
fn head(case: Case<'_>, actor: &Actor) -> String {
    let mut head = actor;
    let mut steps = 0;
    while let Some(above) = head.member_of.as_deref().and_then(|id| case.registers.actors.get(id)) {
        head = above;
        steps += 1;
        assert!(steps < 100, "the test's register goes round in a circle");
    }
    head.id.clone()
}

const fn is_force_or_authority(kind: ActorKind) -> bool {
    !matches!(
        kind,
        ActorKind::LocalLeaders
            | ActorKind::Community
            | ActorKind::Civilians
            | ActorKind::Detainees
            | ActorKind::Organisation
            | ActorKind::Person
    )
}

fn site(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split('/').next()?;
    Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
}

/// R2: what a page says with another's text, and the other says too, is the other's word relayed; what only the
/// page says is its own.
pub(super) fn give_back(case: Case<'_>, words: &mut [Word]) {
    let before = words.to_vec();
    for word in words.iter_mut().filter(|word| word.original) {
        for root in &case.items[word.item].draws_on {
            let said = before
                .iter()
                .find(|other| other.item == *root && other.original && other.denies == word.denies);
            if let Some(other) = said {
                *word = Word {
                    item: word.item,
                    doubt: word.doubt,
                    denies: word.denies,
                    in_headline: word.in_headline,
                    earliest: word.earliest,
                    latest: word.latest,
                    original: false,
                    ..other.clone()
                };
                break;
            }
        }
    }
}

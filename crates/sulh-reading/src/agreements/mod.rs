//! Takes what a page says, gives the agreements it speaks of.
//! Invariant: every agreement has the words that name it and the statements that speak of it; what only
//! readers speak of is a lead, what binds no parties to a conflict is out of scope.

mod gather;
mod mentions;
mod parties;
mod unnamed;
mod uses;
mod words;

use gather::is_long_before;
pub(crate) use gather::{Deal, Sighting, gather};
pub(crate) use unnamed::with_unnamed;
pub(crate) use uses::{Use, bound_by, bound_phrases, breaks_by_preposition, verb_phrases};
pub(crate) use words::DealWords;

use crate::Reader;
use crate::told::Telling;
use std::collections::BTreeMap;
use sulh_model::agreement::{Agreement, AgreementId, AgreementKind, Stage, Standing};
use sulh_model::edtf::Edtf;
use sulh_model::note::{Note, NoteCode};
use sulh_model::page::{BlockKind, Page};
use sulh_model::place::Where;
use sulh_model::reading::StageTold;
use sulh_model::span::Span;
use sulh_model::statement::{Factuality, StatementId, Target};
use sulh_model::time::UncertainDate;
use sulh_syntax::ClauseRole;

/// Whether a noun names an agreement by itself.
pub(crate) fn is_deal_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "agreement"
            | "deal"
            | "truce"
            | "ceasefire"
            | "cease-fire"
            | "accord"
            | "pact"
            | "armistice"
            | "treaty"
            | "memorandum"
    )
}

/// Whether a verb brings an agreement about: "reached", "signed".
pub(crate) fn is_concluding(lemma: &str) -> bool {
    matches!(
        lemma,
        "reach"
            | "agree"
            | "sign"
            | "conclude"
            | "strike"
            | "seal"
            | "make"
            | "broker"
            | "mediate"
            | "negotiate"
            | "announce"
            | "declare"
            | "finalise"
            | "finalize"
    )
}

impl Reader {
    /// The agreements of a page, with the stages told of them as a whole.
    pub(crate) fn agreements(
        &self,
        page: &Page,
        telling: &mut Telling<'_>,
        deals: &mut [Deal],
    ) -> (Vec<Agreement>, Vec<StageTold>) {
        let mut agreements: Vec<Agreement> = Vec::new();
        let mut stages = Vec::new();
        for (at, deal) in deals.iter().enumerate() {
            let id = AgreementId(u32::try_from(at + 1).unwrap_or(u32::MAX));
            agreements.push(self.agreement(page, telling, deal, id));
            stages.extend(self.stages(telling, deal, id));
            for sighting in &deal.sightings {
                let statement = telling.statement_of(sighting.told, sighting.mention.span);
                refer(telling, statement, Target::Agreement(id));
            }
        }
        link_predecessors(page, deals, &mut agreements);
        self.note_standings(telling, &agreements, &stages);
        (agreements, stages)
    }

    fn agreement(
        &self,
        page: &Page,
        telling: &Telling<'_>,
        deal: &Deal,
        id: AgreementId,
    ) -> Agreement {
        let standing = self.standing(telling, deal);
        let leading = deal.leading();
        let place = self.place(telling, deal);
        let parties = self.parties(telling, deal);
        let making = telling.statement_of(leading.told, leading.mention.span);
        let stage = if deal.out_of_scope || deal.earlier {
            None
        } else {
            self.stage(telling, deal, standing)
        };
        let name = telling.told[leading.told].scene.of(leading.mention.span).to_owned();
        let (agreed, _) =
            self.doubt.of_saying(&telling.told[leading.told].scene, leading.mention.span);
        Agreement {
            id,
            name: match &place {
                Some(place) if !name.contains(place.name.as_str()) => {
                    format!("{name} ({})", place.name)
                }
                _ => name,
            },
            kind: self.kind(telling, deal),
            stage,
            standing,
            agreed: crate::factuality::most_cautious(agreed, hedged(telling, making)),
            conflict: self.conflict(telling, place.as_ref(), &parties),
            concluded: concluded(page, telling, deal, standing),
            place,
            parties,
            told_as_new: deal
                .sightings
                .iter()
                .any(|sighting| sighting.mention.set_apart && is_body(telling, sighting)),
            predecessors: Vec::new(),
            pressure: Vec::new(),
            span: leading.mention.span,
            statements: statements_of(telling, deal, making),
        }
    }

    fn standing(&self, telling: &Telling<'_>, deal: &Deal) -> Standing {
        if deal.out_of_scope {
            return Standing::OutOfScope;
        }
        if !deal.reported {
            return Standing::Lead;
        }
        let in_report = |sighting: &&Sighting| telling.told[sighting.told].voice.is_report();
        let uses: Vec<Use> = deal
            .sightings
            .iter()
            .filter(in_report)
            .flat_map(|sighting| sighting.uses.iter().copied())
            .collect();
        let exists = |use_: &Use| {
            matches!(
                use_,
                Use::Made(_)
                    | Use::Reaches(..)
                    | Use::Broken(_)
                    | Use::Left(_)
                    | Use::Stipulates(_)
                    | Use::Under(_)
            )
        };
        let definite = deal.sightings.iter().filter(in_report).any(|sighting| {
            sighting.use_() == Use::Named
                && matches!(
                    sighting.mention.which,
                    mentions::Which::Known | mentions::Which::Earlier
                )
                && sighting.mention.stage != Some(Stage::Proposed)
        });
        let wanted = uses.iter().any(|use_| matches!(use_, Use::Wanted { .. }));
        // "No agreement on the road": words that speak of none tell that there is one by no use of theirs.
        let none = deal
            .sightings
            .iter()
            .filter(in_report)
            .all(|sighting| sighting.mention.which == mentions::Which::None);
        let refused = none || uses.iter().any(|use_| matches!(use_, Use::Refused(_)));
        let made = uses.iter().any(|use_| matches!(use_, Use::Made(_)));
        match () {
            () if made => Standing::Reported,
            () if deal
                .sightings
                .iter()
                .any(|sighting| sighting.mention.stage == Some(Stage::Proposed)) =>
            {
                Standing::Proposed
            }
            () if refused => Standing::Denied,
            () if wanted
                && !uses.iter().any(|use_| matches!(use_, Use::Reaches(..) | Use::Broken(_))) =>
            {
                Standing::Proposed
            }
            () if uses.iter().any(exists) || definite || !wanted => Standing::Reported,
            () => Standing::Proposed,
        }
    }

    fn stage(&self, telling: &Telling<'_>, deal: &Deal, standing: Standing) -> Option<Stage> {
        let told = || deal.sightings.iter().find_map(|sighting| sighting.mention.stage);
        let talks = deal
            .sightings
            .iter()
            .any(|sighting| matches!(sighting.use_(), Use::Wanted { talks: true }));
        let brought = deal.sightings.iter().any(|sighting| is_brought(telling, sighting));
        match standing {
            Standing::Proposed if talks => Some(Stage::Talks),
            Standing::Proposed => Some(Stage::Proposed),
            Standing::Denied | Standing::OutOfScope | Standing::Lead => None,
            Standing::Reported if deal.first_stage().is_some() => Some(Stage::Initial),
            Standing::Reported if deal.is_finalised() => Some(Stage::Final),
            Standing::Reported => told().or_else(|| brought.then_some(Stage::Final)),
        }
    }

    /// By the words of its name, else by the sentence that tells its making.
    fn kind(&self, telling: &Telling<'_>, deal: &Deal) -> AgreementKind {
        let named = deal.sightings.iter().find_map(|sighting| sighting.mention.kind);
        let near = || {
            // Words around "the deal they signed in July" are on something else.
            let told = |sighting: &&Sighting| {
                let clauses = &telling.told[sighting.told].scene.sentence.clauses;
                sighting.made_by().is_some_and(|at| clauses[at].role != ClauseRole::Relative)
            };
            let making = deal.sightings.iter().filter(told);
            making.filter(|_| !deal.out_of_scope).find_map(|sighting| {
                let scene = &telling.told[sighting.told].scene;
                // "The deal, brokered by tribal elders, ...": who brought it about is not what it is.
                let beside = |span: Span| {
                    let clauses = &scene.sentence.clauses;
                    clauses.iter().any(|clause| {
                        clause.role == ClauseRole::Relative && clause.span.contains(span)
                    })
                };
                let tokens = scene.sentence.tokens.iter();
                tokens
                    .filter(|token| !beside(token.span))
                    .find_map(|token| self.deals.kind_of(&token.lemma.to_lowercase()))
            })
        };
        named.or_else(near).unwrap_or(AgreementKind::Other)
    }

    /// Where: the place of the sentences that make it, else the one the report names most.
    fn place(&self, telling: &Telling<'_>, deal: &Deal) -> Option<Where> {
        let mut weights: BTreeMap<String, (usize, usize, Where)> = BTreeMap::new();
        let mut order = 0;
        let mut weigh = |place: &Where, weight: usize| {
            order += 1;
            let key =
                place.known().map_or_else(|| place.name.to_lowercase(), |known| known.name.clone());
            let entry = weights.entry(key).or_insert_with(|| (0, order, place.clone()));
            entry.0 += weight;
        };
        let coarse =
            |place: &Where| place.known().is_some_and(|known| known.precision.value() >= 6);
        for sighting in &deal.sightings {
            let told = &telling.told[sighting.told];
            let weight = if sighting.made_by().is_some() { 4 } else { 2 };
            for mention in told.scene.places.iter().filter(|mention| !coarse(&mention.place)) {
                weigh(&mention.place, weight);
            }
        }
        if deal.reported && !deal.earlier && !deal.out_of_scope {
            for told in telling.told.iter().filter(|told| told.voice.is_report()) {
                for mention in told.scene.places.iter().filter(|mention| !coarse(&mention.place)) {
                    weigh(&mention.place, 1);
                }
            }
        }
        weights
            .into_values()
            .max_by_key(|(weight, order, _)| (*weight, std::cmp::Reverse(*order)))
            .map(|(_, _, place)| place)
    }

    fn conflict(
        &self,
        telling: &Telling<'_>,
        place: Option<&Where>,
        parties: &[sulh_model::agreement::Party],
    ) -> Option<String> {
        let by_place =
            place.and_then(Where::country).and_then(|country| self.conflicts.of_country(country));
        let ids = || parties.iter().filter_map(|party| party.who.register_id.as_deref());
        let on_page = || {
            telling
                .told
                .iter()
                .filter(|told| told.voice.is_report())
                .flat_map(|told| told.scene.actors.iter().map(|mention| mention.id.as_str()))
        };
        by_place
            .map(str::to_owned)
            .or_else(|| self.conflicts.of_actors(self.names.register(), ids()))
            .or_else(|| self.conflicts.of_actors(self.names.register(), on_page()))
    }

    /// What sentences say of a deal as a whole: it takes effect, is being carried out, has collapsed; and, where its
    /// first form is dated by itself, that it is final.
    fn stages(&self, telling: &Telling<'_>, deal: &Deal, agreement: AgreementId) -> Vec<StageTold> {
        let finalised = deal.first_stage().is_some();
        deal.sightings
            .iter()
            .filter(|sighting| is_body(telling, sighting))
            .flat_map(|sighting| sighting.uses.iter().map(move |use_| (sighting, use_)))
            .filter_map(|(sighting, use_)| {
                let (clause, stage) = match *use_ {
                    Use::Reaches(clause, stage) => (clause, stage),
                    Use::Made(clause) if finalised && sighting.is_final() => (clause, Stage::Final),
                    _ => return None,
                };
                let scene = &telling.told[sighting.told].scene;
                let span = scene.sentence.clauses[clause].span;
                let statement = telling.statements[telling.statement_of(sighting.told, span)].id;
                Some(StageTold { agreement, stage, span, statement })
            })
            .collect()
    }

    fn note_standings(
        &self,
        telling: &mut Telling<'_>,
        agreements: &[Agreement],
        stages: &[StageTold],
    ) {
        for agreement in agreements {
            let (code, message) = match agreement.standing {
                Standing::OutOfScope => (
                    NoteCode::OutOfScope,
                    format!("\"{}\" is no agreement between parties to a conflict", agreement.name),
                ),
                Standing::Lead => (
                    NoteCode::LeadOnly,
                    format!("only a reader's words speak of \"{}\"", agreement.name),
                ),
                Standing::Reported | Standing::Proposed | Standing::Denied => continue,
            };
            telling.notes.push(Note::new(code, agreement.span, message));
        }
        for stage in stages.iter().filter(|stage| stage.stage == Stage::InForce) {
            let message = "said of the whole agreement: no single term is moved by it";
            telling.notes.push(Note::new(NoteCode::AgreementImplemented, stage.span, message));
        }
    }
}

/// Spoken of in the report, and not only in its headline or by its readers.
fn is_body(telling: &Telling<'_>, sighting: &Sighting) -> bool {
    let told = &telling.told[sighting.told];
    told.voice.is_report() && told.kind != BlockKind::Headline
}

/// Whether a sentence brings a deal as made or in use. "The deal reached in May" is only named so: how far it has come
/// is not what such words say.
fn is_brought(telling: &Telling<'_>, sighting: &Sighting) -> bool {
    let clauses = &telling.told[sighting.told].scene.sentence.clauses;
    let described = |at: usize| {
        clauses[at].role == ClauseRole::Relative
            && is_body(telling, sighting)
            && sighting.mention.which == mentions::Which::Known
    };
    match sighting.made_by() {
        Some(clause) => !described(clause),
        None => {
            let known = sighting.mention.which == mentions::Which::Known;
            !known && matches!(sighting.use_(), Use::Stipulates(_) | Use::Under(_))
        }
    }
}

/// Adds what a statement is about, once.
pub(crate) fn refer(telling: &mut Telling<'_>, statement: usize, target: Target) {
    if let Some(statement) = telling.statements.get_mut(statement)
        && !statement.refers_to.contains(&target)
    {
        statement.refers_to.push(target);
    }
}

fn hedged(telling: &Telling<'_>, statement: usize) -> Factuality {
    match telling.statements[statement].factuality {
        Factuality::Unconfirmed => Factuality::Unconfirmed,
        _ => Factuality::Asserted,
    }
}

/// When: told beside the deal or its making; else, of a deal reported as made, on or before the day of the report.
fn concluded(
    page: &Page,
    telling: &Telling<'_>,
    deal: &Deal,
    standing: Standing,
) -> Option<UncertainDate> {
    let named = || deal.sightings.iter().find_map(|sighting| sighting.mention.date.clone());
    if let Some(date) = deal.first_stage().or_else(named) {
        return Some(date);
    }
    let making: Vec<&Sighting> =
        deal.sightings.iter().filter(|sighting| sighting.made_by().is_some()).collect();
    let told = making.iter().find_map(|sighting| sighting.made_on.clone());
    if told.is_some() || deal.earlier || standing != Standing::Reported {
        return told;
    }
    let reported = making.iter().find_map(|sighting| telling.told[sighting.told].said_on.clone());
    let (day, wording, span) = match &reported {
        Some(date) => (date.latest()?, date.wording.clone(), date.span),
        None => {
            let published = page.about.published.as_ref()?;
            (published.latest()?, published.wording.clone(), published.span)
        }
    };
    Some(UncertainDate { edtf: Edtf::until(day), wording, span })
}

fn statements_of(telling: &Telling<'_>, deal: &Deal, making: usize) -> Vec<StatementId> {
    let mut ids = vec![telling.statements[making].id];
    for sighting in &deal.sightings {
        let id = telling.statements[telling.statement_of(sighting.told, sighting.mention.span)].id;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// An earlier deal the report speaks of is what the report's own deal follows: one the words call earlier, or one
/// whose day lies well before a report that also tells another.
fn link_predecessors(page: &Page, deals: &mut [Deal], agreements: &mut [Agreement]) {
    let published = page.about.published.as_ref().and_then(UncertainDate::earliest);
    let old = |agreement: &Agreement| {
        let concluded = agreement.concluded.as_ref().and_then(UncertainDate::latest);
        concluded
            .zip(published)
            .is_some_and(|(concluded, published)| is_long_before(concluded, published))
    };
    let in_report = |deal: &Deal, agreement: &Agreement| {
        deal.reported && matches!(agreement.standing, Standing::Reported | Standing::Proposed)
    };
    let news = deals
        .iter()
        .zip(agreements.iter())
        .any(|(deal, agreement)| in_report(deal, agreement) && !deal.earlier && !old(agreement));
    for (deal, agreement) in deals.iter_mut().zip(agreements.iter()) {
        deal.earlier |= news && in_report(deal, agreement) && old(agreement);
    }
    let earlier: Vec<AgreementId> = deals
        .iter()
        .zip(agreements.iter())
        .filter(|(deal, agreement)| deal.earlier && in_report(deal, agreement))
        .map(|(_, agreement)| agreement.id)
        .collect();
    let current = deals
        .iter()
        .zip(agreements.iter_mut())
        .find(|(deal, agreement)| !deal.earlier && in_report(deal, agreement));
    if let Some((_, agreement)) = current {
        agreement.predecessors = earlier;
    }
}

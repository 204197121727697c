//! Takes what a page says and its agreements, gives the terms: from lists and from running text.
//! Invariant: a term belongs to one agreement and has the statement that tells it; a list item inherits
//! the attribution of the sentence that opens its list, and says so.

mod build;
mod conditions;
mod links;
mod places;
mod promises;

pub(crate) use conditions::ConditionWords;

use crate::Reader;
use crate::agreements::{Deal, Use, refer};
use crate::scene::Scene;
use crate::told::Telling;
use promises::Promise;
use sulh_model::agreement::{AgreementId, Standing};
use sulh_model::note::{Note, NoteCode};
use sulh_model::page::BlockKind;
use sulh_model::statement::{Factuality, Holder, Target};
use sulh_model::term::{Element, Term};
use sulh_syntax::{Clause, ClauseRole, Tense};

/// Promises of one sentence that are one term.
#[derive(Clone, Debug)]
struct Draft {
    deal: usize,
    told: usize,
    promises: Vec<Promise>,
    /// From a list: all sentences of an item are one term.
    in_list: bool,
}

/// The sentence that opens a list of promises.
#[derive(Clone, Debug)]
struct Opening {
    deal: usize,
    told: usize,
    holders: Vec<Holder>,
    agreed: Factuality,
}

/// How many sentences after a promise another one may still go on with it, none between them naming another deal.
const RUN_SENTENCES_MAX: usize = 2;

impl Reader {
    /// The terms of a page's deals.
    pub(crate) fn terms(
        &self,
        telling: &mut Telling<'_>,
        deals: &[Deal],
        standings: &[Standing],
    ) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::new();
        let mut opening: Option<Opening> = None;
        let mut last_deal: Option<usize> = None;
        let mut following: Option<(usize, usize)> = None;
        for at in 0..telling.told.len() {
            let told = &telling.told[at];
            if !told.voice.is_report() || told.kind == BlockKind::Headline {
                continue;
            }
            let here = deal_of(deals, standings, at).or(last_deal);
            if told.kind == BlockKind::ListItem
                && let Some(opening) = &opening
            {
                self.take_list_item(telling, opening, at, &mut terms);
                continue;
            }
            last_deal = here;
            opening = here
                .and_then(|deal| self.opening(telling, deals, deal, at))
                .or(opening.filter(|_| told_is_list(telling, at)));
            let Some(deal) = here else { continue };
            let goes_on = following
                .is_some_and(|(other, last)| other == deal && at - last <= RUN_SENTENCES_MAX);
            let before = terms.len();
            self.take_running_text(telling, deals, deal, at, goes_on, &mut terms);
            let tells_it = deals[deal].sightings.iter().any(|sighting| {
                sighting.told == at
                    && (sighting.made_by().is_some()
                        || matches!(sighting.use_(), Use::Under(_) | Use::Stipulates(_)))
            });
            if terms.len() > before || tells_it {
                following = Some((deal, at));
            }
        }
        self.link_terms(telling, &mut terms);
        number(&mut terms);
        for term in &terms {
            let statement =
                telling.statements.iter().position(|statement| statement.id == term.statement);
            if let Some(statement) = statement {
                refer(telling, statement, Target::Term(term.id));
                refer(telling, statement, Target::Agreement(term.agreement));
            }
        }
        terms
    }

    /// Whether a sentence opens a list of a deal's promises.
    fn opening(
        &self,
        telling: &Telling<'_>,
        deals: &[Deal],
        deal: usize,
        at: usize,
    ) -> Option<Opening> {
        let scene = &telling.told[at].scene;
        let words = scene.of(scene.sentence.span);
        let lower = words.to_lowercase();
        let colon = words.trim_end().ends_with(':');
        let named = self.conditions.opens_list.iter().any(|known| {
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == known)
                || (known.contains(' ') && lower.contains(known.as_str()))
        });
        let about = deal_here(deals, deal, at);
        let list_next =
            telling.told.get(at + 1).is_some_and(|told| told.kind == BlockKind::ListItem);
        let stipulates = scene.sentence.clauses.iter().any(|clause| {
            let verbs = crate::agreements::verb_phrases(scene, clause);
            clause.role != ClauseRole::Nominal
                && verbs.iter().any(|verb| {
                    self.deals.stipulates.verbs.contains(verb)
                        || self.deals.promises.verbs.contains(verb)
                })
        });
        if !(list_next
            && (colon || named || stipulates)
            && (named || about || (colon && stipulates)))
        {
            return None;
        }
        let statement = &telling.statements[telling.statement_of(at, scene.sentence.span)];
        let holders = match statement.attribution.is_empty() {
            false => statement.attribution.clone(),
            true => self.making_holders(telling, deals, deal, at),
        };
        let said = statement.factuality;
        let agreed = match said {
            Factuality::Denied | Factuality::Claimed | Factuality::Unconfirmed => said,
            _ => self.making_factuality(telling, deals, deal),
        };
        Some(Opening { deal, told: at, holders, agreed })
    }

    /// The holders of the sentence that tells the deal's making.
    fn making_holders(
        &self,
        telling: &Telling<'_>,
        deals: &[Deal],
        deal: usize,
        at: usize,
    ) -> Vec<Holder> {
        let attributed = deals[deal]
            .sightings
            .iter()
            .filter(|sighting| sighting.made_by().is_some() && sighting.told <= at)
            .find_map(|sighting| {
                let statement =
                    &telling.statements[telling.statement_of(sighting.told, sighting.mention.span)];
                (!statement.attribution.is_empty()).then(|| statement.attribution.clone())
            });
        attributed.unwrap_or_default()
    }

    fn making_factuality(&self, telling: &Telling<'_>, deals: &[Deal], deal: usize) -> Factuality {
        let made = deals[deal].sightings.iter().find(|sighting| sighting.made_by().is_some());
        made.map_or(Factuality::Asserted, |sighting| {
            let said =
                self.doubt.of_saying(&telling.told[sighting.told].scene, sighting.mention.span).0;
            let statement =
                &telling.statements[telling.statement_of(sighting.told, sighting.mention.span)];
            match statement.factuality {
                Factuality::Unconfirmed => Factuality::Unconfirmed,
                _ => said,
            }
        })
    }

    fn take_list_item(
        &self,
        telling: &mut Telling<'_>,
        opening: &Opening,
        at: usize,
        terms: &mut Vec<Term>,
    ) {
        let block = telling.told[at].scene.block;
        let continues = at > opening.told && telling.told[at - 1].scene.block == block;
        if continues {
            // The second sentence of an item explains the first; it is no promise of its own.
            return;
        }
        let scene = &telling.told[at].scene;
        let promises: Vec<Promise> = leading_clauses(scene)
            .into_iter()
            .flat_map(|clause| self.promises(scene, clause))
            .collect();
        let holders = opening.holders.clone();
        let draft = Draft { deal: opening.deal, told: at, promises, in_list: true };
        self.inherit(telling, at, &holders);
        self.add(telling, draft, opening.agreed, terms);
    }

    /// Puts a list item, or a sentence that goes on, under the holders of another sentence.
    fn inherit(&self, telling: &mut Telling<'_>, at: usize, holders: &[Holder]) {
        if holders.is_empty() {
            return;
        }
        let span = telling.told[at].scene.sentence.span;
        let units: Vec<usize> =
            telling.told[at].units.iter().map(|(_, statement)| *statement).collect();
        let mut inherited = false;
        for at in units {
            let statement = &mut telling.statements[at];
            if statement.attribution.is_empty() {
                statement.attribution = holders
                    .iter()
                    .cloned()
                    .map(|holder| Holder { inherited: true, ..holder })
                    .collect();
                inherited = true;
            }
        }
        if inherited {
            telling.notes.push(Note::new(
                NoteCode::VoucherInherited,
                span,
                "stands under the attribution of the sentence that introduces it",
            ));
        }
    }

    fn take_running_text(
        &self,
        telling: &mut Telling<'_>,
        deals: &[Deal],
        deal: usize,
        at: usize,
        goes_on: bool,
        terms: &mut Vec<Term>,
    ) {
        let scene = &telling.told[at].scene;
        let speaker =
            telling.statements[telling.statement_of(at, scene.sentence.span)].named_holder();
        let made_by = self.making_holders(telling, deals, deal, at);
        // Somebody else's announcement, right after the deal, is no promise under it.
        let same_speaker = speaker.is_none_or(|speaker| {
            made_by.iter().any(|holder| {
                holder.name == speaker.name
                    || (holder.register_id.is_some() && holder.register_id == speaker.register_id)
            })
        });
        let found = self.promises_in_text(scene, deals, deal, at, goes_on && same_speaker);
        if found.is_empty() {
            return;
        }
        let own = !telling.statements[telling.statement_of(at, scene.sentence.span)]
            .attribution
            .is_empty();
        let made_here = deals[deal].leading().told == at;
        let done = |promise: &Promise| {
            scene.sentence.clauses[promise.clause].predicate.tense == Tense::Past
        };
        // What is told as done is told by whoever tells it now, not by those who told of the deal.
        let found: Vec<Promise> = found
            .into_iter()
            .filter(|promise| {
                let listed = |term: &Term| {
                    let same = |element: &Element| element.kind == promise.kind;
                    term.agreement == agreement_id(deal) && term.elements.iter().any(same)
                };
                !done(promise) || !terms.iter().any(listed)
            })
            .collect();
        let still_to_do = found.iter().any(|promise| !done(promise));
        if !own && !made_here && still_to_do {
            let holders = self.making_holders(telling, deals, deal, at);
            self.inherit(telling, at, &holders);
        }
        for promise in found {
            let scene = &telling.told[at].scene;
            let span = scene.sentence.clauses[promise.clause].predicate.span;
            let (said, _) = self.doubt.of_saying(scene, span);
            let agreed = crate::factuality::most_cautious(
                said,
                self.making_factuality(telling, deals, deal),
            );
            let agreed = if agreed == Factuality::Planned { Factuality::Asserted } else { agreed };
            self.add(
                telling,
                Draft { deal, told: at, promises: vec![promise], in_list: false },
                agreed,
                terms,
            );
        }
    }

    /// The promises running text holds: what a deal stipulates, what is to be done under it, what parties agree to do.
    fn promises_in_text(
        &self,
        scene: &Scene<'_>,
        deals: &[Deal],
        deal: usize,
        at: usize,
        goes_on: bool,
    ) -> Vec<Promise> {
        let clauses = &scene.sentence.clauses;
        let uses: Vec<Use> = deals[deal]
            .sightings
            .iter()
            .filter(|sighting| sighting.told == at)
            .flat_map(|sighting| sighting.uses.iter().copied())
            .collect();
        let mut found: Vec<Promise> = Vec::new();
        let mut take = |promises: Vec<Promise>| {
            for promise in promises {
                if !found.iter().any(|other: &Promise| other.clause == promise.clause) {
                    found.push(promise);
                }
            }
        };
        for (index, clause) in
            clauses.iter().enumerate().filter(|(_, clause)| clause.role != ClauseRole::Nominal)
        {
            let under = (uses.iter().any(|use_| matches!(use_, Use::Under(_)))
                || (spoken_of_last(deals, at) == Some(deal)
                    && self.under_its_terms(scene, clause)))
                && !build::is_about_deal(scene, clause);
            let stipulates =
                uses.contains(&Use::Stipulates(index)) || self.it_stipulates(scene, index, goes_on);
            let has_to = clause.predicate.lemma == "have" && build::hands_on(clauses, index);
            let to_come = (clause.predicate.tense == Tense::Future || has_to)
                && clause.predicate.modal.as_deref() != Some("yet to");
            let says = matches!(
                clause.role,
                ClauseRole::Main | ClauseRole::Complement | ClauseRole::Relative
            );
            let party_promises = self.deals.promises.verbs.contains(&clause.predicate.lemma)
                && clause.doer().is_some_and(|doer| self.names.is_actor(scene, doer))
                && clause.predicate.negation.is_none();
            if stipulates {
                take(self.stipulated(scene, index));
            } else if party_promises && clause.predicate.tense != Tense::Future {
                let handed: Vec<Promise> = self
                    .promises(scene, index)
                    .into_iter()
                    .filter(|promise| promise.clause != index)
                    .collect();
                take(handed);
            } else if says && to_come && (under || (goes_on && clause.role == ClauseRole::Main)) {
                take(self.promises(scene, index));
            } else if says
                && under
                && clause.role == ClauseRole::Main
                && clause.predicate.tense == Tense::Past
            {
                take(self.told_as_done(scene, index));
            }
        }
        found
    }

    /// "Under the deal, fighters left" tells an event; what no kind of event tells is promised all the same.
    fn told_as_done(&self, scene: &Scene<'_>, at: usize) -> Vec<Promise> {
        let event = |clause: &Clause| self.event_frames.classify(scene, clause).is_some();
        let mut promises = self.promises(scene, at);
        promises.retain(|promise| !event(&scene.sentence.clauses[promise.clause]));
        promises
    }

    /// "Under its terms, ...": the deal is the one spoken of last.
    fn under_its_terms(&self, scene: &Scene<'_>, clause: &Clause) -> bool {
        clause.obliques.iter().any(|oblique| {
            let plural =
                scene.token(oblique.phrase.head).map(|token| scene.of(token.span).to_lowercase());
            crate::agreements::bound_by(&oblique.case)
                && plural.is_some_and(|word| self.conditions.opens_list.contains(&word))
        })
    }

    /// "It also provides for ...", right after a sentence on the deal.
    fn it_stipulates(&self, scene: &Scene<'_>, at: usize, goes_on: bool) -> bool {
        let clause = &scene.sentence.clauses[at];
        let pronoun = clause.subject.as_ref().is_some_and(|subject| {
            scene
                .token(subject.head)
                .is_some_and(|token| matches!(token.lemma.as_str(), "it" | "they" | "this"))
        });
        let verbs = crate::agreements::verb_phrases(scene, clause);
        let strong =
            ["stipulate", "provide for", "include", "call for", "require", "envisage", "oblige"];
        goes_on && pronoun && verbs.iter().any(|verb| strong.contains(&verb.as_str()))
    }

    /// What a clause that has a deal for its subject says the deal holds.
    fn stipulated(&self, scene: &Scene<'_>, at: usize) -> Vec<Promise> {
        let clauses = &scene.sentence.clauses;
        let own = clauses[at].predicate.word;
        let mut found = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            let complement = clause.role == ClauseRole::Complement && clause.parent == Some(at);
            let gerund = clause.role == ClauseRole::Adverbial
                && clause.parent == Some(at)
                && matches!(clause.mark.as_deref(), Some("for" | "on" | "of"));
            let noun = clause.role == ClauseRole::Nominal
                && clause.parent == Some(at)
                && clause.predicate.word > own
                && build::is_outermost(clauses, index);
            if complement || gerund {
                found.extend(self.promises(scene, index));
            } else if noun {
                found.extend(self.promises(scene, index).into_iter().take(1));
            }
        }
        let forbids = self.conditions.forbids.contains(&clauses[at].predicate.lemma);
        if forbids {
            found.iter_mut().for_each(|promise: &mut Promise| promise.forbid());
        }
        found
    }

    fn add(
        &self,
        telling: &mut Telling<'_>,
        draft: Draft,
        agreed: Factuality,
        terms: &mut Vec<Term>,
    ) {
        let groups: Vec<Vec<Promise>> = match draft.in_list {
            true => split_exchanged(&draft.promises),
            false => draft.promises.iter().map(|promise| vec![*promise]).collect(),
        };
        let groups = if groups.is_empty() && draft.in_list { vec![Vec::new()] } else { groups };
        for promises in groups {
            let term =
                self.build_term(telling, &Draft { promises, ..draft.clone() }, agreed, terms.len());
            if let Some(known) = terms.iter().find(|known| build::is_same_promise(known, &term)) {
                let known = known.id;
                let at = telling.statement_of(draft.told, term.elements[0].span);
                refer(telling, at, Target::Term(known));
                continue;
            }
            terms.push(term);
        }
    }
}

fn agreement_id(deal: usize) -> AgreementId {
    AgreementId(u32::try_from(deal + 1).unwrap_or(u32::MAX))
}

/// The deal a sentence speaks of: the last reported one it mentions.
fn deal_of(deals: &[Deal], standings: &[Standing], at: usize) -> Option<usize> {
    (0..deals.len())
        .filter(|deal| {
            matches!(standings[*deal], Standing::Reported | Standing::Proposed | Standing::Denied)
        })
        .filter(|deal| {
            deals[*deal]
                .sightings
                .iter()
                .any(|sighting| sighting.told == at && !matches!(sighting.use_(), Use::Broken(_)))
        })
        .min_by_key(|deal| deals[*deal].earlier)
}

/// The deal mentioned last, up to a sentence.
fn spoken_of_last(deals: &[Deal], at: usize) -> Option<usize> {
    let last = |deal: &Deal| {
        deal.sightings.iter().map(|sighting| sighting.told).filter(|told| *told <= at).max()
    };
    (0..deals.len())
        .filter(|deal| last(&deals[*deal]).is_some())
        .max_by_key(|deal| last(&deals[*deal]))
}

fn deal_here(deals: &[Deal], deal: usize, at: usize) -> bool {
    deals[deal].sightings.iter().any(|sighting| sighting.told == at)
}

fn told_is_list(telling: &Telling<'_>, at: usize) -> bool {
    telling.told[at].kind == BlockKind::ListItem
}

/// The clauses of a list item that promise: its main ones, else a bare infinitive, else its nouns of action.
fn leading_clauses(scene: &Scene<'_>) -> Vec<usize> {
    let clauses = &scene.sentence.clauses;
    let of = |wanted: &dyn Fn(usize) -> bool| {
        (0..clauses.len()).filter(|at| wanted(*at)).collect::<Vec<usize>>()
    };
    let main = of(&|at| clauses[at].role == ClauseRole::Main && clauses[at].parent.is_none());
    // "Release of all detainees who are ill": what describes a noun is promised by nobody.
    let rootless = of(&|at| {
        !matches!(clauses[at].role, ClauseRole::Nominal | ClauseRole::Relative)
            && clauses[at].parent.is_none()
            && clauses[at].describes.is_none()
    });
    let nouns =
        of(&|at| clauses[at].role == ClauseRole::Nominal && build::is_outermost(clauses, at));
    match (main.is_empty(), rootless.is_empty()) {
        (false, _) => main,
        (true, false) => rootless,
        (true, true) => nouns,
    }
}

/// What is given in exchange is a term of its own.
fn split_exchanged(promises: &[Promise]) -> Vec<Vec<Promise>> {
    let (exchanged, own): (Vec<Promise>, Vec<Promise>) =
        promises.iter().partition(|promise| promise.for_other);
    let own = if own.is_empty() { Vec::new() } else { vec![own] };
    own.into_iter().chain(exchanged.into_iter().map(|promise| vec![promise])).collect()
}

/// Numbers the terms of each agreement from 1.
fn number(terms: &mut [Term]) {
    let agreements: std::collections::BTreeSet<_> =
        terms.iter().map(|term| term.agreement).collect();
    for agreement in agreements {
        for (ordinal, term) in
            (1..).zip(terms.iter_mut().filter(|term| term.agreement == agreement))
        {
            term.ordinal = ordinal;
        }
    }
}

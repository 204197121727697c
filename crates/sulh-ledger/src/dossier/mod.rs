//! Takes the items of a question and a cluster, gives the dossier: every verdict with its because.
//! Invariant: it only weighs, folds and copies; each judgement is a rule's, in a file of its own.

mod breaches;
mod deadlines;
mod terms;
mod weighing;

use crate::{
    decision::Words,
    link::{Cluster, Item, Linked, PartyCluster},
    propositions::{Proposition, Scene},
    rules::{
        RULES_VERSION,
        denial::Upheld,
        stage::{StageMove, fold_stages},
        tracks::Track,
    },
    verdict::{
        AgreementVerdict, Dossier, Established, Flag, Graded, Neighbour, OpenQuestion,
        PartyVerdict, PressureTold, Question, Quote, StageVerdict, Summary,
    },
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use sulh_model::agreement::{Assent, Stage, Standing};
use weighing::{Weighing, told_flags};

impl Weighing<'_> {
    fn reports(&self) -> usize {
        self.cluster.items().into_iter().map(|item| self.scene.items[item].reports).sum()
    }

    /// The stage on a track. Where only the making is told, the stage is nothing and its grade the making's.
    fn stage(&self, track: Track) -> (Graded<Option<Stage>>, bool) {
        let moves: Vec<StageMove> = self
            .judged
            .iter()
            .filter_map(|(proposition, judged)| match proposition {
                Proposition::Stage { stage, .. } => Some(StageMove {
                    window: judged.weight.window_on(track)?,
                    stage: *stage,
                    upheld: judged.weight.upheld,
                }),
                _ => None,
            })
            .collect();
        let folded = fold_stages(&moves, track);
        let made = self.upheld(Proposition::Agreed);
        let made = if track.takes(made) { made } else { Upheld::None };
        let upheld = if folded.stage.is_some() { folded.upheld } else { made };
        (Graded { value: folded.stage, upheld }, !folded.anomalies.is_empty())
    }

    /// What a person said of the stage.
    fn established_stage(&self) -> Option<Established<Stage>> {
        let is_meant = |words: &Words| {
            self.cluster.tellings.iter().any(|telling| {
                let told = telling.told(self.scene.items);
                let agreement = telling.agreement(self.scene.items);
                told.zip(agreement).is_some_and(|(told, agreement)| {
                    words.capture == told.report.capture
                        && words.span == agreement.span
                        && words.kind == agreement.kind.code()
                })
            })
        };
        self.scene.decisions.stage(is_meant, self.scene.as_of)
    }

    fn parties(&self) -> Vec<PartyVerdict> {
        let (items, cluster) = (self.scene.items, self.cluster);
        let verdict = |(at, told): (usize, &PartyCluster)| {
            let party = told.party(&cluster.tellings, items)?;
            Some(PartyVerdict {
                who: party.who.clone(),
                role: party.role,
                assent: self.assent(at).or_else(|| {
                    let upheld = Upheld::None;
                    party.assent.map(|value| Graded { value, upheld })
                }),
            })
        };
        cluster.parties.iter().enumerate().filter_map(verdict).collect()
    }

    /// The last consent told of a party: as reported where it is, else as claimed.
    fn assent(&self, at: usize) -> Option<Graded<Assent>> {
        let told = |track: Track| {
            let assents = self.judged.iter().filter_map(|(proposition, judged)| {
                let weight = &judged.weight;
                let upheld = weight.upheld;
                match *proposition {
                    Proposition::Assent { party, assent, .. } if party == at => {
                        let window = weight.window_on(track)?;
                        track.takes(upheld).then_some((window, assent, upheld))
                    }
                    _ => None,
                }
            });
            assents.max().map(|(_, value, upheld)| Graded { value, upheld })
        };
        told(Track::Reported).or_else(|| told(Track::Claimed))
    }

    fn flags(&self, anomaly: bool) -> Vec<Flag> {
        let mut flags = BTreeSet::new();
        if anomaly {
            flags.insert(Flag::Anomaly);
        }
        if let Some(made) = self.explained(Proposition::Agreed) {
            flags.extend(told_flags(&made.weight));
            // Neither a monitor nor the other side says so.
            let sides: BTreeSet<Option<&String>> =
                made.lines.iter().map(|line| line.stance.side()).collect();
            if sides.len() == 1 && !sides.contains(&None) {
                flags.insert(Flag::AnnouncedByOneSide);
            }
        }
        let of_agreement =
            |proposition: &Proposition| matches!(proposition, Proposition::Stage { .. });
        let mut stages = self.judged.iter().filter(|(proposition, _)| of_agreement(proposition));
        if stages.any(|(_, judged)| judged.weight.upheld == Upheld::Disputed) {
            flags.insert(Flag::Disputed);
        }
        if possibly_known(self.scene.items, self.cluster) {
            flags.insert(Flag::PossiblyKnown);
        }
        flags.into_iter().collect()
    }
}

/// True when a cluster leans on a page without a publication day.
fn possibly_known(items: &[Item<'_>], cluster: &Cluster) -> bool {
    cluster.items().iter().any(|item| items[*item].root.report.known_from().possibly)
}

/// The dossier of a cluster; nothing when it is not among them.
pub(crate) fn dossier(
    scene: Scene<'_>,
    linked: &Linked,
    cluster: &Cluster,
    question: Question,
    recorded_later: usize,
) -> Option<Dossier> {
    let clusters = &linked.clusters;
    let weighing = Weighing::new(scene, cluster)?;
    let predecessors = predecessors(scene, clusters, cluster);
    let (reported, _) = weighing.stage(Track::Reported);
    let (claimed, anomaly) = weighing.stage(Track::Claimed);
    let agreement = weighing.agreement;
    let broken_before = predecessors.iter().filter_map(|before| Weighing::new(scene, before));
    let breaches = breaches::verdicts(&weighing)
        .into_iter()
        .chain(broken_before.flat_map(|before| breaches::verdicts(&before)));
    let verdict = AgreementVerdict {
        key: cluster.key.clone(),
        name: agreement.name.clone(),
        page: weighing.anchor_page(),
        kind: agreement.kind,
        conflict: cluster.conflict(scene.items).map(str::to_owned),
        standing: agreement.standing,
        place: agreement.place.clone(),
        concluded: agreement.concluded.clone(),
        agreed: weighing.upheld(Proposition::Agreed),
        stage: StageVerdict {
            reported,
            claimed,
            established: weighing.established_stage(),
            because: weighing.becauses(|proposition| {
                matches!(proposition, Proposition::Agreed | Proposition::Stage { .. })
            }),
        },
        parties: weighing.parties(),
        pressure: pressure(&weighing),
        predecessors: predecessors.iter().filter_map(|before| neighbour(scene, before)).collect(),
        breaches: breaches.collect(),
        flags: weighing.flags(anomaly),
        because: weighing.becauses(|proposition| matches!(proposition, Proposition::Assent { .. })),
        leads: lead_quotes(&weighing),
        reports: weighing.reports(),
    };
    Some(Dossier {
        question,
        recorded_later,
        rules_version: RULES_VERSION,
        possibly_known: possibly_known(scene.items, cluster),
        agreement: verdict,
        terms: terms::verdicts(&weighing),
        open: open_questions(linked, cluster, question.as_of),
        leads: leads(scene, clusters, cluster),
    })
}

/// The line of a cluster in a list.
pub(crate) fn summary(scene: Scene<'_>, cluster: &Cluster) -> Option<Summary> {
    let weighing = Weighing::new(scene, cluster)?;
    let told = |track| {
        let (stage, _) = weighing.stage(track);
        Some(Graded { value: stage.value?, upheld: stage.upheld })
    };
    let agreement = weighing.agreement;
    let party = |told: &PartyCluster| told.party(&cluster.tellings, scene.items);
    Some(Summary {
        key: cluster.key.clone(),
        name: agreement.name.clone(),
        place: agreement.place.clone(),
        kind: agreement.kind,
        stage: told(Track::Reported).or_else(|| told(Track::Claimed)),
        concluded: agreement.concluded.clone(),
        actors: cluster.parties.iter().filter_map(party).map(|party| party.who.clone()).collect(),
        terms: cluster.terms.len(),
        reports: weighing.reports(),
        standing: agreement.standing,
        page: weighing.anchor_page(),
    })
}

/// What only a person can answer about an agreement.
fn open_questions(linked: &Linked, cluster: &Cluster, as_of: Date) -> Vec<OpenQuestion> {
    let key = &cluster.key;
    let same = linked.possibly_same.iter().filter(|pair| pair.one == *key || pair.other == *key);
    let same = same.map(|pair| OpenQuestion::PossiblySame {
        other: if pair.one == *key { pair.other.clone() } else { pair.one.clone() },
        grounds: pair.grounds.clone(),
        obstacles: pair.obstacles.clone(),
    });
    // What came after the day asked of raises no question on it.
    let breaches = linked
        .possible_breaches
        .iter()
        .filter(|told| told.agreement == *key && told.window.latest <= as_of);
    let breaches = breaches.map(|told| OpenQuestion::PossibleBreach {
        element: format!("t{}.{}", told.term + 1, told.element + 1),
        quote: told.quote.clone(),
    });
    let several = linked.several_terms.iter().filter(|told| told.window.latest <= as_of);
    let several = several.filter_map(|told| {
        let own = told.among.iter().filter(|(of, _)| of == key);
        let terms: Vec<String> = own.map(|(_, term)| format!("t{}", term + 1)).collect();
        let quote = told.quote.clone();
        (!terms.is_empty()).then_some(OpenQuestion::SeveralTerms { terms, quote })
    });
    same.chain(breaches).chain(several).collect()
}

/// Every pressure any telling shows, each kind once per quote.
fn pressure(weighing: &Weighing<'_>) -> Vec<PressureTold> {
    let items = weighing.scene.items;
    let mut found = Vec::new();
    for telling in &weighing.cluster.tellings {
        let told = telling.agreement(items).map_or(&[][..], |told| &told.pressure);
        for pressure in told {
            let quote = items[telling.item].quote(pressure.span);
            let told = PressureTold { kind: pressure.kind, quote };
            if !found.contains(&told) {
                found.push(told);
            }
        }
    }
    found
}

fn lead_quotes(weighing: &Weighing<'_>) -> Vec<Quote> {
    let quote = |(item, id): &(usize, _)| {
        let item = &weighing.scene.items[*item];
        Some(item.quote(item.root.reading.statement(*id)?.content()?))
    };
    weighing.gathered.leads.iter().filter_map(quote).collect()
}

fn predecessors<'c>(
    scene: Scene<'_>,
    clusters: &'c [Cluster],
    cluster: &Cluster,
) -> Vec<&'c Cluster> {
    let mut keys = BTreeSet::new();
    for telling in &cluster.tellings {
        let reading = &scene.items[telling.item].root.reading;
        let told = reading.agreement(telling.agreement);
        for before in told.map_or(&[][..], |told| &told.predecessors) {
            let is_it = |other: &&Cluster| other.tells(telling.item, *before);
            keys.extend(clusters.iter().find(is_it).map(|found| &found.key));
        }
    }
    // An agreement that names itself as its predecessor follows nothing.
    keys.remove(&cluster.key);
    clusters.iter().filter(|other| keys.contains(&other.key)).collect()
}

fn leads(scene: Scene<'_>, clusters: &[Cluster], cluster: &Cluster) -> Vec<Neighbour> {
    let items: BTreeSet<usize> = cluster.tellings.iter().map(|telling| telling.item).collect();
    let beside = clusters.iter().filter(|other| {
        other.key != cluster.key && other.tellings.iter().any(|it| items.contains(&it.item))
    });
    beside
        .filter_map(|other| neighbour(scene, other))
        .filter(|found| found.standing != Standing::Reported)
        .collect()
}

fn neighbour(scene: Scene<'_>, cluster: &Cluster) -> Option<Neighbour> {
    let agreement = cluster.agreement(scene.items)?;
    Some(Neighbour {
        key: cluster.key.clone(),
        name: agreement.name.clone(),
        kind: agreement.kind,
        standing: agreement.standing,
        concluded: agreement.concluded.clone(),
        quote: scene.items[cluster.anchor().item].quote(agreement.span),
    })
}

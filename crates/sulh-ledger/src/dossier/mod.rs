//! Takes the items of a question and a cluster, gives the dossier: every verdict with its because.
//! Invariant: it only weighs, folds and copies; each judgement is a rule's, in a file of its own.

mod breaches;
mod terms;

use crate::{
    link::{Cluster, Item, Linked, PartyCluster},
    propositions::{Gathered, Proposition, Scene, gather},
    rules::{
        RULES_VERSION,
        denial::Upheld,
        stage::{StageMove, fold_stages},
        tracks::Track,
        weigh::{Weighed, weigh},
    },
    stakes::Sides,
    verdict::{
        AgreementVerdict, Because, Dossier, Flag, Graded, Neighbour, PartyVerdict, PressureTold,
        Question, Quote, StageVerdict, Summary,
    },
};
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{
    agreement::{Agreement, Assent, Stage, Standing},
    page::CaptureId,
};

/// A cluster with everything on it weighed.
pub(crate) struct Weighing<'a> {
    pub(crate) scene: Scene<'a>,
    pub(crate) cluster: &'a Cluster,
    pub(crate) agreement: &'a Agreement,
    pub(crate) gathered: Gathered,
    pub(crate) weighed: BTreeMap<Proposition, Weighed>,
}

impl<'a> Weighing<'a> {
    /// Weighs everything that is said of a cluster; nothing when its anchor is not among the items.
    pub(crate) fn new(scene: Scene<'a>, cluster: &'a Cluster) -> Option<Self> {
        let agreement = cluster.agreement(scene.items)?;
        let gathered = gather(scene, cluster);
        let sides = Sides::new(scene, cluster);
        let weigh_one = |(proposition, evidence): (&Proposition, &Vec<_>)| {
            (*proposition, weigh(evidence, &sides.stake(*proposition, &gathered)))
        };
        let weighed = gathered.evidence.iter().map(weigh_one).collect();
        Some(Self { scene, cluster, agreement, gathered, weighed })
    }

    /// The item that is quoted for the agreement itself.
    pub(crate) fn anchor(&self) -> &Item<'a> {
        &self.scene.items[self.cluster.anchor().item]
    }

    fn anchor_page(&self) -> CaptureId {
        self.anchor().root.report.capture.clone()
    }

    fn upheld(&self, proposition: Proposition) -> Upheld {
        self.weighed.get(&proposition).map_or(Upheld::None, |weighed| weighed.upheld)
    }

    /// The because of a proposition; nothing when nobody says or denies it.
    pub(crate) fn because(&self, proposition: Proposition) -> Option<Because> {
        let weighed = self.weighed.get(&proposition)?;
        let evidence = self.gathered.evidence.get(&proposition)?;
        let said: BTreeSet<usize> =
            evidence.iter().filter(|one| !one.denies).map(|one| one.item).collect();
        let quote = |item: usize| move |span| self.scene.items[item].quote(span);
        let spans: BTreeSet<Quote> = evidence
            .iter()
            .flat_map(|one| one.spans.iter().copied().map(quote(one.item)))
            .collect();
        Some(Because {
            proposition,
            upheld: weighed.upheld,
            support: weighed.support,
            denial: weighed.denial,
            mark: weighed.mark,
            lines: weighed.lines.clone(),
            denials: weighed.denials.clone(),
            reports: said.iter().map(|item| self.scene.items[*item].reports).sum(),
            spans: spans.into_iter().collect(),
            window: weighed.window,
            would_change: weighed.would_change.clone(),
        })
    }

    fn becauses(&self, is_wanted: impl Fn(Proposition) -> bool) -> Vec<Because> {
        let wanted = self.weighed.keys().copied().filter(|proposition| is_wanted(*proposition));
        wanted.filter_map(|proposition| self.because(proposition)).collect()
    }

    fn reports(&self) -> usize {
        let items: BTreeSet<usize> =
            self.cluster.tellings.iter().map(|telling| telling.item).collect();
        items.into_iter().map(|item| self.scene.items[item].reports).sum()
    }

    /// The stage on a track. Where only the making is told, the stage is nothing and its grade the making's.
    fn stage(&self, track: Track) -> (Graded<Option<Stage>>, bool) {
        let moves: Vec<StageMove> = self
            .weighed
            .iter()
            .filter_map(|(proposition, weighed)| match proposition {
                Proposition::Stage(stage) => Some(StageMove {
                    window: weighed.window?,
                    stage: *stage,
                    upheld: weighed.upheld,
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
            let assents =
                self.weighed.iter().filter_map(|(proposition, weighed)| match *proposition {
                    Proposition::Assent { party, assent } if party == at => {
                        let taken = track.takes(weighed.upheld);
                        taken.then_some((weighed.window?, assent, weighed.upheld))
                    }
                    _ => None,
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
        if let Some(made) = self.weighed.get(&Proposition::Agreed) {
            flags.extend(told_flags(made));
            // Neither a monitor nor the other side says so.
            let sides: BTreeSet<Option<&str>> =
                made.lines.iter().map(|line| line.stance.side()).collect();
            if sides.len() == 1 && !sides.contains(&None) {
                flags.insert(Flag::AnnouncedByOneSide);
            }
        }
        let of_agreement = |proposition: &Proposition| matches!(proposition, Proposition::Stage(_));
        let stages = self.weighed.iter().filter(|(proposition, _)| of_agreement(proposition));
        if stages.into_iter().any(|(_, weighed)| weighed.upheld == Upheld::Disputed) {
            flags.insert(Flag::Disputed);
        }
        if possibly_known(self.scene.items, self.cluster) {
            flags.insert(Flag::PossiblyKnown);
        }
        flags.into_iter().collect()
    }
}

/// The flags the evidence for a proposition raises by itself.
fn told_flags(weighed: &Weighed) -> impl Iterator<Item = Flag> + use<> {
    let mut named = weighed.lines.iter().filter(|line| line.voucher.is_some()).peekable();
    let unseen = named.peek().is_some() && named.all(|line| !line.original_seen);
    [
        (weighed.upheld == Upheld::Disputed, Flag::Disputed),
        (weighed.timing_open, Flag::TimingOpen),
        (unseen, Flag::OriginalNotSeen),
        (weighed.inherited, Flag::VoucherInherited),
    ]
    .into_iter()
    .filter_map(|(raised, flag)| raised.then_some(flag))
}

/// True when a cluster leans on a page without a publication day.
fn possibly_known(items: &[Item<'_>], cluster: &Cluster) -> bool {
    let mut tellings = cluster.tellings.iter();
    tellings.any(|telling| items[telling.item].root.report.known_from().possibly)
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
    let breaches = std::iter::once(cluster).chain(predecessors.iter().copied());
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
            established: None,
            because: weighing.becauses(|proposition| {
                matches!(proposition, Proposition::Agreed | Proposition::Stage(_))
            }),
        },
        parties: weighing.parties(),
        pressure: pressure(&weighing),
        predecessors: predecessors.iter().filter_map(|before| neighbour(scene, before)).collect(),
        breaches: breaches.flat_map(|broken| breaches::verdicts(scene, broken)).collect(),
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
    Some(Summary {
        key: cluster.key.clone(),
        name: agreement.name.clone(),
        place: agreement.place.clone(),
        kind: agreement.kind,
        stage: told(Track::Reported).or_else(|| told(Track::Claimed)),
        concluded: agreement.concluded.clone(),
        terms: cluster.terms.len(),
        reports: weighing.reports(),
        standing: agreement.standing,
        page: weighing.anchor_page(),
    })
}

fn pressure(weighing: &Weighing<'_>) -> Vec<PressureTold> {
    let anchor = weighing.anchor();
    let told = weighing
        .agreement
        .pressure
        .iter()
        .map(|pressure| PressureTold { kind: pressure.kind, quote: anchor.quote(pressure.span) });
    told.collect()
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

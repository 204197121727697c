//! One page with everything in it: a monitor relayed by an outlet that leans to the government, five terms,
//! an unconfirmed claim by nobody named, an older deal said to be broken, and leads in a reader's comment.

use crate::{
    breach::NobodyBecause,
    report::Told,
    rules::{denial::Upheld, grade::Grade, tracks::Track},
    samples::{Page, anonymous, army, ask, date, front, inherited, ledger, monitor, who},
    verdict::{Because, Dossier, Graded, Responsible, TermVerdict},
};
use sulh_model::{
    actor::ActorKind,
    agreement::{Assent, Stage, Standing},
    event::{Aspect, Relation},
    page::BlockKind,
    statement::Factuality,
    term::{Mode, TermId},
    vocabulary::TermKind,
};

const DAY: &str = "2021-02-07";

/// The deal of an invented town, Wadi Nur, as one page tells it.
pub(super) fn page() -> Page {
    let mut page = Page::of("Harbour News", DAY, 1);
    let made = page.said(vec![monitor()], Factuality::Asserted);
    let deal = page.agreement("Wadi Nur understanding", made);
    page.edit(deal, |deal| deal.concluded = date("../2021-02-07"));
    let terms = five_terms(&mut page, deal);
    let claim = vec![anonymous("opposition")];
    let claimed = page.said(claim, Factuality::Unconfirmed);
    page.stage(deal, Stage::InForce, claimed);
    page.implements((terms[3], 1), Aspect::Ongoing, "", claimed);
    let broken = page.said(vec![], Factuality::Asserted);
    let older = page.agreement("2018 Wadi Nur settlement", broken);
    page.edit(older, |older| {
        older.concluded = date("2018");
        older.stage = None;
        older.parties.clear();
    });
    page.event(older, Relation::Violates, "2021-01", broken).actors = vec![front()];
    page.edit(deal, |deal| deal.predecessors = vec![older]);
    let comment = page.nested(&[BlockKind::Comment]);
    let remark = page.statement(comment, vec![], Factuality::Asserted);
    let southern = page.agreement("southern deal", remark);
    page.edit(southern, |southern| southern.standing = Standing::Lead);
    let quoted = page.nested(&[BlockKind::Comment, BlockKind::Quotation]);
    let quoted = page.statement(quoted, vec![monitor()], Factuality::Asserted);
    let arms = page.agreement("military cooperation pact", quoted);
    page.edit(arms, |arms| arms.standing = Standing::OutOfScope);
    page
}

fn five_terms(page: &mut Page, deal: sulh_model::agreement::AgreementId) -> Vec<TermId> {
    let list: [(&[(TermKind, Mode)], bool); 5] = [
        (&[(TermKind::SuspendOperation, Mode::Maintain)], true),
        (&[(TermKind::SettleStatus, Mode::Achieve), (TermKind::JoinForces, Mode::Achieve)], false),
        (&[(TermKind::RelocateFighters, Mode::Achieve)], false),
        (
            &[(TermKind::DeployForces, Mode::Punctual), (TermKind::DeployForces, Mode::Achieve)],
            true,
        ),
        (&[(TermKind::Search, Mode::Achieve)], true),
    ];
    let terms = list.iter().map(|(elements, by_army)| {
        let item = page.nested(&[BlockKind::ListItem]);
        let said = page.statement(item, vec![inherited(monitor())], Factuality::Planned);
        page.term(deal, if *by_army { army() } else { front() }, said, elements)
    });
    let terms: Vec<TermId> = terms.collect();
    page.edit_term(terms[2], |term| {
        term.condition = Some("whoever declines".into());
        term.alternative_of = Some(terms[1]);
    });
    terms
}

fn dossier(told: &[Told]) -> Dossier {
    let ledger = ledger(told);
    let question = ask(DAY, DAY);
    let key = ledger.find("wadi nur", question).unwrap();
    ledger.dossier(&key, question).unwrap()
}

/// `state grade, ...` of the elements of a term on a track.
fn states(term: &TermVerdict, track: Track) -> String {
    let shown = term.elements.iter().map(|element| {
        let Graded { value, upheld } = match track {
            Track::Reported => element.tracks.reported,
            Track::Claimed => element.tracks.claimed,
        };
        format!("{value} {upheld}")
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn check(term: &TermVerdict, reported: &str, claimed: &str, flags: &str) {
    assert_eq!(states(term, Track::Reported), reported, "{}", term.id);
    assert_eq!(states(term, Track::Claimed), claimed, "{}", term.id);
    let raised: Vec<&str> = term.flags.iter().map(|flag| flag.code()).collect();
    assert_eq!(raised.join(" "), flags, "{}", term.id);
    assert_eq!(term.agreed.upheld, Upheld::Supported, "{}", term.id);
    assert_eq!(term.agreed.version, ["Valley Monitor"], "{}", term.id);
}

#[test]
fn the_terms() {
    let dossier = dossier(&[page().told()]);
    let [hold, join, leave, enter, search] = dossier.terms.as_slice() else { panic!() };
    let told = "original_not_seen voucher_inherited";
    let kept = "observance_not_reported original_not_seen voucher_inherited";
    check(hold, "binding supported", "binding supported", kept);
    let pending = "pending supported";
    check(
        join,
        "pending supported, pending supported",
        "pending supported, pending supported",
        told,
    );
    check(leave, "waiting supported", "waiting supported", told);
    check(
        enter,
        "pending supported, pending supported",
        "under_way claimed, pending supported",
        told,
    );
    check(search, pending, pending, told);
    assert_eq!(leave.alternative_of.as_deref(), Some("t2"));
    let whole = (enter.tracks.reported, enter.tracks.claimed);
    assert_eq!(whole.0.value.code(), "pending");
    assert_eq!((whole.1.value.code(), whole.1.upheld), ("under_way", Upheld::Claimed));
}

#[test]
fn the_agreement() {
    let dossier = dossier(&[page().told()]);
    let agreement = &dossier.agreement;
    let stage = &agreement.stage;
    assert_eq!(stage.reported, Graded { value: Some(Stage::Initial), upheld: Upheld::Supported });
    assert_eq!(stage.claimed, Graded { value: Some(Stage::InForce), upheld: Upheld::Claimed });
    let made = &stage.because[0];
    assert_eq!((made.proposition.to_string().as_str(), made.reports), ("agreed", 1));
    assert_eq!((made.lines.len(), made.lines[0].original_seen), (1, false));
    assert!(made.would_change.contains("would make it corroborated"), "{}", made.would_change);
    let assent = Some(Graded { value: Assent::ReportedByOther, upheld: Upheld::Supported });
    assert!(agreement.parties.iter().all(|party| party.assent == assent));
    assert_eq!(agreement.key.as_str().len(), 13);
    assert_eq!((dossier.possibly_known, dossier.recorded_later), (false, 0));
}

#[test]
fn the_older_deal_and_the_leads() {
    let dossier = dossier(&[page().told()]);
    let [older] = dossier.agreement.predecessors.as_slice() else { panic!() };
    assert_eq!(older.name, "2018 Wadi Nur settlement");
    let [breach] = dossier.agreement.breaches.as_slice() else { panic!() };
    assert_eq!(breach.of, older.key);
    assert_eq!(breach.incident.upheld, Upheld::Claimed);
    assert_eq!(breach.incident.lines[0].voucher.as_deref(), Some("Harbour News"));
    let Responsible::Accused(accused) = &breach.responsible else { panic!() };
    let graded = |(who, because): &(_, Because)| {
        let who: &sulh_model::actor::Who = who;
        format!("{} {}", who.name, because.upheld)
    };
    let shown: Vec<String> = accused.iter().map(graded).collect();
    assert_eq!(shown, ["fighters of the ridge claimed"]);
    let leads: Vec<(&str, &str)> =
        dossier.leads.iter().map(|lead| (lead.name.as_str(), lead.standing.code())).collect();
    assert!(leads.contains(&("southern deal", "lead")));
    assert!(leads.contains(&("military cooperation pact", "out_of_scope")));
    assert_eq!(leads.len(), 2);
}

#[test]
fn no_community_is_responsible() {
    let check = |kind, expected| {
        let mut page = Page::of("Coast Wire", DAY, 1);
        let said = page.said(vec![], Factuality::Asserted);
        let deal = page.agreement("Wadi Nur truce", said);
        page.event(deal, Relation::Violates, DAY, said).actors =
            vec![who("the people of the hills", kind, Some("opposition"))];
        let dossier = dossier(&[page.told()]);
        let breach = &dossier.agreement.breaches[0];
        assert_eq!(breach.incident.support, Grade::Supported);
        assert_eq!(breach.responsible, Responsible::Nobody(expected));
    };
    check(Some(ActorKind::Community), NobodyBecause::Community);
    check(Some(ActorKind::Civilians), NobodyBecause::Community);
    check(None, NobodyBecause::KindUnknown);
}

#[test]
fn a_mirror_adds_a_report_and_no_line() {
    let alone = dossier(&[page().told()]);
    let mut mirror = page();
    mirror.report(|report| {
        report.publisher = Some("A Mirror".into());
        report.published = date("2021-02-06");
    });
    let mut both = dossier(&[page().told(), mirror.told()]);
    assert_eq!(both.agreement.reports, 2);
    assert_eq!(both.agreement.stage.because[0].reports, 2);
    assert_eq!(both.agreement.stage.because[0].lines, alone.agreement.stage.because[0].lines);
    assert_eq!(both.terms.len(), alone.terms.len());
    let becauses = both.terms.iter_mut().flat_map(|term| &mut term.because);
    for because in becauses {
        assert_eq!(because.reports, 2);
        because.reports = 1;
    }
    assert_eq!(both.terms, alone.terms);
}

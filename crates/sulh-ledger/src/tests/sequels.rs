//! Takes pages on one agreement that tell what came after, checks what the ledger makes of the whole.
//! Invariant: what one page promises and another tells as done meet only by kind, doer, place and day.

use crate::{
    Ledger,
    report::Told,
    rules::transition::State,
    samples::{Page, army, ask, front, ledger, monitor},
    tests::decisions::deal,
    verdict::{Dossier, Flag, TermVerdict},
};
use sulh_model::{
    actor::{ActorKind, Who},
    agreement::Stage,
    event::{Aspect, Event, Relation},
    place::{Resolution, Where},
    span::Span,
    statement::Factuality,
    term::{Modality, Mode, Quantity},
    vocabulary::{EventKind, TermKind},
};

fn place(name: &str) -> Where {
    Where { name: name.into(), resolution: Resolution::Unknown, span: Span::new(0, 4) }
}

fn count(value: Option<u64>) -> Option<Quantity> {
    Some(Quantity { value, unit: None, wording: "so many".into(), span: Span::new(0, 4) })
}

/// The first page: the army lifts the siege of Tel Safi (t1) and enters it (t2); both hold fire (t3).
fn first() -> Told {
    let mut told = deal(
        ("Coast Wire", "2020-06-03", 1),
        vec![],
        &[TermKind::LiftSiege, TermKind::DeployForces, TermKind::CeaseHostilities],
    );
    told.reading.agreements[0].concluded = crate::samples::date("2020-06-02");
    told.reading.terms[1].elements[0].act = Some(EventKind::Entry);
    told.reading.terms[2].elements[0].mode = Mode::Maintain;
    told.reading.terms[2].modality = Modality::Forbearance;
    told
}

/// Another page that tells one event at Tel Safi and no agreement.
fn event_page(
    (outlet, published, bytes): (&str, &str, u8),
    (kind, happened): (EventKind, &str),
    actors: Vec<Who>,
    edit: impl FnOnce(&mut Event),
) -> Told {
    let mut page = Page::of(outlet, published, bytes);
    let said = page.said(vec![], Factuality::Asserted);
    let lead = page.agreement("another", said);
    let event = page.event(lead, Relation::None, happened, said);
    event.kind = kind;
    event.agreement = None;
    event.actors = actors;
    event.place = Some(place("Tel Safi"));
    edit(event);
    let mut told = page.told();
    told.reading.agreements.clear();
    told
}

fn after(pages: Vec<Told>, day: &str) -> Dossier {
    let mut all = vec![first()];
    all.extend(pages);
    let forth = dossier(&ledger(&all), day);
    all.reverse();
    assert_eq!(dossier(&ledger(&all), day).terms, forth.terms, "the order of arrival tells");
    forth
}

fn dossier(ledger: &Ledger, day: &str) -> Dossier {
    let mut dossiers = ledger.dossiers(ask(day, ""));
    dossiers.retain(|dossier| !dossier.terms.is_empty());
    assert_eq!(dossiers.len(), 1);
    dossiers.remove(0)
}

fn check(term: &TermVerdict, reported: State, flags: &[Flag]) {
    assert_eq!(term.tracks.reported.value, reported, "{}", term.id);
    for flag in flags {
        assert!(term.flags.contains(flag), "{flag} is not among {:?}", term.flags);
    }
}

const fn nothing(_: &mut Event) {}

#[test]
fn an_event_of_another_page_carries_out_what_its_doer_promised_there() {
    let entered = |actors: Vec<Who>, happened: &str| {
        let told = (EventKind::Entry, happened);
        event_page(("Valley Monitor", "2020-06-05", 2), told, actors, nothing)
    };
    let told = after(vec![entered(vec![army()], "2020-06-05")], "2020-06-10");
    check(&told.terms[1], State::Done, &[Flag::LinkedByRule]);
    check(&told.terms[0], State::Pending, &[]);
    // Not the one who promised, nobody named, before the agreement, or nobody knows when.
    for page in [
        entered(vec![front()], "2020-06-05"),
        entered(vec![], "2020-06-05"),
        entered(vec![army()], "2020-05-20"),
        entered(vec![army()], ""),
    ] {
        check(&after(vec![page], "2020-06-10").terms[1], State::Pending, &[]);
    }
}

#[test]
fn what_was_done_can_be_taken_back_and_done_again() {
    let page = |kind, day: &str, bytes| {
        let about = ("Valley Monitor", day, bytes);
        event_page(about, (kind, day), vec![army()], nothing)
    };
    let entered = page(EventKind::Entry, "2020-06-05", 2);
    let left = page(EventKind::Withdrawal, "2020-06-08", 3);
    let again = page(EventKind::Entry, "2020-06-12", 4);
    check(&after(vec![left.clone()], "2020-06-30").terms[1], State::Pending, &[]);
    let told = after(vec![entered.clone(), left.clone()], "2020-06-30");
    check(&told.terms[1], State::UnderWay, &[]);
    check(&after(vec![entered, left, again], "2020-06-30").terms[1], State::Done, &[]);
}

#[test]
fn a_stop_and_a_resumption_are_told_apart_by_their_days() {
    let page = |aspect, day: &str, bytes| {
        let about = ("Valley Monitor", day, bytes);
        let kind = (EventKind::Entry, day);
        event_page(about, kind, vec![army()], |event| event.aspect = aspect)
    };
    let pages = [
        page(Aspect::Ongoing, "2020-06-04", 2),
        page(Aspect::Suspended, "2020-06-05", 3),
        page(Aspect::Resumed, "2020-06-06", 4),
        page(Aspect::Suspended, "2020-06-07", 5),
    ];
    check(&after(pages[..2].to_vec(), "2020-06-30").terms[1], State::Suspended, &[]);
    check(&after(pages[..3].to_vec(), "2020-06-30").terms[1], State::UnderWay, &[]);
    check(&after(pages.to_vec(), "2020-06-30").terms[1], State::Suspended, &[]);
}

#[test]
fn fighting_inside_a_truce_is_an_incident_and_no_breach() {
    let about = ("Valley Monitor", "2020-06-05", 2);
    let shelled = (EventKind::Shelling, "2020-06-05");
    let told = after(vec![event_page(about, shelled, vec![army()], nothing)], "2020-06-10");
    let truce = &told.terms[2];
    check(truce, State::Binding, &[Flag::IncidentsReported]);
    assert_eq!((truce.elements[0].incidents.len(), truce.elements[0].breaches), (1, 0));
    assert_eq!(told.agreement.breaches, []);
    assert!(!told.open.is_empty(), "nobody is asked whether it was a breach");
    // Not yet happened on the day asked of, denied, or between others: no incident and no question.
    let question = |page: Told, day: &str| {
        let told = after(vec![page], day);
        (told.terms[2].elements[0].incidents.len(), told.open.len())
    };
    let shelling = || event_page(about, shelled, vec![army()], nothing);
    let mut early = ask("2020-06-04", "2020-06-10");
    early.recorded_by = None;
    let before = &ledger(&[first(), shelling()]).dossiers(early)[0];
    assert_eq!((before.terms[2].elements[0].incidents.len(), before.open.len()), (0, 0));
    let mut denied = shelling();
    denied.reading.statements[0].factuality = Factuality::Denied;
    assert_eq!(question(denied, "2020-06-10"), (0, 0));
    let clans = crate::samples::who("two clans", Some(ActorKind::Community), None);
    assert_eq!(question(event_page(about, shelled, vec![clans], nothing), "2020-06-10"), (0, 0));
}

#[test]
fn breaches_of_different_days_are_different_and_a_remedy_between_them_is_undone_by_the_second() {
    let mut page = Page::of("Valley Monitor", "2020-06-12", 1);
    let said = page.said(vec![], Factuality::Asserted);
    let deal = page.agreement("the truce", said);
    let truce = page.term(deal, army(), said, &[(TermKind::CeaseHostilities, Mode::Maintain)]);
    let mut tell = |relation, aspect, day: &str| {
        let said = page.said(vec![], Factuality::Asserted);
        let event = page.implements((truce, 1), aspect, day, said);
        event.relation = relation;
    };
    tell(Relation::Violates, Aspect::Completed, "2020-06-04");
    tell(Relation::Implements, Aspect::Resumed, "2020-06-06");
    tell(Relation::Violates, Aspect::Completed, "2020-06-09");
    page.edit(deal, |deal| deal.concluded = crate::samples::date("2020-06-01"));
    let ledger = ledger(&[page.told()]);
    for (day, expected, breaches) in [
        ("2020-06-05", State::Violated, 1),
        ("2020-06-07", State::Binding, 1),
        ("2020-06-10", State::Violated, 2),
    ] {
        let mut question = ask(day, "");
        question.known_by = "2020-06-12".parse().unwrap();
        let told = &ledger.dossiers(question)[0].terms[0];
        assert_eq!(told.tracks.reported.value, expected, "{day}");
        assert_eq!(told.elements[0].breaches, breaches, "{day}");
    }
}

#[test]
fn a_collapse_ends_what_lives_and_nothing_that_was_done() {
    let mut told = first();
    let said = told.reading.statements[0].clone();
    let mut collapse = said.clone();
    collapse.id.0 = 99;
    collapse.happened = crate::samples::date("2020-06-09");
    told.reading.statements.push(collapse.clone());
    told.reading.stages.push(sulh_model::reading::StageTold {
        agreement: told.reading.agreements[0].id,
        stage: Stage::Collapsed,
        span: Span::new(0, 4),
        statement: collapse.id,
    });
    told.report.published = crate::samples::date("2020-06-10");
    let about = ("Valley Monitor", "2020-06-11", 2);
    let entered = event_page(about, (EventKind::Entry, "2020-06-05"), vec![army()], nothing);
    // The page that tells of the deal is of the tenth, so that the entry lies before it was told of.
    let mut before = first();
    before.report.capture = sulh_model::page::CaptureId::from_digest(&[7; 32]);
    let ledger = ledger(&[before, told, entered]);
    let dossier = dossier(&ledger, "2020-06-30");
    check(&dossier.terms[0], State::EndedFailed, &[]);
    check(&dossier.terms[1], State::Done, &[]);
    assert_eq!(dossier.agreement.stage.reported.value, Some(Stage::Collapsed));
}

#[test]
fn a_part_of_what_was_promised_completes_nothing() {
    let released = |value, expected| {
        let mut page = Page::of("Valley Monitor", "2020-06-05", 1);
        let said = page.said(vec![], Factuality::Asserted);
        let deal = page.agreement("the deal", said);
        let elements = [(TermKind::ReleaseDetainees, Mode::Achieve)];
        let term = page.term(deal, army(), said, &elements);
        page.edit_term(term, |term| term.quantity = count(Some(2)));
        let said = page.said(vec![monitor()], Factuality::Asserted);
        page.implements((term, 1), Aspect::Completed, "2020-06-04", said).quantity = value;
        let dossier = &ledger(&[page.told()]).dossiers(ask("2020-06-05", ""))[0];
        check(&dossier.terms[0], expected, &[]);
        assert_eq!(dossier.terms[0].delivered.len(), usize::from(value_is_told(&dossier.terms[0])));
    };
    released(count(Some(1)), State::UnderWay);
    released(count(None), State::UnderWay);
    released(count(Some(2)), State::Done);
    released(None, State::Done);
}

fn value_is_told(term: &TermVerdict) -> bool {
    term.delivered.iter().any(|told| told.voucher.as_deref() == Some("Valley Monitor"))
}

#[test]
fn what_one_page_promises_and_another_excludes_is_disputed_as_told() {
    let kinds = [TermKind::LiftSiege, TermKind::RelocateFighters, TermKind::Search];
    let one = deal(("Coast Wire", "2020-06-03", 1), vec![], &kinds);
    let mut two = deal(("Valley Monitor", "2020-06-04", 2), vec![], &kinds);
    two.reading.terms[1].modality = Modality::Forbearance;
    let dossier = dossier(&ledger(&[one, two]), "2020-06-10");
    let disputed = |term: &TermVerdict| term.flags.contains(&Flag::ContentDisputed);
    let ids: Vec<&str> =
        dossier.terms.iter().filter(|term| disputed(term)).map(|term| term.id.as_str()).collect();
    assert_eq!(ids, ["t2", "t4"]);
    assert_eq!(dossier.terms[1].contradicts, ["t4"]);
    assert_eq!(dossier.terms[0].versions.len(), 2);
}

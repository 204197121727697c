//! Payloads: what goes in comes out; what is no payload is refused.

use super::one_page::page;
use crate::{
    report::Told,
    samples::{date, who},
    stored::{PayloadError, decode, encode},
};
use proptest::prelude::*;
use sulh_model::{
    note::{Note, NoteCode},
    page::{Block, BlockKind},
    place::{GeoPoint, GeoPrecision, KnownPlace, Resolution, Where},
    span::Span,
    statement::Target,
    term::{Dependency, DependencyHow, Quantity, TermId, Voluntariness},
};

/// A report with every optional field filled.
fn rich() -> Told {
    let mut told = page().told();
    let span = Span::new(3, 9);
    let known = KnownPlace {
        geonames: Some(170_000),
        name: "Saada".into(),
        country: "YE".into(),
        within: Some("Saada Governorate".into()),
        point: Some(GeoPoint { latitude: 16.940_210_000_000_1, longitude: 43.763_949_999_999_9 }),
        precision: GeoPrecision::new(1).unwrap(),
    };
    let unknown = Where { name: "the wells".into(), resolution: Resolution::Unknown, span };
    let several = Resolution::Ambiguous(vec![KnownPlace { point: None, ..known.clone() }]);
    let reading = &mut told.reading;
    let one = |resolution| Where { name: "Saada".into(), resolution, span };
    reading.agreements[0].place = Some(one(Resolution::Known(known)));
    let term = &mut reading.terms[1];
    term.place = Some(one(several));
    term.destination = Some(unknown);
    term.beneficiary = Some(who("الأهالي", None, None));
    term.deadline = date("2021-03~");
    term.depends_on = vec![Dependency { term: TermId(1), how: DependencyHow::InExchange }];
    term.voluntariness = Some(Voluntariness::RefusalBased);
    let wording = "two hundred".to_owned();
    term.quantity = Some(Quantity { value: Some(200), unit: Some("men".into()), wording, span });
    reading.statements[0].refers_to = vec![
        Target::Agreement(reading.agreements[0].id),
        Target::Term(TermId(2)),
        Target::Event(reading.events[0].id),
    ];
    reading.notes.push(Note::new(NoteCode::DateAmbiguous, span, ""));
    told.report.url = Some("https://example.org/a?b=\"c\"".into());
    told
}

#[test]
fn a_report_comes_back_as_it_was() {
    let told = rich();
    let payload = encode(&told).unwrap();
    assert_eq!(decode(&payload).unwrap(), told);
    assert_eq!(encode(&decode(&payload).unwrap()).unwrap(), payload);
}

#[test]
fn no_pseudonym_and_no_message_is_kept() {
    let mut block = Block::new(BlockKind::Comment, Span::new(0, 4));
    block.author = Some("c0ffee".into());
    let mut reading = rich().reading;
    reading.notes[0].message = "a quoted name".into();
    let told = Told::new(rich().report, &[block], reading);
    let kept = format!("{told:?}");
    assert!(!kept.contains("c0ffee") && !kept.contains("quoted name"), "{kept}");
}

#[test]
fn what_means_nothing_is_refused() {
    let text = String::from_utf8(encode(&rich()).unwrap()).unwrap();
    let check = |from: &str, to: &str, expected: &str| {
        assert!(text.contains(from), "{from} is not in {text}");
        let said = decode(text.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
        assert!(said.contains(expected), "{from} -> {to}: {said}");
    };
    check("sulh.entry/1", "sulh.entry/2", "use a newer program");
    check("\"asserted\"", "\"certain\"", "`certain` is no Factuality");
    check("[3,9]", "[9,3]", "`9..3` is no span");
    check("\"2021-03~\"", "\"2021-33\"", "is no EDTF expression");
    check("\"statement\":2", "\"statement\":77", "`s77` is no statement");
    check("\"predecessors\":[2]", "\"predecessors\":[9]", "`a9` is no agreement");
    check("\"precision\":1", "\"precision\":8", "`8` is no geo-precision");
    check("\"text\":\"sha256:f", "\"text\":\"sha256:g", "is no SHA-256");
    check("\"parent\":null", "\"parent\":0", "`0` is no earlier block");
    check("\"language\"", "\"lanquage\"", "unknown field");
    assert!(matches!(decode(b"\xff"), Err(PayloadError::Json(_))));
}

#[test]
fn a_reading_that_points_at_nothing_never_reaches_the_log() {
    let mut told = rich();
    told.reading.terms[0].elements.clear();
    let said = encode(&told).unwrap_err().to_string();
    assert!(said.contains("`t1` is no term with an element"), "{said}");
}

proptest! {
    #[test]
    fn no_bytes_can_make_it_panic(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        let mut payload = encode(&rich()).unwrap();
        let at = at % payload.len();
        payload[at] = byte;
        payload.truncate(payload.len() - cut % 40);
        if let Ok(told) = decode(&payload) {
            prop_assert_eq!(decode(&encode(&told).unwrap()).unwrap(), told);
        }
    }
}

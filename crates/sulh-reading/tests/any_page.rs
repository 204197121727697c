//! Takes any page at all, gives whether its reading holds its promises.
//! Invariant: no panic; every span fits the text; every id points at something; every statement has words.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use std::sync::OnceLock;
use sulh_model::edtf::Edtf;
use sulh_model::note::NoteCode;
use sulh_model::page::{Page, PageAbout};
use sulh_model::reading::Reading;
use sulh_model::span::Span;
use sulh_model::statement::Target;
use sulh_model::time::UncertainDate;
use sulh_page::Capture;
use sulh_reading::Reader;

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::shipped().unwrap())
}

fn page(bytes: &[u8], dated: bool) -> Page {
    let day = || UncertainDate::given(Edtf::parse("2021-06-15").unwrap(), "2021-06-15");
    let about = PageAbout {
        source: "test".to_owned(),
        url: None,
        title: None,
        publisher: Some("South Front".to_owned()),
        published: dated.then(day),
    };
    sulh_page::split(&Capture {
        bytes,
        about,
        transport: Default::default(),
        pseudonym_key: &[7; 32],
    })
}

fn check(page: &Page, reading: &Reading) {
    let fits = |span: Span| assert!(span.fits(&page.text), "{span}");
    for statement in &reading.statements {
        assert!(statement.content().is_some_and(|span| !span.is_empty()));
        assert!(page.block(statement.block).is_some());
        statement.spans.iter().for_each(|part| fits(part.span));
        statement.attribution.iter().filter_map(|holder| holder.span).for_each(fits);
        for target in &statement.refers_to {
            assert!(match target {
                Target::Event(id) => reading.event(*id).is_some(),
                Target::Term(id) => reading.term(*id).is_some(),
                Target::Agreement(id) => reading.agreement(*id).is_some(),
            });
        }
    }
    for agreement in &reading.agreements {
        fits(agreement.span);
        assert!(!agreement.statements.is_empty());
        assert!(agreement.statements.iter().all(|id| reading.statement(*id).is_some()));
        assert!(
            agreement
                .predecessors
                .iter()
                .all(|id| *id != agreement.id && reading.agreement(*id).is_some())
        );
    }
    for term in &reading.terms {
        assert!(reading.agreement(term.agreement).is_some());
        assert!(reading.statement(term.statement).is_some());
        assert!(!term.elements.is_empty() && term.ordinal >= 1);
        term.elements.iter().for_each(|element| fits(element.span));
        assert!(
            term.alternative_of
                .is_none_or(|other| other != term.id && reading.term(other).is_some())
        );
        assert!(
            term.depends_on
                .iter()
                .all(|other| other.term != term.id && reading.term(other.term).is_some())
        );
    }
    for event in &reading.events {
        fits(event.span);
        assert!(reading.statement(event.statement).is_some());
        assert!(event.element.is_none_or(|element| Some(element.term) == event.term));
    }
    reading.notes.iter().for_each(|note| fits(note.span));
}

fn read(bytes: &[u8], dated: bool) {
    let page = page(bytes, dated);
    check(&page, &reader().read(&page));
}

/// A headline stands before the body but is read after it.
#[test]
fn a_headline_that_names_a_deal_the_body_calls_out_of_scope() {
    let text = "# The agreement\n\nThe two capitals signed a trade agreement in May. It will help both.\nThe agreement is old.\n";
    read(text.as_bytes(), true);
    let html = "<h1>The agreement holds</h1><article><p>The two capitals signed a trade agreement in May, and it \
                will help traders on both sides of the border.</p></article>";
    read(html.as_bytes(), true);
}

#[test]
fn odd_pages() {
    let deep = "<div>".repeat(2_000);
    let long = "Under the deal the army will leave, ".repeat(3_000);
    for bytes in [
        &b""[..],
        b"\xff\xfe\x00",
        b"The deal: - \n- \n- the\n",
        "اتفاق بين الجيش والأهالي في كناكر".as_bytes(),
        deep.as_bytes(),
        long.as_bytes(),
        b"Under the agreement, the following terms will be implemented:",
        b"The agreement will be the agreement that is the agreement.",
        b"He said she said they said it said that that was that.",
    ] {
        read(bytes, true);
        read(bytes, false);
    }
}

#[test]
fn a_sentence_longer_than_is_read_at_once_says_so() {
    let cut = |text: &str| {
        let page = page(text.as_bytes(), true);
        let reading = reader().read(&page);
        check(&page, &reading);
        reading.notes.iter().filter(|note| note.code == NoteCode::SentenceCut).count()
    };
    let long = "the army said that it will leave the town ".repeat(200);
    assert!((1..=3).contains(&cut(&long)));
    assert_eq!(cut(&long.replace("town ", "town. ")), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes, true);
    }

    #[test]
    fn words_of_the_trade_in_any_order(words in proptest::collection::vec(proptest::sample::select(vec![
        "the", "an", "army", "rebels", "Houthis", "SOHR", "said", "reported", "claimed", "denied", "will", "agreement",
        "deal", "2016", "previous", "new", "reached", "signed", "under", "terms", "following", ":", "\n- ", ";", ".", ",",
        "release", "detainees", "withdraw", "from", "Homs", "Marib", "if", "who", "refuse", "to", "leave", "and", "not",
        "violating", "accused", "of", "in exchange for", "on", "October 3", "last month", "after", "meeting", "between",
        "elders", "this", "is", "yet to be confirmed", "was", "is being", "implemented", "“", "”", "nobody", "may",
    ]), 0..60), dated: bool) {
        read(words.join(" ").as_bytes(), dated);
    }
}

//! Takes the examples inside the rule and word files that are no frames, gives whether reading still does what
//! they say.
//! Invariant: every such file has examples that must hold and counter-examples that must not.

use crate::Reader;
use crate::rules::{lexicon, rule};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sulh_model::edtf::Edtf;
use sulh_model::imprint::Imprint;
use sulh_model::page::{Block, BlockKind, CaptureId, Page, PageAbout};
use sulh_model::reading::Reading;
use sulh_model::span::Span;
use sulh_model::time::UncertainDate;
use sulh_syntax::Depth;

#[derive(Deserialize)]
struct File<T> {
    examples: Vec<T>,
    counter_examples: Vec<T>,
}

/// The examples of a file, each with whether it must hold.
fn examples<T: DeserializeOwned>(file: File<T>) -> Vec<(T, bool)> {
    assert!(!file.examples.is_empty() && !file.counter_examples.is_empty());
    let must_not = file.counter_examples.into_iter().map(|example| (example, false));
    file.examples.into_iter().map(|example| (example, true)).chain(must_not).collect()
}

pub(crate) fn page(text: &str) -> Page {
    let published = Edtf::parse("2021-06-15").unwrap();
    Page {
        id: CaptureId::from_digest(&[0; 32]),
        about: PageAbout {
            source: "example".to_owned(),
            url: None,
            title: None,
            publisher: None,
            published: Some(UncertainDate::given(published, "2021-06-15")),
        },
        imprint: Imprint::silent(),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        blocks: vec![Block::new(BlockKind::Paragraph, Span::new(0, text.len()))],
        origins: sulh_model::origin::Origins::default(),
        notes: Vec::new(),
    }
}

fn read(text: &str) -> Reading {
    Reader::shipped().unwrap().read(&page(text))
}

#[derive(Deserialize)]
struct HolderExample {
    text: String,
    kind: String,
    side: Option<String>,
    named: bool,
}

#[test]
fn holders_are_described_by_their_words() {
    for (example, must) in
        examples(rule::<File<HolderExample>>("attribution/holders.toml").unwrap())
    {
        let reading = read(&format!("{} said that the road was open.", example.text));
        let holder = reading.statements[0].attribution.last().unwrap();
        let as_told = holder.kind.code() == example.kind
            && holder.side == example.side
            && holder.named == example.named;
        assert_eq!(as_told, must, "\"{}\" is read as {holder:?}", example.text);
    }
}

#[derive(Deserialize)]
struct FactualityExample {
    text: String,
    factuality: String,
}

#[test]
fn words_of_saying_and_of_doubt_make_a_statement_as_sure_as_they_are() {
    for file in ["factuality/cues.toml", "factuality/hedges.toml"] {
        for (example, must) in examples(rule::<File<FactualityExample>>(file).unwrap()) {
            let reading = read(&example.text);
            let factuality = reading.statements[0].factuality.code();
            assert_eq!(
                factuality == example.factuality,
                must,
                "{file}: \"{}\" is {factuality}",
                example.text
            );
        }
    }
}

#[derive(Deserialize)]
struct EventExample {
    text: String,
    events: Vec<String>,
}

#[test]
fn an_act_happened_only_where_what_governs_it_says_so() {
    for (example, must) in
        examples(rule::<File<EventExample>>("factuality/governors.toml").unwrap())
    {
        let events: Vec<String> = read(&example.text)
            .events
            .iter()
            .filter(|event| event.aspect != sulh_model::event::Aspect::Prospective)
            .map(|event| format!("{} {}", event.kind, event.aspect))
            .collect();
        assert_eq!(events == example.events, must, "\"{}\" tells {events:?}", example.text);
    }
}

#[derive(Deserialize)]
struct QuantityExample {
    text: String,
    quantity: Option<String>,
}

#[test]
fn words_that_count_give_a_number_or_none_and_what_is_counted() {
    let file: File<QuantityExample> = lexicon("quantities.toml").unwrap();
    assert!(!file.examples.is_empty() && !file.counter_examples.is_empty());
    for example in file.examples.iter().chain(&file.counter_examples) {
        let told = read(&example.text).events.first().and_then(|event| event.quantity.clone());
        let told = told.map(|quantity| {
            let value = quantity.value.map_or("-".to_owned(), |value| value.to_string());
            let unit = quantity.unit.unwrap_or("-".to_owned());
            format!("{value} {unit}: {}", quantity.wording)
        });
        assert_eq!(told, example.quantity, "\"{}\"", example.text);
    }
}

#[derive(Deserialize)]
struct DealExample {
    text: String,
    #[serde(default)]
    agreements: Vec<String>,
}

#[test]
fn deals_are_named_qualified_and_placed_in_scope_by_their_words() {
    let file: File<DealExample> = rule("agreements/deals.toml").unwrap();
    assert!(!file.examples.is_empty() && !file.counter_examples.is_empty());
    for example in file.examples.iter().chain(&file.counter_examples) {
        let agreements: Vec<String> = read(&example.text)
            .agreements
            .iter()
            .map(|agreement| {
                let name = agreement.name.split(" (").next().unwrap_or("");
                let stage = agreement.stage.map_or("-", |stage| stage.code());
                let new = if agreement.told_as_new { " | new" } else { "" };
                format!("{name} | {} | {stage} | {}{new}", agreement.kind, agreement.standing)
            })
            .collect();
        assert_eq!(agreements, example.agreements, "\"{}\"", example.text);
    }
}

#[derive(Deserialize)]
struct ConditionExample {
    text: String,
    condition: Option<String>,
}

fn uncapitalised(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(at, c)| if at == 0 { c.to_ascii_lowercase() } else { c })
        .collect()
}

#[test]
fn conditions_are_the_words_that_state_them() {
    let file: File<ConditionExample> = rule("conditions/conditions.toml").unwrap();
    assert!(!file.examples.is_empty() && !file.counter_examples.is_empty());
    for example in file.examples.iter().chain(&file.counter_examples) {
        let reading = read(&format!(
            "The two sides signed a deal in Nawa. Under the deal, {}",
            uncapitalised(&example.text)
        ));
        let condition = reading.terms.first().and_then(|term| term.condition.clone());
        let folded = |words: &Option<String>| words.as_ref().map(|words| words.to_lowercase());
        assert!(!reading.terms.is_empty(), "\"{}\" gives no term", example.text);
        assert_eq!(folded(&condition), folded(&example.condition), "\"{}\"", example.text);
    }
}

#[derive(Deserialize)]
struct ActorExample {
    text: String,
    kind: Option<String>,
    side: Option<String>,
}

#[test]
fn nouns_say_what_kind_of_actor_is_meant() {
    let reader = Reader::shipped().unwrap();
    for (example, must) in examples(lexicon::<File<ActorExample>>("generic_actors.toml").unwrap()) {
        let sentence =
            reader.analyzer.analyze(&example.text, Span::new(0, example.text.len())).remove(0);
        let scene = crate::scene::Scene::new(
            &example.text,
            sulh_model::page::BlockId(0),
            sentence,
            &reader.names,
            &reader.classes,
            Vec::new(),
            Vec::new(),
        );
        let subject = scene.sentence.clauses[0].subject.clone().unwrap();
        assert_eq!(reader.names.is_actor(&scene, &subject), must, "\"{}\"", example.text);
        if must {
            let who = reader.names.who(&scene, &subject);
            assert_eq!(
                who.kind.map(|kind| kind.code().to_owned()),
                example.kind,
                "\"{}\"",
                example.text
            );
            assert_eq!(who.side, example.side, "\"{}\"", example.text);
        }
    }
}

#[derive(Deserialize)]
struct PlaceExample {
    text: String,
    #[serde(default)]
    places: Vec<String>,
}

#[test]
fn places_are_known_by_the_words_around_them() {
    let reader = Reader::shipped().unwrap();
    let file: File<PlaceExample> = lexicon("place_words.toml").unwrap();
    assert!(!file.examples.is_empty() && !file.counter_examples.is_empty());
    for example in file.examples.iter().chain(&file.counter_examples) {
        let page = page(&example.text);
        let telling = reader.tell(&page, &crate::passage::passages(&page), &|_| Depth::Both);
        let places: Vec<&str> = telling
            .told
            .iter()
            .flat_map(|told| told.scene.places.iter().map(|mention| mention.place.name.as_str()))
            .collect();
        assert_eq!(places, example.places, "\"{}\"", example.text);
    }
}

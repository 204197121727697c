//! Takes the examples of every frame file, gives what the frames make of them.
//! Invariant: an example has a clause of its file's kind, a counter-example has none.

use crate::actors::ActorNames;
use crate::classes::Classes;
use crate::frames::Frames;
use crate::places::Gazetteer;
use crate::scene::Scene;
use sulh_model::page::BlockId;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Depth};

/// Everything a sentence needs to become clauses with kinds.
struct Reader {
    analyzer: Analyzer,
    names: ActorNames,
    classes: Classes,
    gazetteer: Gazetteer,
}

impl Reader {
    fn shipped() -> Self {
        Self {
            analyzer: Analyzer::shipped(Depth::Both).unwrap(),
            names: ActorNames::shipped().unwrap(),
            classes: Classes::shipped().unwrap(),
            gazetteer: Gazetteer::shipped().unwrap(),
        }
    }

    /// The clauses of a text, each as its verb and the kind the frames give it.
    fn kinds(&self, frames: &Frames, text: &str) -> Vec<(String, Option<String>)> {
        let whole = Span::new(0, text.len());
        let mut kinds = Vec::new();
        for sentence in self.analyzer.analyze(text, whole) {
            let actors = self.names.mentions(text, &sentence);
            let spans: Vec<Span> = actors
                .iter()
                .map(|mention| {
                    sentence.tokens[mention.words.0]
                        .span
                        .cover(sentence.tokens[mention.words.1].span)
                })
                .collect();
            let is_actor = |span: Span| spans.iter().any(|actor| actor.contains(span));
            let places = self.gazetteer.mentions(text, &sentence, is_actor);
            let scene = Scene::new(
                text,
                BlockId(0),
                sentence,
                &self.names,
                &self.classes,
                places,
                Vec::new(),
            );
            kinds.extend(scene.sentence.clauses.iter().map(|clause| {
                let kind = frames.classify(&scene, clause).map(|fit| fit.file.kind.clone());
                (clause.predicate.lemma.clone(), kind)
            }));
        }
        kinds
    }
}

/// Every example and counter-example of a folder that is read otherwise than its file says.
fn check(folder: &str, codes: &[&str]) {
    let reader = Reader::shipped();
    let frames = Frames::shipped(folder, &reader.classes).unwrap();
    let mut failures = Vec::new();
    for file in frames.files() {
        let code = file.name.trim_start_matches(folder).trim_matches('/').trim_end_matches(".toml");
        if code != file.kind || !codes.contains(&code) {
            failures.push(format!("{}: its kind is `{}`", file.name, file.kind));
        }
        let cases = file.examples.iter().map(|text| (text, true));
        for (text, wanted) in cases.chain(file.counter_examples.iter().map(|text| (text, false))) {
            let kinds = reader.kinds(&frames, text);
            if kinds.iter().any(|(_, kind)| kind.as_ref() == Some(&file.kind)) != wanted {
                let should = if wanted { "should be" } else { "should not be" };
                let found: Vec<String> = kinds
                    .iter()
                    .map(|(verb, kind)| {
                        format!("{verb} = {}", kind.as_deref().unwrap_or("nothing"))
                    })
                    .collect();
                failures.push(format!(
                    "{} {should} of this kind: {text}\n    {}",
                    file.name,
                    found.join(", ")
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn terms_are_read_as_their_examples_say() {
    let codes: Vec<&str> =
        sulh_model::vocabulary::TermKind::ALL.iter().map(|kind| kind.code()).collect();
    check("terms", &codes);
}

#[test]
fn elements_name_the_events_that_carry_them_out() {
    let links = sulh_model::links::Links::shipped().unwrap();
    let reader = Reader::shipped();
    let frames = Frames::shipped("terms", &reader.classes).unwrap();
    for file in frames.files() {
        for act in file.acts() {
            let kind = sulh_model::vocabulary::TermKind::from_code(&file.kind).unwrap();
            assert!(links.performs(act, kind), "{act} does not carry out {kind}");
        }
    }
    let check = |text: &str, expected: &[&str]| {
        let page = crate::word_examples::page(&format!("The two sides signed a deal. {text}"));
        let reading = crate::Reader::shipped().unwrap().read(&page);
        let elements = reading.terms.iter().flat_map(|term| &term.elements);
        let acts: Vec<&str> =
            elements.map(|element| element.act.map_or("-", |act| act.code())).collect();
        assert_eq!(acts, expected, "{text}");
    };
    check(
        "Under the deal, the army will enter the town and set up posts.",
        &["entry", "deployment"],
    );
    check("Under the deal, the army will withdraw from the port.", &["withdrawal"]);
    check("Under the deal, the army will not enter the town.", &["-"]);
    check("Under the deal, fighters will settle their status.", &["-"]);
}

#[test]
fn events_are_read_as_their_examples_say() {
    let codes: Vec<&str> =
        sulh_model::vocabulary::EventKind::ALL.iter().map(|kind| kind.code()).collect();
    check("events", &codes);
}

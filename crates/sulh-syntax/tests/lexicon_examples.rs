//! Takes the examples inside lexicons/syntax/*.toml, gives whether the analysis still finds what they say.
//! Invariant: every file has an example that must hold and one that must not; all failures are named at once.

use serde::Deserialize;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, ClauseRole, Depth, Phrase, Sentence};

#[derive(Deserialize)]
struct File {
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    verbs: Option<Vec<String>>,
    nominals: Option<Vec<String>>,
    sentences: Option<usize>,
    reports: Option<Vec<String>>,
    roles: Option<Vec<String>>,
}

fn lemmas(sentences: &[Sentence], nominal: bool) -> Vec<String> {
    sentences
        .iter()
        .flat_map(|sentence| &sentence.clauses)
        .filter(|clause| (clause.role == ClauseRole::Nominal) == nominal)
        .map(|clause| clause.predicate.lemma.clone())
        .collect()
}

/// The verbs with what their clauses are.
fn roles(sentences: &[Sentence]) -> Vec<String> {
    let clauses = sentences.iter().flat_map(|sentence| &sentence.clauses);
    clauses
        .filter(|clause| clause.role != ClauseRole::Nominal)
        .map(|clause| format!("{} {:?}", clause.predicate.lemma, clause.role))
        .collect()
}

/// `source | cue | content`, as the page writes them.
fn reports(text: &str, sentences: &[Sentence]) -> Vec<String> {
    sentences
        .iter()
        .flat_map(|sentence| &sentence.reports)
        .map(|report| {
            let source =
                report.source.as_ref().map_or("", |source| Phrase::own_span(source).of(text));
            let content: Vec<&str> = report.content.iter().map(|span| span.of(text)).collect();
            format!("{source} | {} | {}", report.cue.of(text), content.join(" ")).trim().to_owned()
        })
        .collect()
}

fn failures(file: &str, example: &Example, analyzer: &Analyzer) -> Vec<String> {
    let text = example.text.as_str();
    let sentences = analyzer.analyze(text, Span::new(0, text.len()));
    let mut failures = Vec::new();
    let mut check = |what: &str, wanted: &Option<Vec<String>>, got: Vec<String>| {
        if wanted.as_ref().is_some_and(|wanted| *wanted != got) {
            failures.push(format!("{file}: \"{text}\": {what} {got:?}, wanted {wanted:?}"));
        }
    };
    check("verbs", &example.verbs, lemmas(&sentences, false));
    check("nominals", &example.nominals, lemmas(&sentences, true));
    check("roles", &example.roles, roles(&sentences));
    check("reports", &example.reports, reports(text, &sentences));
    let count = example.sentences.map(|count| vec![count.to_string()]);
    check("sentences", &count, vec![sentences.len().to_string()]);
    failures
}

#[test]
fn every_word_list_does_what_its_examples_say() {
    let analyzer = Analyzer::shipped(Depth::Both).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicons/syntax");
    let mut failed = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        files += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file: File = toml::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!file.examples.is_empty() && !file.counter_examples.is_empty(), "{name}");
        for example in file.examples.iter().chain(&file.counter_examples) {
            failed.extend(failures(&name, example, &analyzer));
        }
    }
    assert!(files >= 5, "only {files} word lists found in {folder}");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

//! Takes reports and treebanks, checks what `sulh parse` and `sulh score` print of them, and what they refuse.
//! Invariant: a model that is missing or damaged is one sentence naming its place, and nothing is parsed without it.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Desk, REPORT};

/// Form, head, relation, `Span=` and `Sure=` of each word that is printed.
fn words(out: &str) -> Vec<[String; 5]> {
    let rows = out.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    rows.filter(|row| !row.split('\t').next().unwrap().contains('-'))
        .map(|row| {
            let columns: Vec<&str> = row.split('\t').collect();
            let entry = |name: &str| {
                let found = columns[9].split('|').find_map(|entry| entry.strip_prefix(name));
                found.unwrap_or_default().to_owned()
            };
            [
                columns[1].into(),
                columns[6].into(),
                columns[7].into(),
                entry("Span="),
                entry("Sure="),
            ]
        })
        .collect()
}

#[test]
fn every_word_carries_its_bytes_and_how_sure_its_place_is() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    let told = desk.run(&["read", "--json", "a.txt"]).good().out;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let text = told["page"]["text"].as_str().unwrap();
    for arguments in [["parse", "a.txt"].as_slice(), &["parse", "--fast", "a.txt"]] {
        let found = words(&desk.run(arguments).good().out);
        assert!(found.len() > 20, "{found:?}");
        for [form, .., span, sure] in &found {
            let (start, end) = span.split_once(':').unwrap();
            let place = start.parse::<usize>().unwrap()..end.parse().unwrap();
            assert_eq!(&text[place], form);
            assert!(sure.parse::<u8>().unwrap() <= 100);
        }
    }
}

#[test]
fn who_denies_what_is_in_the_tree() {
    let desk = Desk::new();
    desk.write("a.txt", "The rebels denied that they had shelled the market.");
    let found = words(&desk.run(&["parse", "a.txt"]).good().out);
    let arcs: Vec<String> = found
        .iter()
        .map(|[form, head, relation, ..]| format!("{form}<{head}:{relation}"))
        .collect();
    for arc in ["rebels<3:nsubj", "denied<0:root", "shelled<3:ccomp", "market<7:obj"] {
        assert!(arcs.iter().any(|found| found == arc), "{arc}: {arcs:?}");
    }
}

#[test]
fn without_its_models_nothing_is_parsed() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    let missing = desk.run(&["parse", "a.txt", "--models", "nowhere"]);
    missing.fails(&["linear.sulh: the model cannot be read"]);
    desk.write("bad/linear.sulh", "no model at all");
    let damaged = desk.run(&["parse", "--fast", "a.txt", "--models", "bad"]);
    damaged.fails(&["sulh: bad: this is no file of the linear model"]);
    assert_eq!(missing.out + &damaged.out, "");
}

#[test]
fn a_page_without_words_is_noted() {
    let desk = Desk::new();
    desk.write("empty.txt", " \n");
    let none = desk.run(&["parse", "empty.txt"]);
    none.fails(&["empty.txt: holds no text"]);
    assert_eq!(none.out, "");
}

#[test]
fn a_treebank_is_scored_and_a_broken_one_named_with_its_line() {
    let desk = Desk::new();
    let row = |at: usize, form: &str, lemma: &str, tags: &str, head: usize, relation: &str| {
        format!("{at}\t{form}\t{lemma}\t{tags}\t_\t{head}\t{relation}\t_\t_\n")
    };
    let tree = [
        row(1, "The", "the", "DET\tDT", 2, "det"),
        row(2, "elders", "elder", "NOUN\tNNS", 3, "nsubj"),
        row(3, "signed", "sign", "VERB\tVBD", 0, "root"),
    ]
    .concat();
    desk.write("good/a-test.conllu", format!("# text = The elders signed\n{tree}\n"));
    desk.write("good/a-train.conllu", "what was learned from is not even opened");
    let figures = desk.run(&["score", "syntax", "--data", "good"]).good().out;
    let las = figures.lines().find(|line| line.starts_with("a-test/words/both/las ")).unwrap();
    assert_eq!(las.split_whitespace().last(), Some("100.00"));
    desk.write("bad/b-test.conllu", "# text = The\n1\tThe\tthe\tDET\tDT\t_\t7\tdet\t_\t_\n\n");
    desk.run(&["score", "syntax", "--data", "bad"]).fails(&["b-test.conllu", "line"]);
    desk.run(&["score", "syntax", "--data", "."]).fails(&["holds no treebank to measure on"]);
}

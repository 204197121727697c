//! Takes a file of sentences as CoNLL-U, or of plain text, gives their clauses and reports, to be read through by eye.
//! `cargo run -p sulh-syntax --example frames -- FILE.conllu [WORD]...`: only sentences that hold one of the words.
//! Invariant: changes nothing.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a program for the eye")]

use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Clause, Depth, Parse, Phrase, Sentence, conllu};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a CoNLL-U file");
    let wanted: Vec<String> = arguments.collect();
    let text = std::fs::read_to_string(&file).expect("the file can be read");
    let analyzer = Analyzer::shipped(Depth::Both).expect("the word lists can be read");
    if !file.ends_with(".conllu") {
        for sentence in analyzer.analyze(&text, Span::new(0, text.len())) {
            println!("\n# {}", sentence.span.of(&text));
            print(&text, &sentence);
        }
        return;
    }
    for sentence in conllu::read(&text).expect("the file is CoNLL-U") {
        let text = sentence.text.as_str();
        if !wanted.is_empty() && !wanted.iter().any(|word| text.contains(word.as_str())) {
            continue;
        }
        let words = sentence.spans();
        let lemmas: Vec<String> = sentence.words.iter().map(|word| word.lemma.clone()).collect();
        let tree = sentence.tree().expect("a tree");
        let certainty = vec![1.0; words.len()];
        let parse = Parse { words: &words, lemmas: &lemmas, tree: &tree, certainty: &certainty };
        let read = analyzer.of_parse(text, Span::new(0, text.len()), parse);
        println!("\n# {text}");
        print(text, &read);
    }
}

fn print(text: &str, sentence: &Sentence) {
    for (at, clause) in sentence.clauses.iter().enumerate() {
        println!("  {at} {}", shown(text, clause, sentence));
    }
    for report in &sentence.reports {
        let content: Vec<&str> = report.content.iter().map(|span| span.of(text)).collect();
        let source = report.source.as_ref().map_or("-".to_owned(), |source| phrase(text, source));
        let negated = if report.cue_negated { "not " } else { "" };
        println!(
            "  => {source} | {negated}{} {:?} | {}",
            report.cue_lemma,
            report.position,
            content.join(" // ")
        );
    }
}

fn shown(text: &str, clause: &Clause, sentence: &Sentence) -> String {
    let p = &clause.predicate;
    let mut line = format!("{:?}", clause.role);
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            line.push_str(&format!(" {name}={value}"));
        }
    };
    add("^", clause.parent.map(|at| at.to_string()));
    add("&", clause.joined_to.map(|at| at.to_string()));
    add("of", clause.describes.map(|at| sentence.tokens[at].lemma.clone()));
    add("mark", clause.mark.clone());
    add("", Some(format!("[{}]", p.lemma.to_uppercase())));
    add(
        "",
        Some(format!(
            "{:?}{}{}{}",
            p.tense,
            if p.perfect { "+perf" } else { "" },
            if p.progressive { "+prog" } else { "" },
            if p.passive { "+pass" } else { "" }
        )),
    );
    add("modal", p.modal.clone());
    add("neg", p.negation.map(|span| span.of(text).to_owned()));
    let shared = if clause.shared_subject { "subj*" } else { "subj" };
    add(shared, clause.subject.as_ref().map(|x| phrase(text, x)));
    add("obj", clause.object.as_ref().map(|x| phrase(text, x)));
    add("iobj", clause.indirect_object.as_ref().map(|x| phrase(text, x)));
    add("agent", clause.agent.as_ref().map(|x| phrase(text, x)));
    for oblique in &clause.obliques {
        add("obl", Some(format!("{}:{}", oblique.case, phrase(text, &oblique.phrase))));
    }
    add("attr", clause.attribute.map(|at| sentence.tokens[at].lemma.clone()));
    format!("{line}   «{}»", clause.span.of(text))
}

fn phrase(text: &str, shown: &Phrase) -> String {
    let mut line = format!("({}", shown.span.of(text));
    for modifier in &shown.modifiers {
        line.push_str(&format!(" {}{}", modifier.case, phrase(text, &modifier.phrase)));
    }
    for other in &shown.conjuncts {
        line.push_str(&format!(" +{}", phrase(text, other)));
    }
    for other in &shown.appositions {
        line.push_str(&format!(" ={}", phrase(text, other)));
    }
    line + ")"
}

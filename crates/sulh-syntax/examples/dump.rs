//! Takes text on standard input, gives its clauses and reports as the analyser sees them.
//! Invariant: a tool for people who write rules; it changes nothing.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Clause, Phrase};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let analyzer = Analyzer::shipped()?;
    let text = std::io::read_to_string(std::io::stdin())?;
    for sentence in analyzer.analyze(&text, Span::new(0, text.len())) {
        println!("# {}", sentence.span.of(&text));
        let tags = sentence.tokens.iter().map(|token| {
            let form = token.verb_form.map(|form| format!(".{form:?}")).unwrap_or_default();
            format!("{}/{:?}{form}", token.form(&text), token.upos)
        });
        println!("  {}", tags.collect::<Vec<_>>().join(" "));
        for (at, clause) in sentence.clauses.iter().enumerate() {
            println!("  [{at}] {}", describe(clause, &text));
        }
        for report in &sentence.reports {
            let content: Vec<&str> = report.content.iter().map(|span| span.of(&text)).collect();
            let source = report.source.as_ref().map(|source| source.own_span().of(&text));
            println!("  {:?}: {source:?} {:?} {content:?}", report.position, report.cue.of(&text));
        }
    }
    Ok(())
}

fn describe(clause: &Clause, text: &str) -> String {
    let words = |phrase: &Option<Phrase>| {
        phrase.as_ref().map_or("-", |phrase| phrase.full_span().of(text)).to_owned()
    };
    let predicate = &clause.predicate;
    let obliques = clause
        .obliques
        .iter()
        .map(|oblique| format!("{}<{}>", oblique.case, oblique.phrase.full_span().of(text)));
    format!(
        "{:?} of {:?}, joined to {:?}: {} {:?}{}{}{} modal {:?} negated {} | subject {} | object {} | to {} | by {} | {} | mark {:?}",
        clause.role,
        clause.parent,
        clause.joined_to,
        predicate.lemma,
        predicate.tense,
        if predicate.perfect { " perfect" } else { "" },
        if predicate.progressive { " progressive" } else { "" },
        if predicate.passive { " passive" } else { "" },
        predicate.modal,
        predicate.negation.is_some(),
        words(&clause.subject),
        words(&clause.object),
        words(&clause.indirect_object),
        words(&clause.agent),
        obliques.collect::<Vec<_>>().join(" "),
        clause.mark
    )
}

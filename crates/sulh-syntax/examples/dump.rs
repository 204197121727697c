fn main() {
    let a = sulh_syntax::Analyzer::shipped().unwrap();
    let text = std::io::read_to_string(std::io::stdin()).unwrap();
    for s in a.analyze(&text, sulh_model::span::Span::new(0, text.len())) {
        println!("# {}", s.span.of(&text));
        println!(
            "  {}",
            s.tokens
                .iter()
                .map(|t| format!(
                    "{}/{:?}{}",
                    t.form(&text),
                    t.upos,
                    t.verb_form.map(|f| format!(".{f:?}")).unwrap_or_default()
                ))
                .collect::<Vec<_>>()
                .join(" ")
        );
        for (i, c) in s.clauses.iter().enumerate() {
            let f = |p: &Option<sulh_syntax::Phrase>| {
                p.as_ref().map(|p| p.full_span().of(&text).to_owned()).unwrap_or("-".into())
            };
            println!(
                "  [{i}] {:?} p={:?} j={:?} {} {:?} {}{}{} m={:?} neg={} | S={} | O={} | IO={} | A={} | {} | mark={:?}",
                c.role,
                c.parent,
                c.joined_to,
                c.predicate.lemma,
                c.predicate.tense,
                if c.predicate.perfect { "perf " } else { "" },
                if c.predicate.progressive { "prog " } else { "" },
                if c.predicate.passive { "pass" } else { "" },
                c.predicate.modal,
                c.predicate.negation.is_some(),
                f(&c.subject),
                f(&c.object),
                f(&c.indirect_object),
                f(&c.agent),
                c.obliques
                    .iter()
                    .map(|o| format!("{}<{}>", o.case, o.phrase.full_span().of(&text)))
                    .collect::<Vec<_>>()
                    .join(" "),
                c.mark
            );
        }
        for r in &s.reports {
            println!(
                "  R {:?} src={:?} cue={} content={:?}",
                r.position,
                r.source.as_ref().map(|p| p.full_span().of(&text)),
                r.cue.of(&text),
                r.content.iter().map(|c| c.of(&text)).collect::<Vec<_>>()
            );
        }
    }
}

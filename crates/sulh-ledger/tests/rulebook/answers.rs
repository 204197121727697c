//! Takes a dossier, gives what it says as facts: a subject and the parts of what is said of it.
//! Invariant: a subject that is missing here is something the ledger does not speak of.

use std::collections::BTreeMap;
use sulh_ledger::{
    propositions::{Delivered, Proposition},
    rules::{
        denial::Upheld, interest::Interest, line::Line, strength::Strength, transition::State,
    },
    verdict::{
        Because, BreachVerdict, Dossier, Graded, OpenQuestion, Responsible, TermVerdict, Tracks,
    },
};

/// What is said, by subject. A subject that ends in a colon is a proposition with its because.
pub type Facts = BTreeMap<String, Vec<String>>;

/// What a dossier says.
pub fn facts(dossier: &Dossier) -> Facts {
    let agreement = &dossier.agreement;
    let mut facts = Facts::new();
    let mut say = |subject: &str, parts: Vec<String>| facts.insert(subject.to_owned(), parts);
    let stage = |graded: Graded<Option<_>>| match graded.value {
        Some(value) => format!("{value} {}", graded.upheld),
        None => "none".to_owned(),
    };
    let (reported, claimed) = (stage(agreement.stage.reported), stage(agreement.stage.claimed));
    let differs = (claimed != reported).then(|| format!("claimed {claimed}"));
    let person = agreement.stage.established.as_ref();
    let person = person.map(|it| format!("established {} by {}", it.value, it.by));
    say("stage", [Some(reported), differs, person].into_iter().flatten().collect());
    say("flags", listed(agreement.flags.iter()));
    say("reports", vec![agreement.reports.to_string()]);
    say("open", listed(dossier.open.iter().map(open)));
    say("leads", vec![agreement.leads.len().to_string()]);
    say("follows", listed(agreement.predecessors.iter().map(|one| &one.name)));
    say("pressure", listed(agreement.pressure.iter().map(|one| one.kind)));
    say("breaches", vec![agreement.breaches.len().to_string()]);
    say("recorded later", vec![dossier.recorded_later.to_string()]);
    for party in &agreement.parties {
        let assent = party.assent.as_ref();
        let assent = assent.map_or("none".to_owned(), |it| format!("{} {}", it.value, it.upheld));
        say(&format!("party {}", party.who.name), vec![assent]);
    }
    let name = |proposition: &Proposition| match proposition {
        Proposition::Assent { party, .. } => {
            let number = format!("party {} ", party + 1);
            let named = format!("party {} ", agreement.parties[*party].who.name);
            proposition.to_string().replacen(&number, &named, 1)
        }
        other => other.to_string(),
    };
    let whys = agreement.stage.because.iter().chain(&agreement.because);
    for why in whys.chain(dossier.terms.iter().flat_map(|term| &term.because)) {
        let name = name(&why.proposition);
        // Of a term with one element, `t1 begun` is `t1.1 begun`.
        say(&format!("{}:", name.replacen(".1 ", " ", 1)), because(why));
        say(&format!("{name}:"), because(why));
    }
    for (breach, number) in agreement.breaches.iter().zip(1..) {
        told_breach(&mut facts, breach, number);
    }
    dossier.terms.iter().for_each(|term| told_term(&mut facts, term));
    facts
}

fn told_breach(facts: &mut Facts, breach: &BreachVerdict, number: usize) {
    facts.insert(format!("breach {number} incident:"), because(&breach.incident));
    let blamed = match &breach.responsible {
        Responsible::Nobody(reason) => vec![format!("nobody, {reason}")],
        Responsible::Accused(accused) => listed(accused.iter().map(|(who, _)| &who.name)),
    };
    facts.insert(format!("breach {number} blame"), blamed);
    if let Responsible::Accused(accused) = &breach.responsible {
        for (who, why) in accused {
            facts.insert(format!("breach {number} by {}:", who.name), because(why));
        }
    }
}

fn told_term(facts: &mut Facts, term: &TermVerdict) {
    let mut say = |subject: String, parts: Vec<String>| facts.insert(subject, parts);
    say(term.id.clone(), tracks(&term.tracks));
    say(format!("{} flags", term.id), listed(term.flags.iter()));
    say(format!("{} version", term.id), listed(term.agreed.version.iter()));
    say(format!("{} contradicts", term.id), listed(term.contradicts.iter()));
    say(format!("{} delivered", term.id), listed(term.delivered.iter().map(delivered)));
    for element in &term.elements {
        say(format!("{} breaches", element.id), vec![element.breaches.to_string()]);
        say(format!("{} incidents", element.id), vec![element.incidents.len().to_string()]);
        say(element.id.clone(), tracks(&element.tracks));
        say(format!("{} flags", element.id), listed(element.flags.iter()));
        say(format!("{} anomalies", element.id), listed(element.anomalies.iter()));
    }
}

fn delivered(told: &Delivered) -> String {
    let voucher = told.voucher.as_deref().unwrap_or("nobody named");
    format!("{} on the word of {voucher}", told.quantity.wording)
}

fn open(question: &OpenQuestion) -> String {
    match question {
        OpenQuestion::PossiblySame { obstacles, .. } => {
            format!("possibly the same, but {}", listed(obstacles.iter()).join(""))
        }
        OpenQuestion::PossibleBreach { element, .. } => format!("possibly a breach of {element}"),
        OpenQuestion::SeveralTerms { terms, .. } => format!("one of {}", terms.join(" and ")),
    }
}

/// The claimed state stands beside the reported one only where the two differ.
fn tracks(tracks: &Tracks) -> Vec<String> {
    let (reported, claimed) = (tracks.reported, tracks.claimed);
    let put = |track: &str, graded: Graded<State>| match graded.upheld {
        Upheld::None => format!("{track} {}", graded.value),
        upheld => format!("{track} {} {upheld}", graded.value),
    };
    let claims = (reported.value != claimed.value).then(|| put("claimed", claimed));
    let person = tracks.established.as_ref();
    let person = person.map(|it| format!("established {} by {}", it.value, it.by));
    [Some(put("reported", reported)), claims, person].into_iter().flatten().collect()
}

/// The parts of a because, each of which a case may ask for.
fn because(why: &Because) -> Vec<String> {
    let mark = why.mark.map_or("denied by".to_owned(), |mark| mark.code().replace('_', " "));
    let windows = why.window.map(|it| match it.earliest {
        Some(first) if first == it.latest => format!("happened {first}"),
        Some(first) => format!("happened {first}/{}", it.latest),
        None => format!("happened ../{}", it.latest),
    });
    let mut parts = vec![
        why.upheld.to_string(),
        format!("lines {}", listed(why.lines.iter().map(line)).join("")),
        format!("{mark} {}", listed(why.denials.iter().map(line)).join("")),
        format!("reports {}", why.reports),
        format!("spans {}", why.spans.len()),
        format!("to settle it, {}", why.would_change.replace(';', ",")),
    ];
    parts.extend(windows);
    parts
}

fn line(line: &Line) -> String {
    let unnamed = || line.owner.replace("anonymous:", "unnamed ");
    let name = line.voucher.clone().unwrap_or_else(unnamed);
    let unseen = (!line.original_seen && line.voucher.is_some()).then(|| "not seen".to_owned());
    let weak = (line.strength != Strength::Solid).then(|| line.strength.to_string());
    let interest = (!matches!(line.interest, Interest::None | Interest::Unknown))
        .then(|| line.interest.to_string());
    let marks: Vec<String> = [unseen, weak, interest].into_iter().flatten().collect();
    if marks.is_empty() { name } else { format!("{name} ({})", marks.join(" ")) }
}

/// Several things in one part, or the word that there are none.
pub fn listed<T: std::fmt::Display>(things: impl Iterator<Item = T>) -> Vec<String> {
    let things: Vec<String> = things.map(|thing| thing.to_string()).collect();
    vec![if things.is_empty() { "none".to_owned() } else { things.join(", ") }]
}

//! Takes `sulh.reading/1`, gives it as text: the report, its agreements and terms, events, who says what, doubts.
//! Invariant: nothing is shown that is not in the shape; words of the page are quoted from its text.

use super::{
    because::wrapped,
    parts::{date, place, quantity, spaced, who},
    table::{Column, table},
    visible,
};
use sulh_desk::shapes::{
    parts::WhoShape,
    reading::{AgreementShape, EventShape, HolderShape, ReadingShape, StatementShape, TermShape},
};

const TERMS: [Column; 5] = [
    ("", Some(8)),
    ("who", Some(18)),
    ("promise", None),
    ("elements", Some(21)),
    ("more", Some(21)),
];
const EVENTS: [Column; 5] = [
    ("", Some(6)),
    ("what", Some(20)),
    ("who", None),
    ("where, when", Some(25)),
    ("bears on", Some(16)),
];
const VOICES: [Column; 4] =
    [("", Some(6)), ("words", None), ("said by", Some(28)), ("how sure", Some(15))];

/// The text of a reading.
pub fn reading(shape: &ReadingShape) -> String {
    let print = Print { shape };
    let mut out = print.heading();
    for agreement in &shape.agreements {
        out.push('\n');
        out.push_str(&print.agreement(agreement));
    }
    print.section(&mut out, "Events", &EVENTS, print.events());
    print.section(&mut out, "Who says what", &VOICES, print.voices());
    if !shape.notes.is_empty() {
        out.push_str("\nNotes\n");
        for note in &shape.notes {
            wrapped(&mut out, &format!("  {}: ", note.code), 4, &visible(&note.message));
        }
    }
    out
}

struct Print<'a> {
    shape: &'a ReadingShape,
}

impl Print<'_> {
    fn words(&self, start: usize, end: usize) -> String {
        visible(self.shape.page.text.get(start..end).unwrap_or("").trim())
    }

    fn heading(&self) -> String {
        let page = &self.shape.page;
        let title = page.title.as_deref().unwrap_or(&page.source);
        let publisher = page.publisher.as_deref().unwrap_or("outlet unknown");
        let published = page.published.as_ref().map_or_else(|| "day unknown".to_owned(), date);
        let authors = page.authors.iter().map(|author| visible(author)).collect::<Vec<_>>();
        let by =
            if authors.is_empty() { String::new() } else { format!(", by {}", authors.join(", ")) };
        // What was given is known to the one who gave it.
        let told_in = page.told_in.published.filter(|told_in| *told_in != "given");
        let told_in = told_in.map_or_else(String::new, |told_in| format!(" ({})", spaced(told_in)));
        let changed = page
            .modified
            .as_ref()
            .map_or_else(String::new, |day| format!(", changed {}", date(day)));
        let mut out = format!(
            "{}\n{}{by}, published {published}{told_in}{changed}\n{}\n",
            visible(title),
            visible(publisher),
            visible(&page.source),
        );
        if self.shape.agreements.is_empty() {
            out.push_str("\nNo agreement was found in this report.\n");
        }
        out
    }

    fn section(&self, out: &mut String, name: &str, columns: &[Column], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            out.push_str(&format!("\n{name}\n{}", table(columns, rows)));
        }
    }

    fn agreement(&self, agreement: &AgreementShape) -> String {
        let mut out = format!("Agreement {}: {}\n", agreement.id, visible(&agreement.name));
        let mut line = |label: &str, text: String| {
            if !text.is_empty() {
                wrapped(&mut out, &format!("  {label:<10}"), 12, &text);
            }
        };
        line("kind", spaced(agreement.kind));
        let stage = agreement.stage.unwrap_or("unknown");
        line(
            "stage",
            format!("{stage}, {} ({})", spaced(agreement.standing), agreement.agreed.factuality),
        );
        for told in self.shape.stages.iter().filter(|told| told.agreement == agreement.id) {
            let words = self.words(told.start, told.end);
            line(
                "",
                format!("said to be {}: \"{words}\" ({})", spaced(told.stage), told.statement),
            );
        }
        line("concluded", agreement.concluded.as_ref().map(date).unwrap_or_default());
        line("place", agreement.place.as_ref().map(place).unwrap_or_default());
        line("conflict", agreement.conflict.clone().unwrap_or_default());
        for party in &agreement.parties {
            let assent =
                party.assent.map(|assent| format!(", {}", spaced(assent))).unwrap_or_default();
            line(party.role, format!("{}{assent}", who(&party.who)));
        }
        for pressure in &agreement.pressure {
            let words = self.words(pressure.start, pressure.end);
            line("pressure", format!("{}: \"{words}\"", spaced(pressure.kind)));
        }
        line("follows", agreement.predecessors.join(", "));
        let terms = self.shape.terms.iter().filter(|term| term.agreement == agreement.id);
        out.push_str(&table(&TERMS, terms.map(|term| self.term(term)).collect()));
        out
    }

    fn term(&self, term: &TermShape) -> Vec<String> {
        let elements: Vec<String> = term
            .elements
            .iter()
            .map(|element| format!("{} ({})", spaced(element.kind), element.mode))
            .collect();
        let mut more = vec![term.modality.to_owned()];
        let mut add = |label: &str, text: Option<String>| {
            more.extend(text.map(|text| format!("{label} {text}")));
        };
        add("for", term.beneficiary.as_ref().map(who));
        add("at", term.place.as_ref().map(place));
        add("to", term.destination.as_ref().map(place));
        add("by", term.deadline.as_ref().map(date));
        add("if", term.condition.as_deref().map(visible));
        for on in &term.depends_on {
            add(&spaced(on.how), Some(on.term.clone()));
        }
        add("instead of", term.alternative_of.clone());
        add("going is", term.voluntariness.map(spaced));
        add("number:", term.quantity.as_ref().map(quantity));
        vec![
            format!("{} {}", term.ordinal, term.id),
            term.bearer.as_ref().map_or_else(|| "not said".to_owned(), who),
            self.statement_words(&term.statement),
            elements.join("\n"),
            more.join("\n"),
        ]
    }

    fn statement_words(&self, id: &str) -> String {
        let found = self.shape.statements.iter().find(|statement| statement.id == id);
        found.map(|statement| self.content(statement)).unwrap_or_default()
    }

    fn content(&self, statement: &StatementShape) -> String {
        let content: Vec<String> = statement
            .spans
            .iter()
            .filter(|span| span.role == "content")
            .map(|span| self.words(span.start, span.end))
            .collect();
        content.join(" ... ")
    }

    fn events(&self) -> Vec<Vec<String>> {
        self.shape.events.iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &EventShape) -> Vec<String> {
        let names = |people: &[WhoShape]| people.iter().map(who).collect::<Vec<_>>().join(", ");
        let mut people = names(&event.actors);
        if !event.targets.is_empty() {
            people = format!("{people} -> {}", names(&event.targets)).trim_start().to_owned();
        }
        let scene: Vec<String> = event
            .place
            .as_ref()
            .map(place)
            .into_iter()
            .chain(event.happened.as_ref().map(date))
            .collect();
        let target = event.element.as_ref().or(event.term.as_ref()).or(event.agreement.as_ref());
        let bears = match (event.relation, target) {
            ("none", None) => String::new(),
            ("none", Some(target)) => target.clone(),
            (relation, target) => {
                format!("{} {}", spaced(relation), target.map_or("", String::as_str))
            }
        };
        let number = event.quantity.as_ref().map(|number| format!(" ({})", quantity(number)));
        vec![
            event.id.clone(),
            format!("{}, {}{}", spaced(event.kind), event.aspect, number.unwrap_or_default()),
            people,
            scene.join(", "),
            bears,
        ]
    }

    fn voices(&self) -> Vec<Vec<String>> {
        self.shape
            .statements
            .iter()
            .map(|statement| {
                let negated = if statement.polarity == "negative" { ", negated" } else { "" };
                vec![
                    statement.id.clone(),
                    self.content(statement),
                    voices(&statement.attribution),
                    format!("{}{negated}", statement.factuality),
                ]
            })
            .collect()
    }
}

/// The chain of who says so, outermost first.
fn voices(chain: &[HolderShape]) -> String {
    if chain.is_empty() {
        return "the outlet itself".to_owned();
    }
    let holders: Vec<String> = chain
        .iter()
        .map(|holder| {
            let mut marks = vec![spaced(holder.kind)];
            if !holder.named {
                marks.push("unnamed".to_owned());
            }
            marks.extend(holder.side.as_deref().map(visible));
            if holder.inherited {
                marks.push("from the sentence before the list".to_owned());
            }
            format!("{} ({})", visible(&holder.name), marks.join(", "))
        })
        .collect();
    holders.join(" > ")
}

//! Takes `sulh.dossier/1`, gives it as text: heading, stage, parties, term board, earlier agreements, leads, because.
//! Invariant: reported and claimed stand side by side where they differ, and every grade has its lines below.

use super::{
    because::{Quote, because, word_of, wrapped},
    parts::{date, place, spaced, who},
    table::{Column, table},
    visible,
};
use sulh_desk::shapes::dossier::{
    AgreementPart, BecausePart, BreachPart, DossierShape, ElementPart, EstablishedPart,
    NeighbourPart, OpenPart, StatePart, TermPart,
};

const BOARD: [Column; 5] = [
    ("", Some(5)),
    ("promise", None),
    ("state", Some(20)),
    ("on whose word", Some(23)),
    ("flags", Some(19)),
];

/// The columns labels take.
const LABEL: usize = 12;

/// The text of a dossier.
pub fn dossier(shape: &DossierShape, quote: Quote<'_>) -> String {
    let mut out = heading(shape);
    agreement(&mut out, &shape.agreement, quote);
    if shape.terms.is_empty() {
        out.push_str("\nNo terms are told.\n");
    } else {
        out.push_str("\nTerms\n");
        out.push_str(&board(&shape.terms));
    }
    earlier(&mut out, &shape.agreement, quote);
    if !shape.leads.is_empty() {
        out.push_str("\nOther agreements the same reports speak of (none moves anything above)\n");
        for lead in &shape.leads {
            let text = format!("{}: {}", neighbour(lead), spaced(lead.standing));
            wrapped(&mut out, "  ", 4, &text);
        }
    }
    open(&mut out, &shape.open, quote);
    format!("{out}\nBecause\n{}", because(shape.becauses(), quote))
}

fn heading(shape: &DossierShape) -> String {
    let recorded = match shape.recorded_by {
        Some(number) => format!("by entry {number}, {} recorded later", shape.recorded_later),
        None => "by the whole ledger".to_owned(),
    };
    let possibly = if shape.possibly_known { " (possibly known: a page has no day)" } else { "" };
    format!(
        "{}\n{}\nas of {}, known by {}{possibly}, recorded {recorded}; {}\n\n",
        visible(&shape.agreement.name),
        shape.agreement.id,
        shape.as_of,
        shape.known_by,
        shape.rules_version,
    )
}

fn agreement(out: &mut String, agreement: &AgreementPart, quote: Quote<'_>) {
    let mut line = |label: &str, text: String| {
        if !text.is_empty() {
            wrapped(out, &format!("{label:<LABEL$}"), LABEL, &text);
        }
    };
    let stage = &agreement.stage;
    line(
        "stage",
        format!("{}, {}", told(stage.value), stage_word(agreement, stage.value, stage.grade)),
    );
    if let Some(claimed) = agreement.claimed_stage {
        let word = stage_word(agreement, claimed.value, claimed.grade);
        line("", format!("claimed to be {}, {word}", told(claimed.value)));
    }
    line("", stage.established.as_ref().map(established).unwrap_or_default());
    line("kind", format!("{}, {}", spaced(agreement.kind), spaced(agreement.standing)));
    line("concluded", agreement.concluded.as_ref().map(date).unwrap_or_default());
    line("place", agreement.place.as_ref().map(place).unwrap_or_default());
    line("conflict", agreement.conflict.as_deref().map(visible).unwrap_or_default());
    for party in &agreement.parties {
        let assent = match &party.assent {
            Some(assent) => format!(": {} ({})", spaced(assent.value), assent.grade),
            None => String::new(),
        };
        line(party.role, format!("{}{assent}", who(&party.who)));
    }
    for pressure in &agreement.pressure {
        let words = quote(&pressure.span).map(|words| format!(": \"{}\"", visible(words.trim())));
        line("pressure", format!("{}{}", spaced(pressure.kind), words.unwrap_or_default()));
    }
    line("flags", flags(&agreement.flags, ", "));
    line("reports", agreement.reports.to_string());
}

/// The grade of a stage, and on whose word it stands; without a stage, that of the making.
fn stage_word(agreement: &AgreementPart, stage: Option<&str>, grade: &str) -> String {
    let wanted = stage.map_or_else(|| "agreed".to_owned(), |stage| format!("stage {stage}"));
    // A stage that came again stands on the words of its last time.
    let mut because = agreement.stage.because.iter();
    let because =
        because.rfind(|part| part.is_on(&wanted) && (stage.is_none() || part.grade == grade));
    format!("{grade}, on the word of {}", word_of(because))
}

fn told(stage: Option<&str>) -> String {
    stage.map_or_else(|| "stage not told".to_owned(), spaced)
}

fn neighbour(other: &NeighbourPart) -> String {
    let day = other.concluded.as_ref().map(|day| format!(", {}", date(day)));
    format!("{} ({}{})", visible(&other.name), spaced(other.kind), day.unwrap_or_default())
}

fn established(decided: &EstablishedPart) -> String {
    format!(
        "established {} by {} on {}: {}",
        spaced(decided.state),
        visible(&decided.by),
        decided.day,
        visible(&decided.reason)
    )
}

fn flags(flags: &[&str], between: &str) -> String {
    flags.iter().map(|flag| spaced(flag)).collect::<Vec<_>>().join(between)
}

/// The terms as a table.
pub fn board(terms: &[TermPart]) -> String {
    let mut rows = Vec::new();
    for term in terms {
        // A single element is the term itself.
        let single = term.elements.len() <= 1;
        let agreed = format!("{} agreed", term.id);
        let told = |part: &&BecausePart| single || part.proposition == agreed;
        rows.push(vec![
            term.ordinal.to_string(),
            promise(term),
            states(&term.reported, &term.claimed),
            whose_word(term.because.iter().filter(told)),
            board_flags(&term.flags, term.established.as_ref()),
        ]);
        if !single {
            rows.extend(term.elements.iter().map(|element| self::element(term, element)));
        }
    }
    table(&BOARD, rows)
}

/// On whose word the promise stands, and below it on whose word more is said of it.
fn whose_word<'a>(because: impl Iterator<Item = &'a BecausePart>) -> String {
    let lines: Vec<String> = because
        .map(|part| match part.proposition.split_once(' ') {
            Some((_, "agreed")) | None => word_of([part]),
            Some((_, more)) => format!("{}: {}", spaced(more), word_of([part])),
        })
        .collect();
    if lines.is_empty() { "no report".to_owned() } else { lines.join("\n") }
}

fn promise(term: &TermPart) -> String {
    let bearer = term.bearer.as_ref().map_or_else(|| "bearer not said".to_owned(), who);
    let mut lines =
        vec![format!("{bearer}: {} ({})", spaced(term.kind), term.modality), visible(&term.text)];
    lines.extend(term.condition.as_deref().map(|words| format!("if: {}", visible(words))));
    lines.extend(term.depends_on.iter().map(|on| format!("{} {}", spaced(on.how), on.term)));
    lines.extend(term.alternative_of.as_ref().map(|other| format!("instead of {other}")));
    lines.extend(term.voluntariness.map(|how| format!("going is {}", spaced(how))));
    lines.extend(term.deadline.as_ref().map(|day| format!("by {}", date(day))));
    lines.extend(term.quantity.as_ref().map(|number| {
        let told = |value: Option<u64>| value.map_or("not told".to_owned(), |n| n.to_string());
        format!("promised {}, delivered {}", told(number.promised), told(number.delivered))
    }));
    lines.extend(term.delivered.iter().map(|told| {
        let voucher = told.voucher.as_deref().map_or("nobody named".to_owned(), visible);
        format!("delivered: \"{}\" ({voucher}, by {})", visible(&told.wording), told.latest)
    }));
    if !term.contradicts.is_empty() {
        lines.push(format!("told to the contrary as {}", term.contradicts.join(", ")));
    }
    lines.join("\n")
}

fn element(term: &TermPart, element: &ElementPart) -> Vec<String> {
    let own = format!("{} ", element.id);
    let mut text = format!("{}: {} ({})", element.id, spaced(element.kind), element.mode);
    if element.text != term.text {
        text = format!("{text}: {}", visible(&element.text));
    }
    vec![
        String::new(),
        text,
        states(&element.reported, &element.claimed),
        whose_word(term.because.iter().filter(|part| part.proposition.starts_with(&own))),
        board_flags(&element.flags, element.established.as_ref()),
    ]
}

/// The reported state, and the claimed one where it is another.
fn states(reported: &StatePart, claimed: &StatePart) -> String {
    let told =
        |track, part: &StatePart| format!("{track} {}\n  ({})", spaced(part.state), part.grade);
    if reported.state == claimed.state {
        told("reported", reported)
    } else {
        format!("{}\n{}", told("reported", reported), told("claimed", claimed))
    }
}

fn board_flags(names: &[&str], decided: Option<&EstablishedPart>) -> String {
    let decided = decided.map(|decided| format!("{}\n", established(decided)));
    format!("{}{}", decided.unwrap_or_default(), flags(names, "\n")).trim_end().to_owned()
}

/// What only a person can answer.
fn open(out: &mut String, open: &[OpenPart], quote: Quote<'_>) {
    if !open.is_empty() {
        out.push_str("\nOpen questions (nothing above rests on them)\n");
    }
    for part in open {
        let words = part.span.as_ref().and_then(quote);
        let words = words.map(|words| format!(": \"{}\"", visible(words.trim())));
        let text = match (&part.agreement, part.question) {
            (Some(other), _) => format!(
                "possibly the same as {other} (for: {}; against: {})",
                flags(&part.grounds, ", "),
                flags(&part.obstacles, ", ")
            ),
            (None, "possible_breach") => {
                format!("did this break {}?{}", part.terms.join(", "), words.unwrap_or_default())
            }
            (None, _) => format!(
                "which of {} does this bear on?{}",
                part.terms.join(", "),
                words.unwrap_or_default()
            ),
        };
        wrapped(out, "  ", 4, &text);
    }
}

fn earlier(out: &mut String, agreement: &AgreementPart, quote: Quote<'_>) {
    for before in &agreement.predecessors {
        out.push('\n');
        wrapped(out, "Earlier agreement: ", 2, &neighbour(before));
        for breach in agreement.breaches.iter().filter(|breach| breach.agreement == before.id) {
            self::breach(out, breach, quote);
        }
    }
    let of_others = |breach: &&BreachPart| {
        agreement.predecessors.iter().all(|before| before.id != breach.agreement)
    };
    for breach in agreement.breaches.iter().filter(of_others) {
        out.push_str("\nBreach of this agreement\n");
        self::breach(out, breach, quote);
    }
}

fn breach(out: &mut String, breach: &BreachPart, quote: Quote<'_>) {
    let days = match &breach.earliest {
        Some(first) if *first == breach.latest => format!("on {first}"),
        Some(first) => format!("between {first} and {}", breach.latest),
        None => format!("on or before {}", breach.latest),
    };
    let place = breach.place.as_ref().map(|place| format!(", {}", visible(&place.name)));
    let words = quote(&breach.span).map(|words| format!(": \"{}\"", visible(words.trim())));
    let (incident, responsible) = (&breach.incident, &breach.responsible);
    let text = format!(
        "{}, on the word of {}; {days}{}{}",
        incident.grade,
        word_of(&incident.because),
        place.unwrap_or_default(),
        words.unwrap_or_default(),
    );
    wrapped(out, "  breach, incident: ", 4, &text);
    for accused in &responsible.who {
        let voices = word_of(&responsible.because);
        let text = format!("{}: {}, on the word of {voices}", who(&accused.who), accused.grade);
        wrapped(out, "  breach, responsible: ", 4, &text);
    }
    if let Some(reason) = responsible.nobody_because {
        wrapped(out, "  breach, responsible: ", 4, &format!("nobody ({})", spaced(reason)));
    }
}

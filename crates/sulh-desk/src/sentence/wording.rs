//! Takes who says or denies something and how that stands, gives the words for it.
//! Invariant: below corroborated a hedge always stands beside the claim, and nobody's word stands without its bearer.

use crate::shapes::dossier::{BecausePart, LinePart};
use sulh_ledger::rules::{
    denial::Upheld,
    transition::{State, Transition},
};

/// A list of names, with whether more than one speaks.
struct Names {
    text: String,
    plural: bool,
}

/// What is said, on whose word, as firmly as it stands; `mark` is the number of its footnotes.
pub fn attributed(part: &BecausePart, mark: &str, that: &str) -> String {
    let upheld = Upheld::from_code(part.grade).unwrap_or(Upheld::None);
    let (says, denies) = (names(&part.lines), names(&part.denials));
    if part.lines.is_empty() {
        return match part.denials.is_empty() {
            true => format!("nobody has reported whether {that}"),
            false => format!("{} {}{mark} that {that}", denies.text, denies.verb("denies", "deny")),
        };
    }
    match upheld {
        // On a sentence of its own a claim that was left out must not look like one that stands.
        Upheld::None | Upheld::Contradicted => {
            let verb = denies.verb("denies", "deny");
            match part.denials.is_empty() {
                true => format!("{} claimed{mark}, unconfirmed, that {that}", says.text),
                false => format!(
                    "{} {verb}{mark} that {that}, which {} claimed, unconfirmed",
                    denies.text, says.text
                ),
            }
        }
        Upheld::Disputed => {
            let (say, deny) = (says.verb("says", "say"), denies.verb("denies", "deny"));
            let denied = match part.denials.is_empty() {
                true => "which is disputed".to_owned(),
                false => format!("{} {deny} it, and it is disputed", denies.text),
            };
            format!("{} {say}{mark}, unconfirmed, that {that}, {denied}", says.text)
        }
        Upheld::Claimed => {
            format!("{} claimed{mark}, unconfirmed, that {that}{}", says.text, besides(part))
        }
        Upheld::Supported if part.lines.len() == 1 => {
            format!("according to {} alone{mark}, {that}{}", says.text, besides(part))
        }
        Upheld::Supported => {
            format!("{} report{mark}, uncorroborated, that {that}{}", says.text, besides(part))
        }
        Upheld::Corroborated => {
            let verb = says.verb("reports", "report");
            format!("{} {verb}{mark} that {that}{}", says.text, besides(part))
        }
    }
}

/// A denial that does not change how the thing stands.
fn besides(part: &BecausePart) -> String {
    if part.denials.is_empty() {
        return String::new();
    }
    let names = names(&part.denials);
    match part.mark {
        Some("contested_by") => {
            format!(", which {} {}", names.text, names.verb("contests", "contest"))
        }
        _ => format!(", which {} {}", names.text, names.verb("denies", "deny")),
    }
}

impl Names {
    const fn verb(&self, one: &'static str, several: &'static str) -> &'static str {
        if self.plural { several } else { one }
    }
}

fn names(lines: &[LinePart]) -> Names {
    let all: Vec<String> = lines.iter().map(name).collect();
    // However many stand behind an unnamed line, they count as one, and are more than one in the text.
    let plural = lines.len() != 1 || lines.iter().any(|line| line.voucher.is_none());
    let text = match all.split_last() {
        None => "nobody".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    Names { text, plural }
}

/// A source as it stands in a sentence.
fn name(line: &LinePart) -> String {
    let mut marks = Vec::new();
    if line.voucher.is_none() {
        marks.push("counted as one");
    } else if !line.original_seen {
        marks.push("as relayed");
    }
    match line.interest {
        "self_serving" => marks.push("in its own interest"),
        "against_interest" => marks.push("against its own interest"),
        _ => {}
    }
    let name = match (&line.voucher, &line.side) {
        (Some(name), _) => name.clone(),
        (None, Some(side)) => format!("unnamed {} sources", side.replace('_', " ")),
        (None, None) => "unnamed sources".to_owned(),
    };
    if marks.is_empty() { name } else { format!("{name} ({})", marks.join(", ")) }
}

/// What a transition says of `it`. Who broke a promise is a question of its own and has no words here.
pub fn happened(transition: Transition, it: &str) -> String {
    match transition {
        Transition::Agreed => format!("{it} was agreed"),
        Transition::ConditionMet => format!("what {it} waited for came about"),
        Transition::ConditionLapsed => format!("what {it} waited for can no longer come about"),
        Transition::Begun => format!("{it} has begun"),
        Transition::Completed => format!("{it} was carried out"),
        Transition::Observed => format!("{it} is being kept"),
        Transition::Suspended => format!("{it} was stopped for a time"),
        Transition::Resumed => format!("{it} went on again"),
        Transition::Breached => format!("{it} was broken (by whom is not said here)"),
        Transition::Remedied => format!("a breach of {it} was made good"),
        Transition::Undone => format!("{it} was taken back"),
        Transition::NotDone => format!("{it} was not done"),
        Transition::Extended => format!("the time for {it} was prolonged"),
        Transition::Expired => format!("the time for {it} ran out"),
        Transition::Waived => format!("{it} was given up by those it was promised to"),
        Transition::Superseded => format!("another agreement took the place of {it}"),
        Transition::Collapsed => format!("the agreement behind {it} broke down"),
    }
}

/// What nobody has reported of a promise in this state, where nobody speaks of anything but the promise.
pub fn silence(state: State, it: &str) -> String {
    let whether = match state {
        State::Waiting => format!("what {it} waits for has come about"),
        State::Binding => format!("{it} is being kept"),
        State::Unused => format!("use was made of {it}"),
        State::NotAgreed
        | State::Pending
        | State::UnderWay
        | State::Done
        | State::Suspended
        | State::Violated
        | State::Used
        | State::EndedExpired
        | State::EndedDischarged
        | State::EndedFailed => format!("{it} has begun"),
    };
    format!("nobody has reported whether {whether}")
}

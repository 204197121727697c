//! Takes a decision, gives the payload of its log entry (`sulh.decision/1`), and back.
//! Invariant: `decode(encode(decision)) == decision`; an unknown code or field is refused, never trusted.

use super::{Decided, Decision, Examined, Rating, Reliability, Words};
use crate::{
    rules::transition::State,
    stored::{Flaw, PayloadError},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sulh_model::{agreement::Stage, page::CaptureId, register::LeaningSide, span::Span};

/// The schema of the payload of a decision.
pub const DECISION_SCHEMA: &str = "sulh.decision/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    schema: String,
    by: String,
    day: String,
    reason: String,
    what: Form,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsForm {
    capture: String,
    span: [u32; 2],
    kind: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Form {
    Rejected(WordsForm),
    Merged(WordsForm, WordsForm),
    Parted(WordsForm, WordsForm),
    StateEstablished { element: WordsForm, state: String, from: String },
    StageEstablished { agreement: WordsForm, stage: String, from: String },
    Rated { source: String, reliability: Option<String>, examined: Option<ExaminedForm> },
    Withdrawn { seq: u64 },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExaminedForm {
    conflict: String,
    side: String,
    from: Option<String>,
}

/// What the register calls a source that leans to no side.
const NEITHER: &str = "neither";

/// Writes a payload.
pub fn encode(decision: &Decision) -> Result<Vec<u8>, PayloadError> {
    // What could not be read back must never stand in a log.
    for (name, text) in [("name", &decision.by), ("reason", &decision.reason)] {
        if text.trim().is_empty() {
            return Err(Flaw::new("decision with a", name).into());
        }
    }
    Ok(serde_json::to_vec(&Payload {
        schema: DECISION_SCHEMA.to_owned(),
        by: decision.by.clone(),
        day: decision.day.to_string(),
        reason: decision.reason.clone(),
        what: form(&decision.what),
    })?)
}

/// Reads a payload.
pub fn decode(bytes: &[u8]) -> Result<Decision, PayloadError> {
    let payload: Payload = serde_json::from_slice(bytes)?;
    if payload.schema != DECISION_SCHEMA {
        return Err(PayloadError::Schema(payload.schema));
    }
    if payload.by.trim().is_empty() || payload.reason.trim().is_empty() {
        return Err(Flaw::new("decision with a", "name and a reason").into());
    }
    Ok(Decision {
        by: payload.by,
        day: day(&payload.day)?,
        reason: payload.reason,
        what: restored(payload.what)?,
    })
}

fn form(what: &Decided) -> Form {
    match what {
        Decided::Rejected(words) => Form::Rejected(words_form(words)),
        Decided::Merged(left, right) => Form::Merged(words_form(left), words_form(right)),
        Decided::Parted(left, right) => Form::Parted(words_form(left), words_form(right)),
        Decided::StateEstablished { element, state, from } => Form::StateEstablished {
            element: words_form(element),
            state: state.code().to_owned(),
            from: from.to_string(),
        },
        Decided::StageEstablished { agreement, stage, from } => Form::StageEstablished {
            agreement: words_form(agreement),
            stage: stage.code().to_owned(),
            from: from.to_string(),
        },
        Decided::Rated(rating) => Form::Rated {
            source: rating.source.clone(),
            reliability: rating.reliability.map(|letter| letter.code().to_owned()),
            examined: rating.examined.as_ref().map(|examined| ExaminedForm {
                conflict: examined.conflict.clone(),
                side: match &examined.side {
                    LeaningSide::Neither => NEITHER.to_owned(),
                    LeaningSide::Side(side) => side.clone(),
                },
                from: examined.from.map(|day| day.to_string()),
            }),
        },
        Decided::Withdrawn { seq } => Form::Withdrawn { seq: *seq },
    }
}

fn restored(form: Form) -> Result<Decided, Flaw> {
    Ok(match form {
        Form::Rejected(form) => Decided::Rejected(words(form)?),
        Form::Merged(left, right) => Decided::Merged(words(left)?, words(right)?),
        Form::Parted(left, right) => Decided::Parted(words(left)?, words(right)?),
        Form::StateEstablished { element, state, from } => Decided::StateEstablished {
            element: words(element)?,
            state: State::from_code(&state).ok_or_else(|| Flaw::new("state", &state))?,
            from: day(&from)?,
        },
        Form::StageEstablished { agreement, stage, from } => Decided::StageEstablished {
            agreement: words(agreement)?,
            stage: Stage::from_code(&stage).ok_or_else(|| Flaw::new("stage", &stage))?,
            from: day(&from)?,
        },
        Form::Rated { source, reliability, examined } => Decided::Rated(Rating {
            source,
            reliability: match reliability {
                Some(letter) => Some(
                    Reliability::from_code(&letter)
                        .ok_or_else(|| Flaw::new("reliability", letter))?,
                ),
                None => None,
            },
            examined: examined.map(examined_of).transpose()?,
        }),
        Form::Withdrawn { seq } => Decided::Withdrawn { seq },
    })
}

fn examined_of(form: ExaminedForm) -> Result<Examined, Flaw> {
    Ok(Examined {
        conflict: form.conflict,
        side: match form.side.as_str() {
            NEITHER => LeaningSide::Neither,
            _ => LeaningSide::Side(form.side),
        },
        from: form.from.as_deref().map(day).transpose()?,
    })
}

fn words_form(words: &Words) -> WordsForm {
    WordsForm {
        capture: words.capture.to_string(),
        // A span counts in 32 bits: neither end can be cut here.
        span: [words.span.start() as u32, words.span.end() as u32],
        kind: words.kind.clone(),
    }
}

fn words(form: WordsForm) -> Result<Words, Flaw> {
    let [start, end] = form.span;
    if start > end {
        return Err(Flaw::new("span", format_args!("{start}..{end}")));
    }
    Ok(Words {
        capture: CaptureId::parse(&form.capture)
            .ok_or_else(|| Flaw::new("SHA-256", &form.capture))?,
        span: Span::new(start as usize, end as usize),
        kind: form.kind,
    })
}

fn day(text: &str) -> Result<Date, Flaw> {
    text.parse().map_err(|_| Flaw::new("day", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(what: Decided) -> Decision {
        Decision {
            by: "heron".to_owned(),
            day: "2021-02-03".parse().unwrap(),
            reason: "both pages name the same bridge".to_owned(),
            what,
        }
    }

    fn words(byte: u8) -> Words {
        let capture = CaptureId::from_digest(&[byte; 32]);
        Words { capture, span: Span::new(3, 9), kind: "ceasefire".to_owned() }
    }

    #[test]
    fn every_decision_is_read_back_as_it_was_written() {
        let from = "2021-01-31".parse().unwrap();
        let rating = |side| Rating {
            source: "Valley Monitor".to_owned(),
            reliability: Some(Reliability::B),
            examined: Some(Examined { conflict: "valley".to_owned(), side, from: Some(from) }),
        };
        for what in [
            Decided::Rejected(words(1)),
            Decided::Merged(words(1), words(2)),
            Decided::Parted(words(1), words(2)),
            Decided::StateEstablished { element: words(1), state: State::Done, from },
            Decided::StageEstablished { agreement: words(1), stage: Stage::Final, from },
            Decided::Rated(rating(LeaningSide::Neither)),
            Decided::Rated(rating(LeaningSide::Side("government".to_owned()))),
            Decided::Withdrawn { seq: 4 },
        ] {
            let decision = decision(what);
            assert_eq!(decode(&encode(&decision).unwrap()).unwrap(), decision);
        }
    }

    #[test]
    fn a_decision_without_a_name_or_a_reason_is_refused() {
        let good = decision(Decided::Withdrawn { seq: 4 });
        assert!(encode(&Decision { by: " ".to_owned(), ..good.clone() }).is_err());
        assert!(encode(&Decision { reason: String::new(), ..good.clone() }).is_err());
        let text = String::from_utf8(encode(&good).unwrap()).unwrap();
        for (from, to) in [("heron", ""), ("2021-02-03", "soon"), ("decision/1", "decision/2")] {
            assert!(decode(text.replace(from, to).as_bytes()).is_err(), "{to}");
        }
    }
}

//! Takes the lines of a `deal` block, gives the deal as any page of the scene tells it, in the stored form of the log.
//! Invariant: ids count from 1; whoever puts the deal into a page gives it ids of that page. Codes stand as the
//! case writes them: what is none is refused where the payload is read back.

use serde_json::{Value, json};

/// A deal as any page of the scene tells it: `{agreement, terms, follows}`, with ids that count from 1.
pub fn deal<'a>(name: &str, mut lines: impl Iterator<Item = &'a str>) -> Option<Value> {
    let mut agreement = json!({"name": name, "kind": "other", "standing": "reported",
        "agreed": "hypothetical", "parties": [], "told_as_new": false, "predecessors": [], "pressure": [], "statements": []});
    let mut follows = Vec::new();
    for clause in lines.next()?.split(", ") {
        match clause.split_once(' ') {
            Some(("between", names)) => {
                let parties =
                    names.split(" and ").map(|name| json!({"who": who(name), "role": "party"}));
                parties.for_each(|party| push(&mut agreement["parties"], party));
            }
            Some((role @ ("mediator" | "guarantor"), name)) => {
                push(&mut agreement["parties"], json!({"who": who(name), "role": role}));
            }
            Some(("under", kind)) => {
                push(&mut agreement["pressure"], json!({"kind": kind, "span": [0, 1]}))
            }
            Some(("conflict", code)) => agreement["conflict"] = json!(code),
            Some(("follows", name)) => follows.push(name),
            Some(("told", "as new")) => agreement["told_as_new"] = json!(true),
            Some((kind, place)) => {
                agreement["kind"] = json!(kind);
                agreement["place"] = at(place.strip_prefix("in ")?);
            }
            None => agreement["stage"] = json!(clause),
        }
    }
    let terms: Option<Vec<Value>> =
        lines.zip(1..).map(|(line, ordinal)| term(line, ordinal)).collect();
    Some(json!({"agreement": agreement, "terms": terms?, "follows": follows}))
}

/// `t1 Valley Army: lift_siege (achieve), ..; by 2020-10-10; if ..`
fn term(line: &str, ordinal: u64) -> Option<Value> {
    let (head, rest) = line.split_once(": ")?;
    let bearer = head.strip_prefix(&format!("t{ordinal} "))?;
    let mut clauses = rest.split("; ");
    let element = |(words, at): (&str, u64)| {
        let (kind, mode) = words.strip_suffix(')')?.split_once(" (")?;
        let (kind, act) =
            kind.split_once(" by ").map_or((kind, None), |(kind, act)| (kind, Some(act)));
        // Words of its own, so that a decision can point at them.
        let words = 10_000 + 100 * ordinal + at;
        Some(json!({"id": {"term": ordinal, "ordinal": at}, "kind": kind, "mode": mode, "act": act,
            "span": [words, words + 1]}))
    };
    let elements: Option<Vec<Value>> = clauses.next()?.split(", ").zip(1..).map(element).collect();
    let elements = elements?;
    let mut term = json!({"id": ordinal, "ordinal": ordinal, "kind": elements[0]["kind"],
        "elements": elements, "modality": "obligation", "agreed": "hypothetical", "bearer": who(bearer), "depends_on": []});
    for clause in clauses {
        match clause.split_once(' ')? {
            ("if", words) => term["condition"] = json!(words),
            ("by", day) => term["deadline"] = date(day),
            ("at", place) => term["place"] = at(place),
            ("to", place) => term["destination"] = at(place),
            ("may", _) => term["modality"] = json!("permission"),
            ("must", _) => term["modality"] = json!("forbearance"),
            ("going", code) => term["voluntariness"] = json!(code),
            ("number", words) => term["quantity"] = quantity(words),
            ("instead", id) => term["alternative_of"] = json!(number(id.strip_prefix("of t")?)?),
            (how, id) => push(
                &mut term["depends_on"],
                json!({"term": number(id.strip_prefix('t')?)?, "how": how}),
            ),
        }
    }
    Some(term)
}

/// Somebody; kind and side come from the register, by the name.
pub fn who(name: &str) -> Value {
    json!({"name": name, "span": [0, name.len()]})
}

/// A place of the invented country: its number is made of its name, so that a name is one place.
pub fn at(name: &str) -> Value {
    let number = name.bytes().fold(17, |sum: u32, byte| sum * 31 % 1_000_003 + u32::from(byte));
    let known = json!({"geonames": number, "name": name, "country": "XX", "precision": 1});
    json!({"name": name, "resolution": {"known": known}, "span": [0, name.len()]})
}

pub fn date(edtf: &str) -> Value {
    if edtf.is_empty() { Value::Null } else { json!({"edtf": edtf, "wording": edtf}) }
}

/// `2 detainees`
pub fn quantity(words: &str) -> Value {
    let (value, unit) = words.split_once(' ').unwrap_or((words, ""));
    json!({"value": number(value), "unit": unit, "wording": words, "span": [0, 1]})
}

pub fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

pub fn push(list: &mut Value, item: Value) {
    if let Some(list) = list.as_array_mut() {
        list.push(item);
    }
}

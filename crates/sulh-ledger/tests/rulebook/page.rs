//! Takes what a row says, writes it into a page: `{report, blocks, reading}`, in the stored form of the log.
//! Invariant: every statement has words of its own, so that two of them are never taken for one.

use crate::deal::{at, number, push, quantity, who};
use serde_json::{Value, json};
use sulh_model::{
    links::Links,
    vocabulary::{EventKind, TermKind},
};

/// Who says it, how, where on the page, and of which deal.
pub struct Voice {
    pub chain: Vec<Value>,
    pub factuality: String,
    pub blocks: Vec<String>,
    pub deal: usize,
    pub happened: Value,
}

/// A page of an outlet that says nothing yet.
pub fn page(bytes: u64, publisher: &str) -> Value {
    let hash = bytes.wrapping_mul(0x9E37_79B1) as u32;
    let signature: String = (0..128_u32).map(|at| format!("{:08x}", hash ^ at << 20)).collect();
    let publisher = Some(publisher).filter(|name| !name.is_empty());
    let report = json!({"capture": format!("sha256:{hash:064x}"), "text": format!("sha256:1{hash:063x}"),
        "source": format!("page {bytes}"), "publisher": publisher, "reader": "0.1.0", "signature": signature});
    let reading = json!({"statements": [], "agreements": [], "terms": [], "events": [], "stages": [], "notes": []});
    json!({"report": report, "blocks": [], "reading": reading})
}

/// The deal as a page takes it for known, by its place in the page: nobody's word, until the page says so.
pub fn mention(told: &mut Value, deal: &Value, deals: &[Value]) -> Option<usize> {
    let known = told["reading"]["agreements"].as_array()?;
    if let Some(at) = known.iter().position(|one| one["name"] == deal["agreement"]["name"]) {
        return Some(at);
    }
    let (at, span) = (known.len(), free(told));
    let offset = told["reading"]["terms"].as_array()?.len() as u64;
    let (chain, happened) = (Vec::new(), Value::Null);
    let (factuality, blocks) = ("hypothetical".to_owned(), vec!["boilerplate".to_owned()]);
    let nobody = say(told, &Voice { chain, factuality, blocks, deal: 0, happened });
    let mut agreement = deal["agreement"].clone();
    (agreement["id"], agreement["span"], agreement["stage"]) = (json!(at + 1), span, Value::Null);
    for pressure in agreement["pressure"].as_array_mut()? {
        pressure["statement"] = json!(nobody);
    }
    push(&mut told["reading"]["agreements"], agreement);
    let moved = |id: &mut Value| *id = json!(id.as_u64().map(|id| id + offset));
    for term in deal["terms"].as_array()? {
        let mut term = term.clone();
        (term["agreement"], term["statement"]) = (json!(at + 1), json!(nobody));
        moved(&mut term["id"]);
        moved(&mut term["alternative_of"]);
        term["elements"].as_array_mut()?.iter_mut().for_each(|it| moved(&mut it["id"]["term"]));
        term["depends_on"].as_array_mut()?.iter_mut().for_each(|it| moved(&mut it["term"]));
        push(&mut told["reading"]["terms"], term);
    }
    for name in deal["follows"].as_array()? {
        let before = deals.iter().find(|deal| deal["agreement"]["name"] == *name)?;
        let before = mention(told, before, deals)?;
        push(&mut told["reading"]["agreements"][at]["predecessors"], json!(before + 1));
    }
    Some(at)
}

/// The free bytes after all that a page says.
fn free(told: &Value) -> Value {
    let start = told["blocks"].as_array().map_or(0, Vec::len) * 10;
    json!([start, start + 10])
}

/// A statement of its own words.
pub fn say(told: &mut Value, voice: &Voice) -> usize {
    let (span, mut parent) = (free(told), Value::Null);
    let paragraph = ["paragraph".to_owned()];
    for kind in if voice.blocks.is_empty() { &paragraph[..] } else { &voice.blocks } {
        push(&mut told["blocks"], json!({"kind": kind, "span": span, "parent": parent}));
        parent = json!(told["blocks"].as_array().map_or(0, Vec::len) - 1);
    }
    let id = told["reading"]["statements"].as_array().map_or(0, Vec::len) + 1;
    let words = json!([{"role": "content", "block": parent, "span": span}]);
    let statement = json!({"id": id, "block": parent, "spans": words, "attribution": voice.chain,
        "factuality": voice.factuality, "polarity": "positive", "happened": voice.happened, "refers_to": []});
    push(&mut told["reading"]["statements"], statement);
    id
}

/// The promise of a term: that it is promised is said; what is promised is planned.
pub fn promise(told: &mut Value, voice: &Voice, term: usize) -> Option<()> {
    let id = say(told, voice);
    told["reading"]["statements"][id - 1]["factuality"] = json!("planned");
    let term = told["reading"]["terms"].get_mut(term)?;
    (term["agreed"], term["statement"]) = (json!(voice.factuality), json!(id));
    Some(())
}

/// `t1 begun`, `t2.1 not completed by Ridge Front at Tel Safi number 1 detainees`, `breach attack by ..`.
pub fn event(
    told: &mut Value,
    agreement: Value,
    offset: u64,
    statement: usize,
    thing: &str,
) -> Option<()> {
    let cut = |words: &str, key: &str| match words.split_once(key) {
        Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
        None => (words.to_owned(), None),
    };
    let (rest, counted) = cut(thing, " number ");
    let (rest, place) = cut(&rest, " at ");
    let (rest, by) = cut(&rest, " by ");
    let words: Vec<&str> = rest.split(' ').collect();
    let (subject, verb) = (words.first()?, words.last()?);
    let (relation, aspect) = match (*subject, *verb) {
        ("event", _) | (_, "not_done") => ("none", "completed"),
        ("breach", _) | (_, "breached") => ("violates", "completed"),
        (_, "begun") => ("implements", "ongoing"),
        (_, "completed" | "observed") => ("implements", "completed"),
        (_, aspect) => ("implements", aspect),
    };
    let (term, ordinal) = subject.split_once('.').unwrap_or((subject, ""));
    let term = term.strip_prefix('t').and_then(number).map(|term| term + offset);
    let promised = term.map(|term| &told["reading"]["terms"][term as usize - 1]);
    let ordinal = number(ordinal).filter(|_| term.is_some());
    let kind = match (*verb, promised) {
        ("not_done", _) => "non_performance",
        ("breached", _) => "violation_alleged",
        (_, Some(promised)) => act(&promised["elements"][ordinal.unwrap_or(1) as usize - 1]),
        (kind, None) => kind,
    };
    let doer = by.as_deref().map(who).or(promised.map(|term| term["bearer"].clone()));
    let id = told["reading"]["events"].as_array()?.len() + 1;
    let actors: Vec<Value> = doer.into_iter().collect();
    let event = json!({"id": id, "kind": kind, "aspect": aspect, "actors": actors, "targets": [],
        "place": place.as_deref().map(at), "agreement": agreement, "relation": relation,
        "happened": told["reading"]["statements"][statement - 1]["happened"], "term": term,
        "element": ordinal.map(|ordinal| json!({"term": term, "ordinal": ordinal})),
        "quantity": counted.as_deref().map(quantity), "span": free(told), "statement": statement});
    push(&mut told["reading"]["events"], event);
    if words.contains(&"not") {
        told["reading"]["statements"][statement - 1]["polarity"] = json!("negative");
    }
    Some(())
}

/// The event a reader would find in the words: the act they name, else one that carries the promise out.
fn act(element: &Value) -> &str {
    let kind = element["kind"].as_str().and_then(TermKind::from_code);
    let links = kind.zip(Links::shipped().ok());
    let carries = |event: &&EventKind| {
        links.as_ref().is_some_and(|(kind, links)| links.performs(**event, *kind))
    };
    let usual = EventKind::ALL.iter().find(carries).map_or("other", |event| event.code());
    element["act"].as_str().unwrap_or(usual)
}

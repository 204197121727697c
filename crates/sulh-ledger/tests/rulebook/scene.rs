//! Takes the deals of a case and its table of reports, gives the payloads of a log (`sulh.entry/1` and
//! `sulh.decision/1`) in their order.
//! Invariant: what a row does not say, its page does not say: a deal that is only mentioned is nobody's word.
//! Codes stand here as the case writes them: what is none is refused where the payload is read back.

use serde_json::{Value, json};
use sulh_ledger::{Registers, log::EntryKind};
use sulh_model::{
    links::Links,
    vocabulary::{EventKind, TermKind},
};

/// The deals of a case, and its rows by their number.
pub struct Scene<'a> {
    pub registers: &'a Registers,
    pub deals: Vec<Value>,
    pub rows: Vec<(u64, EntryKind, Value)>,
}

/// Who says it, how, where on the page, and of which deal.
struct Voice {
    chain: Vec<Value>,
    factuality: String,
    blocks: Vec<String>,
    deal: usize,
    happened: Value,
}

/// A deal as any page of the scene tells it: `{agreement, terms, follows}`, with ids that count from 1.
pub fn deal<'a>(name: &str, mut lines: impl Iterator<Item = &'a str>) -> Option<Value> {
    let mut agreement = json!({"name": name, "kind": "other", "standing": "reported", "agreed": "hypothetical",
        "parties": [], "told_as_new": false, "predecessors": [], "pressure": [], "statements": []});
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
    let mut term = json!({"id": ordinal, "ordinal": ordinal, "kind": elements[0]["kind"], "elements": elements,
        "modality": "obligation", "agreed": "hypothetical", "bearer": who(bearer), "depends_on": []});
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

impl Scene<'_> {
    /// Takes a row `recorded | published | happened | says`.
    pub fn row(&mut self, row: &str) -> Option<()> {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [recorded, published, happened, says] = cells.as_slice() else { return None };
        if let Some(what) = says.strip_prefix("analyst ") {
            let from = if happened.is_empty() { published } else { happened };
            for (kind, what) in self.decided(what, from)? {
                let decision = json!({"schema": "sulh.decision/1", "by": "heron", "day": published,
                    "reason": "seen by hand", "what": what});
                self.rows.push((number(recorded)?, kind, decision));
            }
        } else if let Some((of, by)) =
            says.strip_prefix("copy of ").and_then(|it| it.split_once(" by "))
        {
            let (by, times) = by.split_once(" times ").unwrap_or((by, "1"));
            for one in 0..number(times)? {
                let mut told = self.page(of)?.clone();
                told["report"]["publisher"] = json!(by);
                told["report"]["url"] =
                    json!(format!("https://{}/{one}", by.to_lowercase().replace(' ', "-")));
                self.publish(recorded, published, told)?;
            }
        } else {
            let (voice, things) = says.split_once(": ")?;
            let (publisher, rest) = voice.split_once(", ").unwrap_or((voice, ""));
            let outlet = publisher.strip_suffix(" denies").unwrap_or(publisher);
            if outlet != "also" {
                let told = page(self.rows.len() as u64 + 1, outlet);
                self.publish(recorded, published, told)?;
            }
            let denies = if outlet == publisher { "asserted" } else { "denied" };
            let voice = self.voice(denies, rest, happened)?;
            things.split("; ").try_for_each(|thing| self.thing(&voice, thing))?;
        }
        Some(())
    }

    /// `2020-10-04` or `undated`, each perhaps with `, taken in 2021-01-01`.
    fn publish(&mut self, row: &str, published: &str, mut told: Value) -> Option<()> {
        let (day, taken) = published.split_once(", taken in ").unwrap_or((published, published));
        told["report"]["published"] = if day == "undated" { Value::Null } else { date(day) };
        told["report"]["archived"] = json!(taken);
        let payload = json!({"schema": "sulh.entry/1", "told": told});
        self.rows.push((number(row)?, EntryKind::Report, payload));
        Some(())
    }

    fn page(&self, row: &str) -> Option<&Value> {
        let row = number(row)?;
        self.rows
            .iter()
            .find(|(at, _, told)| *at == row && told["told"].is_object())
            .map(|(_, _, told)| &told["told"])
    }

    /// `merges 1 with 2`, `parts 1 from 2`, `withdraws 3`, `rejects 2`, `rates Far Courier neither`,
    /// `establishes t1.1 done in 2`, `establishes stage final in 2`.
    fn decided(&self, words: &str, from: &str) -> Option<Vec<(EntryKind, Value)>> {
        let pointed = |page: &Value, it: &Value, kind: &Value| json!({"capture": page["report"]["capture"], "span": it["span"], "kind": kind});
        let deal = |page: &str| {
            let (page, told) = (self.page(page)?, &self.page(page)?["reading"]["agreements"][0]);
            Some(pointed(page, told, &told["kind"]))
        };
        let words: Vec<&str> = words.split(' ').collect();
        Some(vec![match words.as_slice() {
            ["merges", one, "with", two] => {
                (EntryKind::Linking, json!({"merged": [deal(one)?, deal(two)?]}))
            }
            ["parts", one, "from", two] => {
                (EntryKind::Linking, json!({"parted": [deal(one)?, deal(two)?]}))
            }
            ["withdraws", row] => {
                let row = number(row)?;
                let at = self.rows.iter().position(|(at, _, _)| *at == row)?;
                (EntryKind::Withdrawal, json!({"withdrawn": {"seq": at + 1}}))
            }
            ["rejects", row] => {
                let page = self.page(row)?;
                let spans =
                    page["reading"]["statements"].as_array()?.iter().map(|told| &told["spans"][0]);
                let rejected =
                    spans.map(|span| json!({"rejected": pointed(page, span, &json!("statement"))}));
                return Some(rejected.map(|what| (EntryKind::Extraction, what)).collect());
            }
            ["establishes", "stage", stage, "in", page] => (
                EntryKind::Assessment,
                json!({"stage_established": {"agreement": deal(page)?, "stage": stage, "from": from}}),
            ),
            ["establishes", id, state, "in", row] => {
                let (term, ordinal) = id.strip_prefix('t')?.split_once('.')?;
                let page = self.page(row)?;
                let element = &page["reading"]["terms"][number(term)? as usize - 1]["elements"];
                let element = &element[number(ordinal)? as usize - 1];
                let element = pointed(page, element, &element["kind"]);
                let what = json!({"state_established": {"element": element, "state": state, "from": from}});
                (EntryKind::Assessment, what)
            }
            ["rates", source @ .., side] => {
                let examined = json!({"conflict": "valley", "side": side});
                (
                    EntryKind::Rating,
                    json!({"rated": {"source": source.join(" "), "examined": examined}}),
                )
            }
            _ => return None,
        }])
    }

    fn voice(&mut self, factuality: &str, words: &str, happened: &str) -> Option<Voice> {
        let (chain, blocks, happened) = (Vec::new(), Vec::new(), date(happened));
        let mut voice =
            Voice { chain, factuality: factuality.to_owned(), blocks, deal: 0, happened };
        for clause in words.split(", ").filter(|clause| !clause.is_empty()) {
            let said = clause.strip_suffix(" denies");
            if said.is_some() {
                voice.factuality = "denied".to_owned();
            }
            match said.unwrap_or(clause).split_once(' ')? {
                ("on", name) => voice.chain.push(self.holder(name.strip_prefix("the word of ")?)),
                ("as", code) => voice.factuality = code.to_owned(),
                ("in", kind) => voice.blocks.push(kind.split(' ').next_back()?.to_owned()),
                ("of", name) => {
                    voice.deal = self.deals.iter().position(|it| it["agreement"]["name"] == name)?
                }
                ("reader", version) => self.report()?["reader"] = json!(version),
                ("like", rows) => {
                    let signature = self.resembling(rows)?;
                    self.report()?["signature"] = json!(signature);
                }
                ("page", row) => {
                    let capture = self.page(row.strip_prefix("of ")?)?["report"]["capture"].clone();
                    self.report()?["capture"] = capture;
                }
                _ => return None,
            }
        }
        Some(voice)
    }

    fn report(&mut self) -> Option<&mut Value> {
        self.rows.last_mut().map(|(_, _, payload)| &mut payload["told"]["report"])
    }

    /// `2` in nearly all its words, `2 and 3` half in the words of each.
    fn resembling(&self, rows: &str) -> Option<String> {
        let signature = |row: &str| self.page(row)?["report"]["signature"].as_str();
        match rows.split_once(" and ") {
            Some((one, two)) => {
                Some(format!("{}{}", &signature(one)?[..512], &signature(two)?[512..]))
            }
            None => Some(format!("{}{}", &signature(rows)?[..992], "0".repeat(32))),
        }
    }

    /// `Ridge Front`, `Ridge Front above the list`, `unnamed opposition sources`, `unnamed sources`.
    fn holder(&self, words: &str) -> Value {
        let name = words.strip_suffix(" above the list").unwrap_or(words);
        let unnamed = name.strip_prefix("unnamed ").and_then(|rest| rest.strip_suffix("sources"));
        let source = self.registers.sources.find(name).map(|source| source.kind.code());
        let actor = self.registers.actors.find(name).map(|_| "party");
        let kind = unnamed.map(|_| "anonymous").or(source).or(actor).unwrap_or("outlet");
        let side = unnamed.map(str::trim).filter(|side| !side.is_empty());
        json!({"name": name, "kind": kind, "named": unnamed.is_none(), "side": side, "basis": "none",
            "inherited": name != words})
    }

    fn thing(&mut self, voice: &Voice, thing: &str) -> Option<()> {
        let told = &mut self.rows.last_mut()?.2["told"];
        if thing.starts_with("event ") {
            let statement = say(told, voice);
            return event(told, Value::Null, 0, statement, thing);
        }
        let deal = &self.deals[voice.deal];
        let at = mention(told, deal, &self.deals)?;
        let terms = told["reading"]["terms"].as_array()?.iter();
        let offset = terms.take_while(|term| term["agreement"] != at + 1).count() as u64;
        let statement = say(told, voice);
        let agreement = &mut told["reading"]["agreements"][at];
        let (first, last) = thing.rsplit_once(' ').unwrap_or(("", thing));
        match (first, last) {
            ("", "agreed" | "made") => {
                agreement["agreed"] = json!(voice.factuality);
                agreement["stage"] = deal["agreement"]["stage"].clone();
                agreement["statements"] = json!([statement]);
                agreement["concluded"] = voice.happened.clone();
                let terms = if last == "agreed" { deal["terms"].as_array()?.len() } else { 0 };
                (0..terms).for_each(|term| promise(told, voice, term + offset as usize));
            }
            ("stage", stage) => {
                let stage = json!({"agreement": at + 1, "stage": stage, "span": [0, 1], "statement": statement});
                push(&mut told["reading"]["stages"], stage);
            }
            (term, "agreed") => {
                promise(told, voice, (number(term.strip_prefix('t')?)? + offset) as usize - 1)
            }
            (name, assent) => {
                let mut parties = agreement["parties"].as_array_mut()?.iter_mut();
                match parties.find(|party| party["who"]["name"] == name) {
                    Some(party) => party["assent"] = json!(assent),
                    None => return event(told, json!(at + 1), offset, statement, thing),
                }
            }
        }
        Some(())
    }
}

/// A page of an outlet that says nothing yet.
fn page(bytes: u64, publisher: &str) -> Value {
    let hash = bytes.wrapping_mul(0x9E37_79B1) as u32;
    let signature: String = (0..128_u32).map(|at| format!("{:08x}", hash ^ at << 20)).collect();
    let publisher = Some(publisher).filter(|name| !name.is_empty());
    let report = json!({"capture": format!("sha256:{hash:064x}"), "text": format!("sha256:1{hash:063x}"),
        "source": format!("page {bytes}"), "publisher": publisher, "reader": "0.1.0", "signature": signature});
    let reading = json!({"statements": [], "agreements": [], "terms": [], "events": [], "stages": [], "notes": []});
    json!({"report": report, "blocks": [], "reading": reading})
}

/// The deal as a page takes it for known, by its place in the page: nobody's word, until the page says so.
fn mention(told: &mut Value, deal: &Value, deals: &[Value]) -> Option<usize> {
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
fn say(told: &mut Value, voice: &Voice) -> usize {
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
fn promise(told: &mut Value, voice: &Voice, term: usize) {
    let id = say(told, voice);
    told["reading"]["statements"][id - 1]["factuality"] = json!("planned");
    let term = &mut told["reading"]["terms"][term];
    (term["agreed"], term["statement"]) = (json!(voice.factuality), json!(id));
}

/// `t1 begun`, `t2.1 not completed by Ridge Front at Tel Safi number 1 detainees`, `breach attack by ..`.
fn event(
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
    let event = json!({"id": id, "kind": kind, "aspect": aspect, "actors": doer.into_iter().collect::<Vec<_>>(),
        "targets": [], "place": place.as_deref().map(at), "agreement": agreement, "relation": relation,
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

/// Somebody; kind and side come from the register, by the name.
fn who(name: &str) -> Value {
    json!({"name": name, "span": [0, name.len()]})
}

/// A place of the invented country: its number is made of its name, so that a name is one place.
fn at(name: &str) -> Value {
    let number = name.bytes().fold(17, |sum: u32, byte| sum * 31 % 1_000_003 + u32::from(byte));
    let known = json!({"geonames": number, "name": name, "country": "XX", "precision": 1});
    json!({"name": name, "resolution": {"known": known}, "span": [0, name.len()]})
}

fn date(edtf: &str) -> Value {
    if edtf.is_empty() { Value::Null } else { json!({"edtf": edtf, "wording": edtf}) }
}

/// `2 detainees`
fn quantity(words: &str) -> Value {
    let (value, unit) = words.split_once(' ').unwrap_or((words, ""));
    json!({"value": number(value), "unit": unit, "wording": words, "span": [0, 1]})
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

fn push(list: &mut Value, item: Value) {
    if let Some(list) = list.as_array_mut() {
        list.push(item);
    }
}

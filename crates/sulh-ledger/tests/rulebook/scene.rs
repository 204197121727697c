//! Takes the deals of a case and its table of reports, gives the payloads of a log (`sulh.entry/1` and
//! `sulh.decision/1`) in their order.
//! Invariant: what a row does not say, its page does not say: a deal that is only mentioned is nobody's word.

use crate::{
    deal::{date, number, push},
    page::{Voice, event, mention, page, promise, say},
};
use serde_json::{Value, json};
use sulh_ledger::{Registers, log::EntryKind};

/// The deals of a case, and its rows by their number.
pub struct Scene<'a> {
    pub registers: &'a Registers,
    pub deals: Vec<Value>,
    pub rows: Vec<(u64, EntryKind, Value)>,
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
        let pointed = |page: &Value, it: &Value, kind: &Value| {
            let capture = &page["report"]["capture"];
            json!({"capture": capture, "span": it["span"], "kind": kind})
        };
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
        let deal = self.deals.get(voice.deal)?;
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
                (0..terms).try_for_each(|term| promise(told, voice, term + offset as usize))?;
            }
            ("stage", stage) => {
                let (agreement, span) = (at + 1, [0, 1]);
                let stage = json!({"agreement": agreement, "stage": stage, "span": span,
                    "statement": statement});
                push(&mut told["reading"]["stages"], stage);
            }
            (term, "agreed") => {
                let ordinal = number(term.strip_prefix('t')?)?.checked_sub(1)?;
                promise(told, voice, (ordinal + offset) as usize)?;
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

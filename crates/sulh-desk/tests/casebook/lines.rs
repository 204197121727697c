//! Takes `sulh.reading/1` and `sulh.dossier/1` as JSON, gives the lines of a casebook block.
//! Invariant: the words are those of the page and the desk; what is made here is only how they are put.

use serde_json::{Value, json};

/// A line of a block begins to be hard to read beyond this many characters of quoted page.
const QUOTED_CHARS_MAX: usize = 70;

const STATEMENT: &str = "{words} | said by: {voices} | {factuality}{negated} \
    | happened: {happened.edtf} | about: {refers_to[].id}";
const AGREEMENT: &str = "{id} {name} | {kind} | stage: {stage} | {standing} \
    | concluded: {concluded.edtf} | place: {place.name} | [parties] {role}: {name} ({assent}) \
    | pressure: {pressure[].kind} | follows: {predecessors[]}";
const TERM: &str = "{ordinal} {kind} | {modality} | bearer: {bearer.name} \
    | for: {beneficiary.name} | object: {object} | at: {place.name} | to: {destination.name} \
    | by: {deadline.edtf} | if: {condition} | [depends_on] {how}: {term} \
    | instead of: {alternative_of} | going: {voluntariness} | number: {quantity.wording} \
    | elements: {kinds[]}";
const EVENT: &str = "{id} {kind} | {aspect} | by: {actors[].name} | to: {targets[].name} \
    | at: {place.name} | happened: {happened.edtf} | number: {quantity.wording} | {bears}";

const HEAD: &str = "agreement: {name} | stage: {stage.value} ({stage.grade}) \
    | claimed: {claimed_stage.value} ({claimed_stage.grade}) | concluded: {concluded.edtf} \
    | by: {voices[]} | flags: {flags[]} | recorded later: {later}";
const PARTY: &str = "{role}: {name} | {assent.value} ({assent.grade})";
const STANDING: &str = "{number} {kind} | reported: {reported.state} ({reported.grade}) \
    | claimed: {claimed.state} ({claimed.grade}) | by: {voices[]} | flags: {flags[]}";
const EARLIER: &str = "earlier: {name} | concluded: {concluded.edtf}";
const BREACH: &str = "breach of: {of} | incident: {incident.grade} | by: {voices[]} \
    | [accused] responsible: {name} ({grade}) | responsible: nobody, {responsible.nobody_because}";
const BESIDE: &str = "beside it: {name} | {standing}";

/// `{path}` is a field, `{path[].name}` the names of a list, and a part `[path] ..` stands once for each of a list.
/// A part (between two bars) whose fields are all empty is left out.
fn line(template: &str, object: &Value) -> String {
    let mut parts = Vec::new();
    for part in template.split(" | ") {
        match part.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            Some((list, each)) => {
                parts.extend(items(&object[list]).filter_map(|item| filled(each, item)));
            }
            None => parts.extend(filled(part, object)),
        }
    }
    parts.join(" | ")
}

fn filled(part: &str, object: &Value) -> Option<String> {
    let mut pieces = part.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let mut says = false;
    for (path, after) in pieces.filter_map(|piece| piece.split_once('}')) {
        let text = field(object, path);
        says |= !text.is_empty();
        out = out + &text + after;
    }
    says.then(|| out.replace(" ()", ""))
}

fn field(value: &Value, path: &str) -> String {
    let at = |path: &str| path.split('.').fold(value, |value, key| &value[key]);
    if let Some((list, name)) = path.split_once("[]") {
        let each = |item: &Value| match name {
            "" => plain(item),
            name => field(item, name.trim_start_matches('.')),
        };
        return items(at(list)).map(each).collect::<Vec<_>>().join(", ");
    }
    plain(at(path))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The lines of a kind of block of readings; nothing for a kind that is none.
pub fn reading(kind: &str, reading: &Value) -> Option<Vec<String>> {
    let (list, put): (&Value, fn(&mut Value, &Value) -> &'static str) = match kind {
        "blocks" => (&reading["page"]["blocks"], block),
        "statements" => (&reading[kind], statement),
        "agreements" => (&reading[kind], |_, _| AGREEMENT),
        "terms" => (&reading[kind], term),
        "events" => (&reading[kind], event),
        "stages" => (&reading[kind], stage),
        "notes" => (&reading[kind], note),
        _ => return None,
    };
    let one = |item: &Value| {
        let mut item = item.clone();
        line(put(&mut item, reading), &item)
    };
    Some(items(list).map(one).collect())
}

fn statement(item: &mut Value, reading: &Value) -> &'static str {
    let content = items(&item["spans"]).filter(|span| span["role"] == "content");
    let words: Vec<&str> = content.map(|span| quoted(span, reading)).collect();
    let chain: Vec<String> = items(&item["attribution"]).map(holder).collect();
    item["words"] = json!(words.join(" ... "));
    item["voices"] = json!(if chain.is_empty() { "the outlet".into() } else { chain.join(" > ") });
    item["negated"] = json!(if item["polarity"] == "negative" { ", negated" } else { "" });
    STATEMENT
}

fn holder(holder: &Value) -> String {
    let unnamed = if holder["named"] == false { "unnamed, " } else { "" };
    let inherited = if holder["inherited"] == true { ", inherited" } else { "" };
    let kind = line("{kind} | {side} side", holder).replace(" | ", ", ");
    format!("{} ({unnamed}{kind}{inherited})", plain(&holder["name"]))
}

fn term(item: &mut Value, _: &Value) -> &'static str {
    let one = |element| line("{kind} ({mode})", element);
    item["kinds"] = items(&item["elements"]).map(one).collect();
    TERM
}

fn event(item: &mut Value, _: &Value) -> &'static str {
    let target = ["element", "term", "agreement"].into_iter().find(|key| !item[key].is_null());
    let relation = plain(&item["relation"]).replace("none", "bears on");
    item["bears"] = target.map(|key| format!("{relation}: {}", plain(&item[key]))).into();
    EVENT
}

fn stage(item: &mut Value, reading: &Value) -> &'static str {
    note(item, reading);
    "{agreement} {stage} | {words}"
}

fn block(item: &mut Value, reading: &Value) -> &'static str {
    note(item, reading);
    if item["parent"].is_null() { "{kind} | {words}" } else { "- {kind} | {words}" }
}

fn note(item: &mut Value, reading: &Value) -> &'static str {
    let words = quoted(item, reading);
    item["words"] = json!(match words.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((at, _)) => format!("{} ...", words[..at].trim_end()),
        None => words.to_owned(),
    });
    "{code} | {words}"
}

fn quoted<'a>(span: &Value, reading: &'a Value) -> &'a str {
    let byte = |key: &str| usize::try_from(span[key].as_u64().unwrap_or(0)).unwrap_or(0);
    let text = reading["page"]["text"].as_str().unwrap_or("");
    text.get(byte("start")..byte("end")).unwrap_or("").trim()
}

/// The lines of a dossier.
pub fn dossier(dossier: &Value) -> Vec<String> {
    let agreement = &dossier["agreement"];
    let mut head = agreement.clone();
    head["voices"] = voices(&agreement["stage"]["because"]);
    head["later"] = dossier["recorded_later"].as_u64().filter(|later| *later > 0).into();
    let mut lines = vec![line(HEAD, &head)];
    lines.extend(items(&agreement["parties"]).map(|party| line(PARTY, party)));
    for term in items(&dossier["terms"]) {
        lines.push(standing(term, &term["ordinal"]));
        // A single element is the term itself.
        let elements = items(&term["elements"]).filter(|_| term["elements"][1].is_object());
        lines.extend(elements.map(|one| format!("- {}", standing(one, &one["id"]))));
    }
    lines.extend(items(&agreement["predecessors"]).map(|earlier| line(EARLIER, earlier)));
    lines.extend(items(&agreement["breaches"]).map(|told| breach(told, agreement)));
    lines.extend(items(&dossier["leads"]).map(|lead| line(BESIDE, lead)));
    lines
}

fn standing(told: &Value, number: &Value) -> String {
    let mut told = told.clone();
    told["number"] = number.clone();
    if told["claimed"]["state"] == told["reported"]["state"] {
        told["claimed"] = Value::Null;
    }
    told["voices"] = voices(&told["because"]);
    line(STANDING, &told)
}

fn breach(told: &Value, agreement: &Value) -> String {
    let mut breach = told.clone();
    let mut all = items(&agreement["predecessors"]).chain([agreement]);
    let of = all.find(|one| one["id"] == told["agreement"]);
    breach["of"] = of.map(|one| one["name"].clone()).into();
    breach["voices"] = voices(&told["incident"]["because"]);
    breach["accused"] = told["responsible"]["who"].clone();
    line(BREACH, &breach)
}

/// On whose word: each voice once, with a mark where its own page was not seen.
fn voices(because: &Value) -> Value {
    let mut names: Vec<String> = Vec::new();
    for one in items(because).flat_map(|because| items(&because["lines"])) {
        let unseen = if one["original_seen"] == false { " (not seen)" } else { "" };
        let name = match one["voucher"].as_str() {
            Some(name) => format!("{name}{unseen}"),
            None => format!("unnamed {}", plain(&one["side"])).trim().to_owned(),
        };
        names.extend(Some(name).filter(|name| !names.contains(name)));
    }
    json!(names)
}

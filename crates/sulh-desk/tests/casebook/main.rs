//! Takes every case of casebook/, fails where the desk says other than the case expects.
//! Invariant: a case without an expectation fails; `UPDATE=1` rewrites expectations, never inputs.

mod case_file;
mod lines;

use case_file::{Block, Piece};
use serde_json::{Value, to_value};
use std::{collections::BTreeMap, path::Path};
use sulh_desk::{
    PageAbout, Question, RecordedAt, ReportDesk, date_given, last_day_given, record,
    shapes::{dossier::DossierShape, reading::ReadingShape},
};
use sulh_ledger::{
    Ledger, Registers,
    log::{Entry, EntryKind},
};
use sulh_model::links::Links;
use sulh_model::register::{ActorRegister, SourceRegister};

type Failure = Box<dyn std::error::Error>;

datatest_stable::harness! {
    { test = run, root = "../../casebook", pattern = r"^(?!rules/)(?!.*(README|ORIGIN)\.md$).*\.md$" },
}

fn run(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let mut cases = case_file::parse(&text)?;
    assert_eq!(case_file::text(&cases), text, "a file is written back as it was");
    let desk = ReportDesk::new([0; 32])?;
    let mut differences = Vec::new();
    for case in &mut cases {
        differences.extend(check(&desk, case)?);
    }
    if std::env::var_os("UPDATE").is_some_and(|wish| wish == "1") {
        std::fs::write(path, case_file::text(&cases))?;
        return Ok(());
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    Ok(())
}

/// Puts what the desk says into the case's expectations, tells where it differs from what stood there.
fn check(desk: &ReportDesk, case: &mut [Piece]) -> Result<Vec<String>, Failure> {
    let (sources, actors) = (SourceRegister::shipped()?, ActorRegister::shipped()?);
    let links = Links::shipped()?;
    let mut ledger = Ledger::new(Registers { sources, actors, links });
    let (mut reading, mut expects, mut differences) = (None, false, Vec::new());
    for piece in case {
        let Piece::Block(block) = piece else { continue };
        let told = match (block.kind(), &reading) {
            ("page", _) => {
                reading = Some(add(desk, &mut ledger, block)?);
                continue;
            }
            ("ledger", Some(_)) => board(&ledger, block)?,
            (kind, Some(reading)) => lines::reading(kind, reading)
                .ok_or_else(|| format!("line {}: no block is called `{kind}`", block.line))?,
            (_, None) => return Err(format!("line {}: stands before any page", block.line).into()),
        };
        let told: String = told.iter().map(|line| format!("{line}\n")).collect();
        expects = true;
        if told != block.body {
            let (line, stood) = (block.line, &block.body);
            differences.push(format!("line {line} expects:\n{stood}but is told:\n{told}"));
            block.body = told;
        }
    }
    assert!(expects || reading.is_none(), "a case expects nothing of its pages");
    Ok(differences)
}

/// Takes a page into the ledger, recorded on the first of 2000; gives what it says.
fn add(desk: &ReportDesk, ledger: &mut Ledger, block: &Block) -> Result<Value, Failure> {
    let (page, reading) = desk.read(block.body.as_bytes(), about(block)?, Default::default());
    let told = to_value(ReadingShape::of(&page, &reading, desk.reader()))?;
    let recorded_at = RecordedAt::parse("2000-01-01T00:00:00Z").ok_or("no time")?;
    let archived = last_day_given("2000-01-01", "case")?;
    let payload = sulh_ledger::stored::encode(&record(&page, reading, desk.reader(), archived))?;
    let seq = ledger.last() + 1;
    ledger.take(&Entry::new(seq, recorded_at, EntryKind::Report, payload, [0; 32]))?;
    Ok(told)
}

fn about(block: &Block) -> Result<PageAbout, Failure> {
    let source = format!("page of line {}", block.line);
    let mut about = PageAbout { source, url: None, title: None, publisher: None, published: None };
    for (key, value) in block.attributes()? {
        match key {
            "published" => about.published = Some(date_given(value, key)?),
            "publisher" => about.publisher = Some(value.to_owned()),
            _ => return Err(format!("line {}: no page has `{key}={value}`", block.line).into()),
        }
    }
    Ok(about)
}

/// The agreements with terms, or all where none has any, by name.
fn board(ledger: &Ledger, block: &Block) -> Result<Vec<String>, Failure> {
    let asked: BTreeMap<&str, &str> = block.attributes()?.into_iter().collect();
    let day = |key| last_day_given(asked.get(key).unwrap_or(&"nothing"), key);
    let recorded_by = asked.get("recorded_by").map(|seq| seq.parse()).transpose()?;
    let question = Question { as_of: day("as_of")?, known_by: day("known_by")?, recorded_by };
    let mut found = ledger.agreements(question);
    let any = found.iter().any(|summary| summary.terms > 0);
    found.retain(|summary| summary.terms > 0 || !any);
    found.sort_by(|left, right| left.name.cmp(&right.name));
    let mut lines = Vec::new();
    for dossier in found.iter().filter_map(|one| ledger.dossier(&one.key, question)) {
        lines.extend(lines::dossier(&to_value(DossierShape::of(&dossier, &|_| None))?));
    }
    Ok(if lines.is_empty() { vec!["nothing".to_owned()] } else { lines })
}

//! Takes every case of casebook/rules and every page of docs/method, fails where the ledger says other than the
//! case expects, or where a page quotes what no case it links to says.
//! Invariant: a question without an expectation and an expectation without an answer are errors, and no answer
//! depends on the order in which reports arrive, or on what came after the entry that was asked for.

mod answers;
#[expect(dead_code, reason = "these cases are never rewritten by the runner")]
#[path = "../../../sulh-desk/tests/casebook/case_file.rs"]
mod case_file;
mod deal;
mod page;
mod scene;

use answers::{Facts, facts};
use case_file::{Block, Piece};
use scene::Scene;
use serde_json::Value;
use std::path::Path;
use sulh_ledger::{
    Ledger, Registers,
    log::{Entry, EntryKind, RecordedAt},
    stored,
    verdict::Question,
};
use sulh_model::{
    links::Links,
    register::{ActorRegister, SourceRegister},
};

type Failure = Box<dyn std::error::Error>;

datatest_stable::harness! {
    { test = run, root = "../../casebook/rules", pattern = r"^[a-z0-9-]+\.md$" },
    { test = quotes, root = "../../docs/method", pattern = r"\.md$" },
}

fn run(path: &Path) -> datatest_stable::Result<()> {
    let place = |why: &str| format!("{}:{why}", path.display());
    let problems = cases(path).map_err(|why| place(&why.to_string()))?;
    let problems = problems.iter().map(|(line, why)| place(&format!("{line}: {why}")));
    let problems: Vec<String> = problems.collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// What a file expects and is not told, by line.
fn cases(path: &Path) -> Result<Vec<(usize, String)>, Failure> {
    let registers = registers()?;
    let mut problems = vec![(1, "nothing is expected in this file".to_owned())];
    let mut scene = Scene { registers: &registers, deals: Vec::new(), rows: Vec::new() };
    for case in case_file::parse(&std::fs::read_to_string(path)?)? {
        scene.rows.clear();
        // A case without a deal of its own has those of the case before it.
        let mut carried = true;
        for piece in &case {
            let Piece::Block(block) = piece else { continue };
            match block.kind() {
                "deal" => {
                    if std::mem::take(&mut carried) {
                        scene.deals.clear();
                    }
                    let name = block.head.trim_start_matches("deal ");
                    let deal = deal::deal(name, numbered(block).map(|(_, line)| line));
                    scene.deals.push(deal.ok_or(format!("{}: this is no deal", block.line))?);
                }
                "reports" => rows(&mut scene, block)?,
                "expect" => {
                    problems.retain(|(line, _)| *line > 1);
                    problems.extend(check(&scene, block)?);
                }
                kind => return Err(format!("{}: no block is called `{kind}`", block.line).into()),
            }
        }
    }
    Ok(problems)
}

/// The lines of a block that say something, with their numbers.
fn numbered(block: &Block) -> impl Iterator<Item = (usize, &str)> {
    let lines = block.body.lines().map(str::trim).zip(block.line + 1..);
    lines.filter(|(line, _)| !line.is_empty()).map(|(line, number)| (number, line))
}

/// The registers of the invented conflict: two blocks of the folder's README.
fn registers() -> Result<Registers, Failure> {
    let cases = case_file::parse(include_str!("../../../../casebook/rules/README.md"))?;
    let toml = |head: &str| {
        let found = cases.iter().flatten().find_map(|piece| match piece {
            Piece::Block(block) if block.head == head => Some(block.body.as_str()),
            _ => None,
        });
        found.ok_or(format!("the README of the cases has no block `{head}`"))
    };
    let sources = SourceRegister::parse(toml("toml sources")?)?;
    let actors = ActorRegister::parse(toml("toml actors")?)?;
    Ok(Registers { sources, actors, links: Links::shipped()? })
}

fn rows(scene: &mut Scene<'_>, block: &Block) -> Result<(), Failure> {
    for (number, row) in numbered(block).filter(|(_, row)| !row.starts_with("recorded |")) {
        scene.row(row).ok_or(format!("{number}: `{row}` is no report of this scene"))?;
        if let Some((_, EntryKind::Report, payload)) = scene.rows.last() {
            stored::decode(payload.to_string().as_bytes())
                .map_err(|why| format!("{number}: {why}"))?;
        }
    }
    Ok(())
}

/// Every expectation the ledger does not meet, with its line.
fn check(scene: &Scene<'_>, block: &Block) -> Result<Vec<(usize, String)>, Failure> {
    let (mut problems, mut answered) = (Vec::new(), true);
    let (mut asked, mut told) = (None, Facts::new());
    for (number, line) in numbered(block) {
        let refuse = |why: &str| format!("{number}: {why}");
        let name = line.strip_prefix("of ");
        if let Some(words) = line.strip_prefix("as of ") {
            if !answered {
                return Err(refuse("nothing is expected of the question before").into());
            }
            asked = Some(question(scene, words).ok_or(refuse("this asks nothing"))?);
        }
        let question = asked.ok_or(refuse("no question is asked before this"))?;
        answered = !line.starts_with("as of ") && name.is_none();
        if answered {
            let found =
                differs(&told, line).map(|said| format!("expected `{line}`, is told `{said}`"));
            problems.extend(found.map(|problem| (number, problem)));
        } else {
            let first = scene.deals.first().and_then(|deal| deal["agreement"]["name"].as_str());
            told = answers(scene, question, name.or(first).unwrap_or_default())
                .map_err(|why| refuse(&why.to_string()))?;
        }
    }
    if asked.is_none() || !answered {
        return Err(format!("{}: nothing is expected of a question", block.line).into());
    }
    Ok(problems)
}

/// `2020-10-05 known by 2020-10-05 recorded by 2`; the last is a number of the table.
fn question(scene: &Scene<'_>, words: &str) -> Option<Question> {
    let (words, row) = words.split_once(" recorded by ").unwrap_or((words, ""));
    let (as_of, known_by) = words.split_once(" known by ")?;
    let last: Option<u64> = if row.is_empty() { None } else { Some(row.parse().ok()?) };
    let before = |last| scene.rows.iter().filter(|(row, _, _)| *row <= last).count() as u64;
    let (as_of, known_by) = (as_of.parse().ok()?, known_by.parse().ok()?);
    Some(Question { as_of, known_by, recorded_by: last.map(before) })
}

/// What the ledger says instead of a line; nothing where it says just that.
fn differs(told: &Facts, line: &str) -> Option<String> {
    if let Some((subject, parts)) = line.split_once(": ") {
        let none = vec!["none".to_owned()];
        let said = told.get(&format!("{subject}:")).unwrap_or(&none);
        let meets = parts.split("; ").all(|part| said.iter().any(|one| one == part));
        return (!meets).then(|| format!("{subject}: {}", said.join("; ")));
    }
    let of_line = |subject: &&String| {
        line.strip_prefix(subject.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    let subject = told.keys().filter(of_line).max_by_key(|subject| subject.len());
    let said = subject.map_or("nothing of the kind".to_owned(), |subject| {
        format!("{subject} {}", told[subject].join("; "))
    });
    (said != line).then_some(said)
}

/// What the ledger says, once it has said the same in another way.
fn answers(scene: &Scene<'_>, question: Question, of: &str) -> Result<Facts, Failure> {
    let rows = scene.rows.iter();
    let mut told = answer(scene, rows.clone(), question, of)?;
    let reports_only = rows.clone().all(|(_, kind, _)| *kind == EntryKind::Report);
    let again = match question.recorded_by {
        Some(last) => {
            let before = Question { recorded_by: None, ..question };
            answer(scene, rows.take(last as usize), before, of)?
        }
        None if reports_only => answer(scene, rows.rev(), question, of)?,
        None => told.clone(),
    };
    let mut same = again.clone();
    // The one thing a later entry may change: that there is more.
    same.extend(
        told.get_key_value("recorded later").map(|(key, later)| (key.clone(), later.clone())),
    );
    if same != told {
        told.retain(|key, said| same.get(key) != Some(said));
        return Err(format!("asked in another way, the ledger says otherwise than {told:?}").into());
    }
    Ok(told)
}

/// What a ledger of these rows says of an agreement, and which agreements it knows of.
fn answer<'a>(
    scene: &Scene<'_>,
    rows: impl Iterator<Item = &'a (u64, EntryKind, Value)>,
    question: Question,
    of: &str,
) -> Result<Facts, Failure> {
    let mut ledger = Ledger::new(scene.registers.clone());
    for ((_, kind, payload), seq) in rows.zip(1..) {
        let at = RecordedAt::parse("2021-01-01T00:00:00Z").ok_or("no time")?;
        ledger.take(&Entry::new(seq, at, *kind, payload.to_string().into_bytes(), [0; 32]))?;
    }
    let mut names: Vec<String> =
        ledger.agreements(question).into_iter().map(|it| it.name).collect();
    names.sort();
    let key = ledger.find(of, question).ok();
    let dossier = key.and_then(|key| ledger.dossier(&key, question));
    let mut told = dossier.as_ref().map(facts).unwrap_or_default();
    told.insert("agreements".to_owned(), answers::listed(names.iter()));
    Ok(told)
}

/// Every block of a page on method stands, word for word, in a case the page links to.
fn quotes(path: &Path) -> datatest_stable::Result<()> {
    let page = std::fs::read_to_string(path)?;
    let links = page.split("](").skip(1).filter_map(|rest| rest.split_once(".md)"));
    let links = links.filter(|(link, _)| link.contains("casebook/rules/"));
    let folder = path.parent().ok_or("a page lies in a folder")?;
    let linked = links.map(|(link, _)| std::fs::read_to_string(folder.join(format!("{link}.md"))));
    let cases: Vec<String> = linked.collect::<Result<_, _>>()?;
    for piece in case_file::parse(&page)?.iter().flatten() {
        let Piece::Block(block) = piece else { continue };
        let quoted = format!("```{}\n{}```", block.head, block.body);
        if !cases.iter().any(|case| case.contains(&quoted)) {
            let line = block.line;
            return Err(format!("{}:{line}: no case it links to says this", path.display()).into());
        }
    }
    Ok(())
}

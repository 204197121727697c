//! Takes every case of casebook/rules and every table of docs/method, fails where the ledger says other than
//! the case expects, or where a page quotes what no case it links to says.
//! Invariant: a question without an expectation and an expectation without an answer are errors, and no case
//! may depend on the order in which its reports arrive.

mod answers;
#[expect(dead_code, reason = "these cases are never rewritten by the runner")]
#[path = "../../../sulh-desk/tests/casebook/case_file.rs"]
mod case_file;
mod deal;
mod reports;

use answers::{Facts, facts};
use case_file::{Block, Piece};
use reports::{Recorded, Scene};
use std::path::Path;
use sulh_ledger::{
    Ledger, Registers, decision,
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
    let registers = registers()?;
    let (mut problems, mut any) = (Vec::new(), false);
    let mut scene = Scene { registers: &registers, deals: Vec::new(), rows: Vec::new() };
    for case in case_file::parse(&std::fs::read_to_string(path)?)? {
        scene.rows.clear();
        let mut carried = true;
        for piece in &case {
            let Piece::Block(block) = piece else { continue };
            match block.kind() {
                "deal" => {
                    if std::mem::take(&mut carried) {
                        scene.deals.clear();
                    }
                    scene.deals.push(deal::deal(block)?);
                }
                "reports" => rows(&mut scene, block)?,
                "expect" => problems.extend(check(&scene, block)?),
                kind => return Err(format!("{}: no block is called `{kind}`", block.line).into()),
            }
            any |= block.kind() == "expect";
        }
    }
    let place = |problem: String| format!("{}:{problem}", path.display());
    if problems.is_empty() && any {
        return Ok(());
    }
    problems.extend((!any).then(|| "1: the file expects nothing".to_owned()));
    Err(problems.into_iter().map(place).collect::<Vec<_>>().join("\n").into())
}

/// The lines of a block that say something, with their numbers.
pub fn numbered(block: &Block) -> impl Iterator<Item = (usize, &str)> {
    let lines = block.body.lines().map(str::trim).zip(block.line + 1..);
    lines.filter(|(line, _)| !line.is_empty()).map(|(line, number)| (number, line))
}

/// The registers of the invented conflict: the two blocks of the folder's README.
fn registers() -> Result<Registers, Failure> {
    let readme = include_str!("../../../../casebook/rules/README.md");
    let cases = case_file::parse(readme)?;
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
    for (number, row) in numbered(block) {
        if row != "recorded | published | happened | says" {
            scene.row(row).ok_or(format!("{number}: `{row}` is no report of this scene"))?;
        }
    }
    Ok(())
}

/// A question and the facts it is answered with.
struct Asked<'a> {
    scene: &'a Scene<'a>,
    question: Option<Question>,
    answered: bool,
}

fn check(scene: &Scene<'_>, block: &Block) -> Result<Vec<String>, Failure> {
    let mut problems = Vec::new();
    let mut asked = Asked { scene, question: None, answered: true };
    let mut of = scene.deals.first().map_or("", |deal| &deal.agreement.name).to_owned();
    for (number, line) in numbered(block) {
        if let Some(question) = line.strip_prefix("as of ") {
            if !asked.answered {
                return Err(format!("{number}: nothing is expected of the question before").into());
            }
            let question =
                asked.question(question).ok_or(format!("{number}: `{line}` asks nothing"))?;
            (asked.question, asked.answered) = (Some(question), false);
        } else if let Some(name) = line.strip_prefix("of ") {
            of = name.to_owned();
        } else {
            let question = asked.question.ok_or(format!("{number}: stands before any question"))?;
            asked.answered = true;
            let told = differs(scene, &of, question, line)?;
            problems
                .extend(told.map(|told| format!("{number}: expected `{line}`, is told `{told}`")));
        }
    }
    if !asked.answered || asked.question.is_none() {
        return Err(
            format!("{}: a question is not followed by what is expected", block.line).into()
        );
    }
    Ok(problems)
}

impl Asked<'_> {
    /// `2020-10-05 known by 2020-10-05 recorded by 2`; the last is a number of the table.
    fn question(&self, words: &str) -> Option<Question> {
        let (words, row) = match words.split_once(" recorded by ") {
            Some((words, row)) => (words, Some(row.parse::<u64>().ok()?)),
            None => (words, None),
        };
        let (as_of, known_by) = words.split_once(" known by ")?;
        let before = |last: u64| self.scene.rows.iter().filter(|(row, _)| *row <= last).count();
        let recorded_by = row.map(|row| before(row) as u64);
        Some(Question { as_of: as_of.parse().ok()?, known_by: known_by.parse().ok()?, recorded_by })
    }
}

/// What the ledger says instead of a line; nothing where it says just that.
fn differs(
    scene: &Scene<'_>,
    of: &str,
    question: Question,
    line: &str,
) -> Result<Option<String>, Failure> {
    let rows = scene.rows.iter();
    let mut told = answer(scene, rows.clone(), question, of)?;
    let later = told.remove("recorded later");
    let reports_only = rows.clone().all(|(_, row)| matches!(row, Recorded::Report(_)));
    let again = match question.recorded_by {
        // What came later changes nothing of what was recorded by then.
        Some(last) => {
            let question = Question { recorded_by: None, ..question };
            Some(answer(scene, rows.take(last as usize), question, of)?)
        }
        None if reports_only => Some(answer(scene, rows.rev(), question, of)?),
        None => None,
    };
    if let Some(mut again) = again {
        again.remove("recorded later");
        if again != told {
            return Ok(Some("another answer when reports arrive in another order".to_owned()));
        }
    }
    told.extend(later.map(|later| ("recorded later".to_owned(), later)));
    if let Some((subject, parts)) = line.split_once(": ") {
        let none = vec!["none".to_owned()];
        let said = told.get(&format!("{}:", whole(subject))).unwrap_or(&none);
        let missing = parts.split("; ").any(|part| !said.iter().any(|one| one == part));
        return Ok(missing.then(|| format!("{subject}: {}", said.join("; "))));
    }
    let of_line = |subject: &&String| {
        line.strip_prefix(subject.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    let subject = told.keys().filter(of_line).max_by_key(|subject| subject.len());
    let said = subject.map(|subject| format!("{subject} {}", told[subject].join("; ")));
    Ok(match said {
        Some(said) => (said != line).then_some(said),
        None => Some("nothing of the kind".to_owned()),
    })
}

/// `t1 begun` is `t1.1 begun`.
fn whole(subject: &str) -> String {
    match subject.split_once(' ') {
        Some((term, transition))
            if transition != "agreed" && !term.contains('.') && deal::term_id(term).is_some() =>
        {
            format!("{term}.1 {transition}")
        }
        _ => subject.to_owned(),
    }
}

/// What a ledger of these rows says of an agreement, and which agreements it knows of.
fn answer<'a>(
    scene: &Scene<'_>,
    rows: impl Iterator<Item = &'a (u64, Recorded)>,
    question: Question,
    of: &str,
) -> Result<Facts, Failure> {
    let mut ledger = Ledger::new(scene.registers.clone());
    for ((_, recorded), seq) in rows.zip(1..) {
        let at = RecordedAt::parse("2021-01-01T00:00:00Z").ok_or("no time")?;
        let (kind, payload) = match recorded {
            Recorded::Report(told) => (EntryKind::Report, stored::encode(told)?),
            Recorded::Decision(it) => (it.what.entry_kind(), decision::encode(it)?),
        };
        ledger.take(&Entry::new(seq, at, kind, payload, [0; 32]))?;
    }
    let mut names: Vec<String> =
        ledger.agreements(question).into_iter().map(|one| one.name).collect();
    names.sort();
    let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let mut told = match ledger.find(of, question) {
        Ok(key) => ledger.dossier(&key, question).as_ref().map(facts).unwrap_or_default(),
        Err(_) => Facts::new(),
    };
    told.insert("agreements".to_owned(), vec![known]);
    Ok(told)
}

/// Every block of a page on method stands, word for word, in a case the page links to.
fn quotes(path: &Path) -> datatest_stable::Result<()> {
    let page = std::fs::read_to_string(path)?;
    let links = page.split("](").skip(1).filter_map(|rest| rest.split_once(".md)"));
    let folder = path.parent().ok_or("a page lies in a folder")?;
    let cases: Vec<String> = links
        .filter(|(link, _)| link.contains("casebook/rules/"))
        .map(|(link, _)| std::fs::read_to_string(folder.join(format!("{link}.md"))))
        .collect::<Result<_, _>>()?;
    for piece in case_file::parse(&page)?.iter().flatten() {
        let Piece::Block(block) = piece else { continue };
        let quoted = format!("```{}\n{}```", block.head, block.body);
        if !cases.iter().any(|case| case.contains(&quoted)) {
            return Err(format!(
                "{}:{}: no case it links to says this",
                path.display(),
                block.line
            )
            .into());
        }
    }
    Ok(())
}

//! Takes the options of `sulh demo`, reads the example reports into a new ledger and tells the story day by day.
//! Invariant: all that is told are differences between the ledger's own answers; no example is known by name.

use crate::{
    cli::DemoOptions,
    faults::Failure,
    input::{Report, examples},
    models, print,
    world::{self, KeyWhenMissing},
};
use std::{io::Write, path::Path, process::ExitCode};
use sulh_desk::{
    Added, Effort, Filter, LedgerDesk, LedgerStore, MemoryStore, Moment, Question, ReportDesk,
    SqliteStore, UncertainDate,
};

/// Runs the command.
pub fn run(options: &DemoOptions) -> Result<ExitCode, Failure> {
    match &options.ledger {
        Some(file) => {
            if file.try_exists().unwrap_or(true) {
                return Err(format!(
                    "{}: is there already, and the demo starts a ledger of its own; name another file",
                    file.display()
                )
                .into());
            }
            let key = world::pseudonym_key(file, KeyWhenMissing::Make)?;
            let store = SqliteStore::create(file, &world::writer()?)?;
            story(options, store, key, Some(file))
        }
        None => story(options, MemoryStore::default(), world::random()?, None),
    }
}

fn story<S: LedgerStore>(
    options: &DemoOptions,
    store: S,
    key: [u8; 32],
    file: Option<&Path>,
) -> Result<ExitCode, Failure> {
    let mut desk = LedgerDesk::open(store)?;
    let reports = ReportDesk::with(key, models::parser(&options.parser)?, Effort::Full)?;
    let today = world::today();
    let day = |report: &Report| {
        report.about.published.as_ref().and_then(UncertainDate::latest).unwrap_or(today)
    };
    let examples = examples()?;
    let mut last = today;
    for of_day in examples.chunk_by(|one, next| day(one) == day(next)) {
        let mut entries = Vec::new();
        for report in of_day {
            let moment = Moment { day: today, recorded_at: world::now()?, salt: world::random()? };
            match desk.add(&reports, &report.bytes, report.about.clone(), moment)? {
                Added::New { seq } | Added::AnotherReader { seq } => entries.push(seq),
                Added::Known { .. } | Added::Nothing { .. } => {}
            }
        }
        last = of_day.first().map_or(last, day);
        let told = desk.day(last, &entries);
        let mut output = std::io::stdout().lock();
        if options.json {
            serde_json::to_writer(&mut output, &told).map_err(std::io::Error::from)?;
            writeln!(output)?;
        } else {
            output.write_all(print::day(&told).as_bytes())?;
        }
    }
    if !options.json {
        ending(&desk, Question { as_of: last, known_by: last, recorded_by: None }, file)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The dossier of the agreement with most reports, and how to go on.
fn ending<S: LedgerStore>(
    desk: &LedgerDesk<S>,
    question: Question,
    file: Option<&Path>,
) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    let found = desk.agreements(question, &Filter::default());
    let followed = found.iter().max_by_key(|one| (one.terms.min(1), one.reports, one.terms));
    if let Some(followed) = followed {
        let dossier = desk.show(&followed.id, question)?;
        writeln!(output, "What the ledger holds at the end of {}\n", question.known_by)?;
        output.write_all(print::dossier(&dossier, &|span| desk.quote(span)).as_bytes())?;
        // The term with most to it is the one to ask about.
        let term = dossier.terms.iter().max_by_key(|term| term.because.len());
        let term = term.map_or("t1", |term| term.id.as_str());
        let (before, name) = match file {
            Some(file) => ("", file.display().to_string()),
            None => {
                let keep = " with a ledger that stays: `sulh demo --ledger demo.sulh`, then";
                (keep, "demo.sulh".to_owned())
            }
        };
        let (id, day) = (&followed.id, question.known_by);
        writeln!(output, "\nGo on{before}:")?;
        writeln!(output, "  sulh why {id} {term} --ledger {name}")?;
        writeln!(output, "  sulh say {id} {term} --ledger {name}")?;
        writeln!(output, "  sulh brief --since {day} --ledger {name}")?;
    }
    Ok(())
}

//! Takes the options of `sulh source`, shows what is known of a source, or takes a rating of it into the ledger.
//! Invariant: nothing is written without a finding, a name to sign it and a reason.

use super::{answer::answer, question::question};
use crate::{
    cli::{ClockOptions, SourceOptions},
    faults::Failure,
    print, world,
};
use std::process::ExitCode;
use sulh_desk::{
    Examined, LeaningSide, LedgerDesk, Moment, Rating, Reliability, SqliteStore, first_day_given,
};

/// Runs the command.
pub fn run(options: &SourceOptions) -> Result<ExitCode, Failure> {
    let mut asked =
        question(&ClockOptions { recorded_by: options.recorded_by, ..ClockOptions::default() })?;
    let file = &options.ledger.ledger;
    let rating = rating(options)?;
    if rating.reliability.is_none() && rating.examined.is_none() {
        if options.by.is_some() || options.reason.is_some() {
            return Err("--by and --reason sign a finding; give --reliability or --side with \
                        --conflict, or leave them out to see what is known"
                .into());
        }
        let desk = LedgerDesk::open(SqliteStore::open_to_read(file)?)?;
        let known = desk.source(&options.name, asked);
        return answer(options.json, &known, || print::source(&known));
    }
    let signed = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
    };
    let (Some(by), Some(reason)) = (signed(&options.by), signed(&options.reason)) else {
        return Err("--by and --reason: a rating needs a name to sign it and a reason; \
                    give both"
            .into());
    };
    let mut desk = LedgerDesk::open(SqliteStore::open(file, &world::writer()?)?)?;
    let moment = Moment { day: world::today(), recorded_at: world::now()?, salt: world::random()? };
    // What was just decided is shown, whatever entry was asked for.
    asked.recorded_by = None;
    desk.rate(rating, by, reason, moment)?;
    let known = desk.source(&options.name, asked);
    answer(options.json, &known, || print::source(&known))
}

fn rating(options: &SourceOptions) -> Result<Rating, Failure> {
    let letter = |text: &str| {
        Reliability::from_code(&text.trim().to_uppercase()).ok_or_else(|| {
            format!("--reliability: `{text}` is no letter of A, B, C, D, E, F; give one of them")
        })
    };
    let examined = match (&options.side, &options.conflict) {
        (Some(side), Some(conflict)) => Some(Examined {
            conflict: conflict.trim().to_owned(),
            side: match side.trim() {
                "neither" => LeaningSide::Neither,
                side => LeaningSide::Side(side.to_owned()),
            },
            from: options.from.as_deref().map(|day| first_day_given(day, "--from")).transpose()?,
        }),
        _ => None,
    };
    Ok(Rating {
        source: options.name.trim().to_owned(),
        reliability: options.reliability.as_deref().map(letter).transpose()?,
        examined,
    })
}

//! Takes what was told and by which trees, gives notes on what the trees leave in doubt.
//! Invariant: notes only where something rests on it: a reader's words and what bears on nothing make none.

use crate::passage::Voice;
use crate::told::{Telling, Told};
use sulh_model::note::{Note, NoteCode};
use sulh_syntax::ClauseRole;

/// Below it three reports of four are wholly right, above it nine of ten: counted on EWT test, GUM test and our own.
const REPORT_SURE: f32 = 0.6;

/// Below it three clauses of five are wholly right, above it nine of ten.
const CLAUSE_SURE: f32 = 0.4;

/// The notes on sentences, in the order of the page.
pub(crate) fn notes(telling: &Telling<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for told in &telling.told {
        let sentence = &told.scene.sentence;
        if sentence.is_cut() {
            let message = "longer than any sentence is read in one piece: who says what may be lost where it was cut";
            notes.push(Note::new(NoteCode::SentenceCut, sentence.span, message));
        }
        if matches!(told.voice, Voice::Article | Voice::Quoted) {
            notes.extend(doubtful(telling, told));
        }
    }
    notes
}

fn doubtful<'n>(telling: &'n Telling<'_>, told: &'n Told<'_>) -> impl Iterator<Item = Note> + 'n {
    let sentence = &told.scene.sentence;
    let bearing = || {
        let units = told.units.iter();
        units.filter(|(_, at)| !telling.statements[*at].refers_to.is_empty()).map(|(unit, _)| unit)
    };
    let reports = sentence.reports.iter().filter(move |report| {
        report.confidence < REPORT_SURE
            && bearing().any(|unit| report.content.iter().any(|said| said.overlaps(unit.span)))
    });
    let clauses = bearing()
        .filter_map(|unit| sentence.clauses.get(*unit.clauses.first()?))
        .filter(|clause| clause.role != ClauseRole::Nominal && clause.confidence < CLAUSE_SURE);
    let who_says = |at| {
        let message = "how the sentence is built is not sure: who says this, or where what is said begins and ends";
        Note::new(NoteCode::StructureUnsure, at, message)
    };
    let who_does = |at| {
        let message = "how the sentence is built is not sure: who does what to whom";
        Note::new(NoteCode::StructureUnsure, at, message)
    };
    let reports = reports.map(move |report| who_says(report.cue));
    reports.chain(clauses.map(move |clause| who_does(clause.predicate.span)))
}

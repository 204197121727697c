//! Takes the because of the same thing before and after, gives who came, who went and what stands otherwise.
//! Invariant: a line is known by its owner: another wording of one owner is no new line.

use super::movement::of_standings;
use crate::shapes::{
    diff::{Change, ChangePart},
    dossier::{BecausePart, LinePart},
};
use sulh_ledger::rules::denial::Upheld;

/// One proposition before and after.
pub struct Pair<'a> {
    /// Before; nothing where nobody spoke of it.
    pub before: Option<&'a BecausePart>,
    /// After; nothing where nobody speaks of it any more.
    pub after: Option<&'a BecausePart>,
}

/// Pairs the propositions of two lists by a name that holds across both.
pub fn pairs<'a>(
    before: &[&'a BecausePart],
    after: &[&'a BecausePart],
    name_before: impl Fn(&BecausePart) -> String,
    name_after: impl Fn(&BecausePart) -> String,
) -> Vec<Pair<'a>> {
    let mut found: Vec<Pair<'a>> = after
        .iter()
        .map(|after| {
            let name = name_after(after);
            let before = before.iter().find(|before| name_before(before) == name).copied();
            Pair { before, after: Some(after) }
        })
        .collect();
    let gone = before.iter().filter(|before| {
        let name = name_before(before);
        after.iter().all(|after| name_after(after) != name)
    });
    found.extend(gone.map(|before| Pair { before: Some(before), after: None }));
    found
}

impl Pair<'_> {
    /// Everything that changed in who says it and how it stands.
    pub fn changes(&self, subject: &str, about: &str) -> Vec<ChangePart> {
        let Some(told) = self.after.or(self.before) else { return Vec::new() };
        let grade = self.after.map_or("none", |after| after.grade);
        let proposition = || told.proposition.clone();
        let part = |change, lines: Vec<LinePart>, denials: Vec<LinePart>| ChangePart {
            subject: subject.to_owned(),
            about: about.to_owned(),
            change,
            lines,
            denials,
        };
        let (lines, denials) = (self.added(Voice::Says), self.added(Voice::Denies));
        let mut found = Vec::new();
        if let (Some(before), Some(after)) = (self.before, self.after)
            && before.grade != after.grade
        {
            let change = Change::Grade {
                proposition: proposition(),
                from: before.grade,
                to: after.grade,
                reversal: reversal(before.grade, after.grade),
            };
            found.push(part(change, lines.clone(), denials.clone()));
        }
        let one = |line: LinePart, voice| match voice {
            Voice::Says => (vec![line], Vec::new()),
            Voice::Denies => (Vec::new(), vec![line]),
        };
        let mut add = |change: Change, line, voice| {
            let (lines, denials) = one(line, voice);
            found.push(part(change, lines, denials));
        };
        for line in lines {
            add(Change::Line { proposition: proposition(), grade }, line, Voice::Says);
        }
        for line in denials {
            add(Change::Denial { proposition: proposition(), grade }, line, Voice::Denies);
        }
        for voice in [Voice::Says, Voice::Denies] {
            for line in self.other(voice) {
                add(Change::LineOther { proposition: proposition(), grade }, line, voice);
            }
            for line in self.gone(voice) {
                add(Change::LineGone { proposition: proposition(), grade }, line, voice);
            }
        }
        let (from, to) = (reports(self.before), reports(self.after));
        if to > from && found.is_empty() {
            found.push(part(
                Change::Repeated { proposition: proposition(), from, to },
                Vec::new(),
                Vec::new(),
            ));
        }
        found
    }

    /// The lines of owners that did not speak before.
    pub fn added(&self, voice: Voice) -> Vec<LinePart> {
        let before = voices(self.before, voice);
        let new = |line: &&LinePart| before.iter().all(|known| known.owner != line.owner);
        voices(self.after, voice).iter().filter(new).cloned().collect()
    }

    fn gone(&self, voice: Voice) -> Vec<LinePart> {
        let after = voices(self.after, voice);
        let gone = |line: &&LinePart| after.iter().all(|known| known.owner != line.owner);
        voices(self.before, voice).iter().filter(gone).cloned().collect()
    }

    fn other(&self, voice: Voice) -> Vec<LinePart> {
        let before = voices(self.before, voice);
        let other = |line: &&LinePart| {
            before.iter().any(|known| known.owner == line.owner && known != *line)
        };
        voices(self.after, voice).iter().filter(other).cloned().collect()
    }
}

/// Which way somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// It is so.
    Says,
    /// It is not so.
    Denies,
}

fn voices(because: Option<&BecausePart>, voice: Voice) -> &[LinePart] {
    match (because, voice) {
        (Some(because), Voice::Says) => &because.lines,
        (Some(because), Voice::Denies) => &because.denials,
        (None, _) => &[],
    }
}

fn reports(because: Option<&BecausePart>) -> usize {
    because.map_or(0, |because| because.reports)
}

fn reversal(from: &str, to: &str) -> Option<&'static str> {
    let (from, to) = (Upheld::from_code(from)?, Upheld::from_code(to)?);
    of_standings(from, to).map(|reversal| reversal.code())
}

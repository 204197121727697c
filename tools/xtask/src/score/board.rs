//! Takes the text of a file under scoreboard/, gives its rows: a measure, its committed value, its floor.
//! Invariant: what was read is written back as it was; a floor that was lowered stands beside its reason.

use std::collections::BTreeMap;
use std::fmt;

/// One measured figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// As last measured and committed.
    pub value: f64,
    /// Below this the suite fails.
    pub floor: f64,
}

/// A floor that was lowered, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// Which measure.
    pub measure: String,
    /// The floor before.
    pub from: f64,
    /// The floor after.
    pub to: f64,
    /// Why.
    pub reason: String,
}

/// A suite's committed results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// What stands above the table, without its `#`.
    pub about: Vec<String>,
    /// What the suite printed beside its figures when it was last written: speed, other programs.
    pub beside: Vec<String>,
    /// The table.
    pub rows: BTreeMap<String, Row>,
    /// Floors that went down, oldest first.
    pub lowered: Vec<Lowered>,
}

/// What is wrong with a file under scoreboard/.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BoardError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

const LOWERED: &str = "lowered ";
const BESIDE: &str = "beside: ";

impl Board {
    /// Reads a file.
    pub fn parse(text: &str) -> Result<Self, BoardError> {
        let mut board = Self::default();
        for (at, line) in text.lines().enumerate() {
            let wrong = |problem: &str| BoardError { line: at + 1, problem: problem.to_owned() };
            if let Some(note) = line.strip_prefix('#') {
                match note.trim().strip_prefix(LOWERED) {
                    Some(told) => {
                        board.lowered.push(lowered(told).ok_or_else(|| {
                            wrong("write `# lowered MEASURE from A to B: REASON`")
                        })?)
                    }
                    None => match note.trim().strip_prefix(BESIDE) {
                        Some(beside) => board.beside.push(beside.to_owned()),
                        None => board.about.push(note.trim().to_owned()),
                    },
                }
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [] | ["measure", "value", "floor"] => {}
                [measure, value, floor] => {
                    let number =
                        |word: &str| word.parse::<f64>().ok().filter(|number| number.is_finite());
                    let (Some(value), Some(floor)) = (number(value), number(floor)) else {
                        return Err(wrong("value and floor must be numbers"));
                    };
                    if board.rows.insert((*measure).to_owned(), Row { value, floor }).is_some() {
                        return Err(wrong("the measure stands twice"));
                    }
                }
                _ => return Err(wrong("a row is: measure, value, floor")),
            }
        }
        Ok(board)
    }

    /// Takes over what a suite printed behind `# beside:`.
    pub fn set_beside(&mut self, printed: &str) {
        let told =
            printed.lines().filter_map(|line| line.strip_prefix('#')?.trim().strip_prefix(BESIDE));
        self.beside = told.map(str::to_owned).collect();
    }

    /// Floors that stand lower than in `before`, or are gone, without a line that says so.
    pub fn lowered_silently(&self, before: &Self) -> Vec<String> {
        let told = &self.lowered[before.lowered.len().min(self.lowered.len())..];
        let is_told = |measure: &str, to: Option<f64>| {
            told.iter().any(|one| one.measure == measure && to.is_none_or(|to| one.to <= to))
        };
        let kept = self.lowered.get(..before.lowered.len()) == Some(before.lowered.as_slice());
        let mut found: Vec<String> = Vec::new();
        if !kept {
            found.push("a line that told of a lowered floor is gone or changed".to_owned());
        }
        for (measure, row) in &before.rows {
            match self.rows.get(measure) {
                None if !is_told(measure, None) => {
                    found.push(format!("{measure}: its floor {} is gone", row.floor));
                }
                Some(now) if now.floor < row.floor && !is_told(measure, Some(now.floor)) => {
                    found.push(format!(
                        "{measure}: its floor went from {} to {}",
                        row.floor, now.floor
                    ));
                }
                _ => {}
            }
        }
        found
    }

    /// Committed values below their own floors.
    pub fn below(&self) -> Vec<String> {
        self.rows
            .iter()
            .filter(|(_, row)| row.value < row.floor)
            .map(|(measure, row)| {
                format!("{measure}: {} is below its floor {}", row.value, row.floor)
            })
            .collect()
    }
}

fn lowered(told: &str) -> Option<Lowered> {
    let (what, reason) = told.split_once(':')?;
    let words: Vec<&str> = what.split_whitespace().collect();
    let [measure, "from", from, "to", to] = words.as_slice() else { return None };
    let reason = reason.trim();
    (!reason.is_empty()).then_some(())?;
    Some(Lowered {
        measure: (*measure).to_owned(),
        from: from.parse().ok()?,
        to: to.parse().ok()?,
        reason: reason.to_owned(),
    })
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.about {
            writeln!(f, "{}", format!("# {line}").trim_end())?;
        }
        for line in &self.beside {
            writeln!(f, "# {BESIDE}{line}")?;
        }
        for Lowered { measure, from, to, reason } in &self.lowered {
            writeln!(f, "# {LOWERED}{measure} from {from} to {to}: {reason}")?;
        }
        let width = self.rows.keys().map(String::len).max().unwrap_or(0).max("measure".len());
        writeln!(f, "{:width$}  {:>10}  {:>10}", "measure", "value", "floor")?;
        for (measure, Row { value, floor }) in &self.rows {
            writeln!(f, "{measure:width$}  {value:>10}  {floor:>10}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: &str = "\
# Suite syntax.
# beside: 40 pages a second
# lowered pud/las from 82 to 81.5: the treebank was mended
measure       value       floor
ewt/las        83.4          83
pud/las        81.7        81.5
";

    #[test]
    fn what_is_read_is_written_back() {
        let board = Board::parse(BOARD).unwrap();
        assert_eq!(
            board.to_string().split_whitespace().collect::<Vec<_>>(),
            BOARD.split_whitespace().collect::<Vec<_>>()
        );
        assert_eq!(Board::parse(&board.to_string()).unwrap(), board);
        assert_eq!(board.below(), Vec::<String>::new());
    }

    fn check_refused(text: &str, line: usize) {
        assert_eq!(Board::parse(text).map_err(|error| error.line), Err(line), "{text}");
    }

    #[test]
    fn what_is_no_row_is_refused() {
        check_refused("ewt/las 83", 1);
        check_refused("# about\newt/las high 83", 2);
        check_refused("a 1 NaN", 1);
        check_refused("a 1 1\na 2 1", 2);
        check_refused("# lowered a from 2 to 1:", 1);
    }

    fn check_silent(now: &str, expected: &[&str]) {
        let now = Board::parse(now).unwrap();
        assert_eq!(now.lowered_silently(&Board::parse(BOARD).unwrap()), expected);
    }

    #[test]
    fn a_floor_goes_down_with_a_reason_or_not_at_all() {
        let told = "# lowered pud/las from 82 to 81.5: the treebank was mended\n";
        check_silent(&format!("{told}ewt/las 84 84\npud/las 81.7 81.5"), &[]);
        check_silent(
            &format!("{told}ewt/las 83.4 82\npud/las 81.7 81.5"),
            &["ewt/las: its floor went from 83 to 82"],
        );
        check_silent(&format!("{told}pud/las 81.7 81.5"), &["ewt/las: its floor 83 is gone"]);
        let reason = "# lowered ewt/las from 83 to 82: smaller model\n";
        check_silent(&format!("{told}{reason}ewt/las 82.4 82\npud/las 81.7 81.5"), &[]);
        check_silent(
            &format!("{told}{reason}ewt/las 82.4 81\npud/las 81.7 81.5"),
            &["ewt/las: its floor went from 83 to 81"],
        );
        check_silent(
            "ewt/las 84 83\npud/las 81.7 81.5",
            &["a line that told of a lowered floor is gone or changed"],
        );
    }
}

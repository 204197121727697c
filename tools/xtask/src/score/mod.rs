//! Takes a suite's name and its data, gives its figures held against the committed ones.
//! Invariant: a floor is never lowered without a reason that stays in the file.

pub mod board;

use board::{Board, Lowered, Row};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was asked for.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// Which suite: the name of its file under scoreboard/.
    pub suite: String,
    /// Where its data lies.
    pub data: PathBuf,
    /// The Python that has the other programs measured beside, where not the default one.
    pub python: Option<PathBuf>,
    /// Write the measured values into the file.
    pub write: bool,
    /// Floors to lower, by measure.
    pub lower: BTreeMap<String, f64>,
    /// Why they are lowered.
    pub reason: Option<String>,
}

/// Reads what stands after `cargo xtask score`.
pub fn options(words: impl IntoIterator<Item = String>) -> Result<Options, String> {
    let mut words = words.into_iter();
    let mut options = Options { suite: words.next().ok_or("name a suite")?, ..Options::default() };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} wants a value"));
        match word.as_str() {
            "--data" => options.data = value()?.into(),
            "--python" => options.python = Some(value()?.into()),
            "--write" => options.write = true,
            "--reason" => options.reason = Some(value()?),
            "--lower" => {
                let told = value()?;
                let (measure, floor) = told.split_once('=').ok_or("--lower wants MEASURE=FLOOR")?;
                let floor = floor.parse().map_err(|_| format!("{floor} is no number"))?;
                options.lower.insert(measure.to_owned(), floor);
            }
            _ => return Err(format!("{word} is no option of score")),
        }
    }
    if !options.lower.is_empty() && options.reason.as_ref().is_none_or(|why| why.trim().is_empty())
    {
        return Err("--lower wants --reason TEXT: it stays in the file".to_owned());
    }
    if options.data.as_os_str().is_empty() {
        return Err("name the data: --data DIR".to_owned());
    }
    Ok(options)
}

/// Measures a suite, compares, and writes where asked. The findings are empty when all is well.
pub fn run(root: &Path, options: &Options) -> Result<Vec<String>, String> {
    let file = root.join("scoreboard").join(format!("{}.txt", options.suite));
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let mut board = Board::parse(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    if let Some(before) = committed(root, &options.suite)? {
        let silent = board.lowered_silently(&before);
        if !silent.is_empty() {
            return Ok(silent);
        }
    }
    let printed = measure(root, options)?;
    let measured = figures(&printed)?;
    lower(&mut board, options)?;
    let findings = compare(&board, &measured);
    if options.write {
        update(&mut board, &measured);
        board.set_beside(&printed);
        std::fs::write(&file, board.to_string())
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(findings)
}

/// The board as the last commit has it; nothing where there is none or no git.
pub fn committed(root: &Path, suite: &str) -> Result<Option<Board>, String> {
    let shown = Command::new("git")
        .args(["show", &format!("HEAD:scoreboard/{suite}.txt")])
        .current_dir(root)
        .output();
    let Some(shown) = shown.ok().filter(|shown| shown.status.success()) else { return Ok(None) };
    let text = String::from_utf8_lossy(&shown.stdout);
    Board::parse(&text).map(Some).map_err(|error| format!("scoreboard/{suite}.txt: {error}"))
}

fn measure(root: &Path, options: &Options) -> Result<String, String> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args([
            "run",
            "--quiet",
            "--release",
            "-p",
            "sulh",
            "--",
            "score",
            &options.suite,
            "--data",
        ])
        .arg(&options.data)
        .current_dir(root);
    if options.suite == "syntax" {
        // What the project has itself is measured too.
        command.args(["--data", "corpus/syntax"]);
    }
    if let Some(python) = &options.python {
        command.arg("--python").arg(python);
    }
    let out = command.output().map_err(|error| format!("cargo could not be started: {error}"))?;
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    if out.status.success() {
        Ok(told)
    } else {
        Err(format!("the suite failed: {}", String::from_utf8_lossy(&out.stderr).trim()))
    }
}

/// The figures a suite printed: a measure and a number a line, `#` before what is only to be read.
pub fn figures(printed: &str) -> Result<BTreeMap<String, f64>, String> {
    let mut figures = BTreeMap::new();
    for line in printed.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let (measure, number) = (words.next(), words.next().map(str::parse::<f64>));
        match (measure, number, words.next()) {
            (Some(measure), Some(Ok(number)), None) => {
                figures.insert(measure.to_owned(), number);
            }
            _ => return Err(format!("the suite printed a line that is no figure: {line}")),
        }
    }
    if figures.is_empty() { Err("the suite printed no figure".to_owned()) } else { Ok(figures) }
}

fn lower(board: &mut Board, options: &Options) -> Result<(), String> {
    for (measure, floor) in &options.lower {
        let row =
            board.rows.get_mut(measure).ok_or(format!("{measure} is no measure of the suite"))?;
        if *floor >= row.floor {
            return Err(format!("{measure}: {floor} is not below its floor {}", row.floor));
        }
        let reason = options.reason.clone().unwrap_or_default();
        board.lowered.push(Lowered {
            measure: measure.clone(),
            from: row.floor,
            to: *floor,
            reason,
        });
        row.floor = *floor;
    }
    Ok(())
}

/// Measures that fell below their floors, or were not measured at all.
pub fn compare(board: &Board, measured: &BTreeMap<String, f64>) -> Vec<String> {
    board
        .rows
        .iter()
        .filter_map(|(measure, row)| match measured.get(measure) {
            None => Some(format!("{measure}: was not measured; its floor is {}", row.floor)),
            Some(now) if *now < row.floor => {
                Some(format!("{measure}: {now} is below its floor {}", row.floor))
            }
            Some(_) => None,
        })
        .collect()
}

/// New values; a new measure's floor is what it was found at.
fn update(board: &mut Board, measured: &BTreeMap<String, f64>) {
    for (measure, value) in measured {
        board
            .rows
            .entry(measure.clone())
            .and_modify(|row| row.value = *value)
            .or_insert(Row { value: *value, floor: *value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_options(words: &str, expected: Result<Options, &str>) {
        let got = options(words.split_whitespace().map(str::to_owned));
        assert_eq!(got, expected.map_err(str::to_owned), "{words}");
    }

    #[test]
    fn options_are_read() {
        check_options(
            "syntax --data d --write",
            Ok(Options {
                suite: "syntax".into(),
                data: "d".into(),
                write: true,
                ..Options::default()
            }),
        );
        check_options("syntax", Err("name the data: --data DIR"));
        check_options("syntax --data", Err("--data wants a value"));
        check_options(
            "syntax --data d --lower a=1",
            Err("--lower wants --reason TEXT: it stays in the file"),
        );
    }

    #[test]
    fn a_figure_below_its_floor_is_found() {
        let board = Board::parse("a 2 1\nb 2 2\nc 3 3").unwrap();
        let measured = figures("# suite\na 1.5\nb 1.9\n").unwrap();
        assert_eq!(
            compare(&board, &measured),
            ["b: 1.9 is below its floor 2", "c: was not measured; its floor is 3"]
        );
        assert!(figures("# nothing").is_err() && figures("a b c").is_err());
    }

    #[test]
    fn a_floor_is_lowered_with_its_reason() {
        let mut board = Board::parse("a 2 2").unwrap();
        let mut asked = Options { reason: Some("smaller model".into()), ..Options::default() };
        asked.lower.insert("a".into(), 1.0);
        lower(&mut board, &asked).unwrap();
        assert_eq!(board.rows["a"].floor.to_string(), "1");
        assert_eq!(board.lowered[0].reason, "smaller model");
        assert!(lower(&mut board, &asked).is_err(), "1 is not below 1");
    }
}

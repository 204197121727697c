//! Takes comments that people judged from files, gives the model of adverts, or whether the shipped one is it.
//! Invariant: what is learned depends on the comments alone, never on the order of files or lines.

use std::path::{Path, PathBuf};
use sulh_page::spam::{Judged, train};

/// The shipped model.
const MODEL: &str = "models/spam.toml";
/// The collection that is learned from beside our own comments: its files begin with this.
const COLLECTION: &str = "tubespam";

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Where the comments lie.
    pub data: PathBuf,
    /// Learn, and say whether the file is the same.
    pub check: bool,
}

/// Reads what stands after `cargo xtask train-spam`.
pub fn options(words: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut words = words.into_iter();
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--data" => asked.data = words.next().ok_or("--data wants a value")?.into(),
            "--check" => asked.check = true,
            _ => return Err(format!("{word} is no option of train-spam")),
        }
    }
    if asked.data.as_os_str().is_empty() {
        return Err("name the folder of the comments: --data DIR".to_owned());
    }
    Ok(asked)
}

/// Learns. Gives the one line to close with; an error where `--check` found another file.
pub fn run(root: &Path, asked: &Asked) -> Result<String, String> {
    let file = root.join(MODEL);
    let judged = comments(&asked.data)?;
    let model = train(&judged).and_then(|model| model.text()).map_err(|error| error.to_string())?;
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    if !asked.check {
        std::fs::write(&file, model).map_err(told)?;
        return Ok(format!("{MODEL} was made from {} comments and our own", judged.len()));
    }
    if std::fs::read_to_string(&file).map_err(told)? == model {
        Ok(format!("{MODEL} is what the command makes"))
    } else {
        Err(format!("{MODEL} is not what the command makes of these comments"))
    }
}

fn comments(folder: &Path) -> Result<Vec<Judged>, String> {
    let entries = folder.read_dir().map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut judged = Vec::new();
    for file in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let lines = name.ends_with(".jsonl") || name.ends_with(".jsonl.xz");
        if lines && name.starts_with(COLLECTION) {
            judged.extend(read(&file)?);
        }
    }
    if judged.is_empty() {
        return Err(format!("{} holds no {COLLECTION}*.jsonl or .jsonl.xz", folder.display()));
    }
    Ok(judged)
}

fn read(file: &Path) -> Result<Vec<Judged>, String> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| format!("{name}: {error}"))?;
    let mut text = String::new();
    if file.extension().is_some_and(|extension| extension == "xz") {
        let mut reader = lzma_rust2::XzReader::new(bytes.as_slice(), true);
        std::io::Read::read_to_string(&mut reader, &mut text)
            .map_err(|error| format!("{name}: {error}"))?;
    } else {
        text = String::from_utf8(bytes).map_err(|error| format!("{name}: {error}"))?;
    }
    let one = |(at, line): (usize, &str)| {
        comment(line).ok_or(format!("{name}, line {}: wants `set`, `text` and `spam`", at + 1))
    };
    text.lines().enumerate().map(one).collect()
}

fn comment(line: &str) -> Option<Judged> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(Judged {
        set: line["set"].as_str()?.to_owned(),
        text: line["text"].as_str()?.to_owned(),
        spam: line["spam"].as_bool().or(line["spam"].as_u64().map(|spam| spam != 0))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let check = |told: &[&str], expected: Result<Asked, &str>| {
            let found = options(told.iter().map(|word| (*word).to_owned()));
            assert_eq!(found, expected.map_err(str::to_owned), "{told:?}");
        };
        check(&["--data", "d", "--check"], Ok(Asked { data: "d".into(), check: true }));
        check(&["--check"], Err("name the folder of the comments: --data DIR"));
        check(&["--data"], Err("--data wants a value"));
        check(&["--fast"], Err("--fast is no option of train-spam"));
    }

    #[test]
    fn comments_are_read() {
        let check = |line: &str, spam: Option<bool>| {
            assert_eq!(comment(line).map(|judged| judged.spam), spam, "{line}");
        };
        check(r#"{"set": "a", "text": "b", "spam": 1}"#, Some(true));
        check(r#"{"set": "a", "text": "b", "spam": false}"#, Some(false));
        check(r#"{"text": "b"}"#, None);
        check("set", None);
    }
}

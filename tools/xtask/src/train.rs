//! Takes treebanks and word vectors from files, gives the linear model's file, or whether the shipped one is it.
//! Invariant: what is trained depends on the files and options given, never on the order a folder lists them in.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use sulh_syntax::linear::{
    Linear,
    train::{Example, Knowledge, Meanings, Options, read, train},
};

/// The shipped model.
const MODEL: &str = "models/linear.sulh";
/// Sentences of our own.
const OWN: &str = "corpus/syntax/train.conllu";
/// Verbs of saying.
const REPORTING: &str = "lexicons/syntax/reporting.toml";
/// How often a sentence of our own is read in one round: they are few, and most like what will be read.
const OWN_TIMES: usize = 4;

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Where the treebanks lie.
    pub data: PathBuf,
    /// Decides orders.
    pub seed: Option<u64>,
    /// Where the model goes.
    pub out: Option<PathBuf>,
    /// The folder with `model.safetensors` and `vocab.txt`; without it the classes of words of the present model stay.
    pub embeddings: Option<PathBuf>,
    /// Train, and say whether the file is the same.
    pub check: bool,
}

/// Reads what stands after `cargo xtask train-linear`.
pub fn options(words: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut words = words.into_iter();
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} wants a value"));
        match word.as_str() {
            "--data" => asked.data = value()?.into(),
            "--seed" => {
                let told = value()?;
                asked.seed = Some(told.parse().map_err(|_| format!("{told} is no seed"))?);
            }
            "--out" => asked.out = Some(value()?.into()),
            "--embeddings" => asked.embeddings = Some(value()?.into()),
            "--check" => asked.check = true,
            _ => return Err(format!("{word} is no option of train-linear")),
        }
    }
    if asked.data.as_os_str().is_empty() {
        return Err("name the folder of the treebanks: --data DIR".to_owned());
    }
    Ok(asked)
}

/// Trains. Gives the one line to close with; an error where `--check` found another file.
pub fn run(root: &Path, asked: &Asked, tell: &mut dyn FnMut(&str)) -> Result<String, String> {
    let file = asked.out.clone().unwrap_or_else(|| root.join(MODEL));
    let mut examples = treebanks(&asked.data, tell)?;
    let own = root.join(OWN);
    if own.exists() {
        examples.extend(sentences(&own, OWN_TIMES, tell)?);
    }
    let defaults = Options::default();
    let options = Options { seed: asked.seed.unwrap_or(defaults.seed), ..defaults };
    let meanings = meanings(asked, &file, options.seed, tell)?;
    let knowledge = Knowledge { meanings, sayings: sayings(&root.join(REPORTING))? };
    let model = train(&examples, &knowledge, &options, tell).map_err(|error| error.to_string())?;
    if asked.check {
        let held = bytes(&file)?;
        let name = file.display();
        return if held == model {
            Ok(format!("{name} is what the command makes"))
        } else {
            Err(format!("{name} is not what the command makes of these treebanks"))
        };
    }
    std::fs::write(&file, &model).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(format!("{}: {} bytes", file.display(), model.len()))
}

/// All treebanks of a folder but those to measure on, in the order of their names.
fn treebanks(data: &Path, tell: &mut dyn FnMut(&str)) -> Result<Vec<Example>, String> {
    let listed = std::fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let mut files: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let is_treebank = name.ends_with(".conllu") || name.ends_with(".conllu.xz");
        if is_treebank && !name.contains("test") {
            examples.extend(sentences(&file, 1, tell)?);
        }
    }
    if examples.is_empty() {
        let folder = data.display();
        return Err(format!("{folder} holds no *.conllu or *.conllu.xz but those to measure on"));
    }
    Ok(examples)
}

fn sentences(
    file: &Path,
    times: usize,
    tell: &mut dyn FnMut(&str),
) -> Result<Vec<Example>, String> {
    let name = file.display();
    let packed = bytes(file)?;
    let text = if file.extension().is_some_and(|extension| extension == "xz") {
        let mut text = Vec::new();
        let mut reader = lzma_rust2::XzReader::new(packed.as_slice(), true);
        std::io::Read::read_to_end(&mut reader, &mut text)
            .map_err(|error| format!("{name}: {error}"))?;
        text
    } else {
        packed
    };
    let text = String::from_utf8(text).map_err(|error| format!("{name}: {error}"))?;
    let examples = read(&text, times).map_err(|error| format!("{name}: {error}"))?;
    tell(&format!("{name}: {} sentences", examples.len()));
    Ok(examples)
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn meanings(
    asked: &Asked,
    model: &Path,
    seed: u64,
    tell: &mut dyn FnMut(&str),
) -> Result<Meanings, String> {
    if let Some(folder) = &asked.embeddings {
        tell("classes of words of like meaning");
        let vectors = bytes(&folder.join("model.safetensors"))?;
        let vocabulary = bytes(&folder.join("vocab.txt"))?;
        let vocabulary = String::from_utf8(vocabulary)
            .map_err(|error| format!("{}: {error}", folder.join("vocab.txt").display()))?;
        return Meanings::of_vectors(&vectors, &vocabulary, seed)
            .map_err(|error| error.to_string());
    }
    match std::fs::read(model) {
        Ok(held) => {
            let held =
                Linear::load(&held).map_err(|error| format!("{}: {error}", model.display()))?;
            Ok(Meanings::of_model(&held))
        }
        Err(_) => {
            tell("no word vectors and no model to take the classes of words from: trained without");
            Ok(Meanings::default())
        }
    }
}

/// Verbs of saying by lemma, each with a bit for every list it is in.
fn sayings(file: &Path) -> Result<BTreeMap<String, u16>, String> {
    let text = String::from_utf8(bytes(file)?).map_err(|error| error.to_string())?;
    let lists: toml::Table =
        text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
    let mut sayings: BTreeMap<String, u16> = BTreeMap::new();
    for (bit, list) in
        ["verbs", "bare_complement", "postposed", "nominal_content"].iter().enumerate()
    {
        let verbs = lists.get(*list).and_then(toml::Value::as_array);
        let verbs = verbs.ok_or(format!("{} lacks the list `{list}`", file.display()))?;
        for verb in verbs.iter().filter_map(toml::Value::as_str) {
            *sayings.entry(verb.to_owned()).or_default() |= 1 << bit;
        }
    }
    Ok(sayings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(told: &[&str], expected: Result<Asked, &str>) {
        let found = options(told.iter().map(|word| (*word).to_owned()));
        assert_eq!(found, expected.map_err(str::to_owned), "{told:?}");
    }

    #[test]
    fn options_are_read() {
        let data = || Asked { data: "ud".into(), ..Asked::default() };
        check(&["--data", "ud"], Ok(data()));
        check(&["--data", "ud", "--check"], Ok(Asked { check: true, ..data() }));
        check(&["--seed", "2", "--data", "ud"], Ok(Asked { seed: Some(2), ..data() }));
        check(&[], Err("name the folder of the treebanks: --data DIR"));
        check(&["--data"], Err("--data wants a value"));
        check(&["--seed", "x"], Err("x is no seed"));
        check(&["--fast"], Err("--fast is no option of train-linear"));
    }
}

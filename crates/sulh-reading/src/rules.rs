//! Takes the rule and word files under rules/ and lexicons/, gives them as values.
//! Invariant: a file that cannot be read stops the program at its start, never in the middle of a page.

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../rules");
static LEXICONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../lexicons/reading");

/// Why the shipped rules were refused: a fault of the build, not of any page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// A rule or word file.
    #[error("the rule file {file} cannot be read: {problem}; correct it and build again")]
    File {
        /// Which file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The word lists and models of the syntax.
    #[error(transparent)]
    Syntax(#[from] sulh_syntax::SyntaxError),
    /// A register.
    #[error(transparent)]
    Register(#[from] sulh_model::register::RegisterError),
}

impl RulesError {
    /// A problem of one file.
    pub(crate) fn file(file: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::File { file: file.into(), problem: problem.to_string() }
    }
}

fn parse<T: DeserializeOwned>(file: &include_dir::File<'_>) -> Result<T, RulesError> {
    let name = || format!("{}", file.path().display());
    let text = file.contents_utf8().ok_or_else(|| RulesError::file(name(), "it is not UTF-8"))?;
    toml::from_str(text).map_err(|error| RulesError::file(name(), error))
}

/// One file under rules/.
pub(crate) fn rule<T: DeserializeOwned>(path: &str) -> Result<T, RulesError> {
    parse(RULES.get_file(path).ok_or_else(|| RulesError::file(path, "it is missing"))?)
}

/// One file under lexicons/reading/.
pub(crate) fn lexicon<T: DeserializeOwned>(path: &str) -> Result<T, RulesError> {
    parse(LEXICONS.get_file(path).ok_or_else(|| RulesError::file(path, "it is missing"))?)
}

/// Every file of a folder under rules/, by name.
pub(crate) fn folder<T: DeserializeOwned>(path: &str) -> Result<Vec<(String, T)>, RulesError> {
    let folder = RULES.get_dir(path).ok_or_else(|| RulesError::file(path, "it is missing"))?;
    let mut files: Vec<_> = folder
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().map(|file| Ok((file.path().display().to_string(), parse(file)?))).collect()
}

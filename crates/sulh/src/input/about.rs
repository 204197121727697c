//! Takes options, side files and lines, gives what is known of a report beside its bytes.
//! Invariant: a date that is none is refused, never guessed; a key of a side file that we do not know is refused by name.

use super::{InputError, Report};
use serde::Deserialize;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};
use sulh_desk::{DateRefused, PageAbout, Transport, UncertainDate, date_given};

/// What is given beside a report.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Where it was published.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<UncertainDate>,
}

impl Given {
    /// What the options say.
    pub fn options(options: &crate::cli::InputOptions) -> Result<Self, DateRefused> {
        let published = options.published.as_deref().map(|day| date_given(day, "--published"));
        Ok(Self {
            url: options.url.clone(),
            title: options.title.clone(),
            publisher: options.publisher.clone(),
            published: published.transpose()?,
        })
    }

    /// True when they describe one report.
    pub const fn is_of_one(&self) -> bool {
        self.title.is_some() || self.url.is_some()
    }

    /// These, and what they leave open from `below`.
    pub fn over(&self, below: &Self) -> Self {
        Self {
            url: self.url.clone().or_else(|| below.url.clone()),
            title: self.title.clone().or_else(|| below.title.clone()),
            publisher: self.publisher.clone().or_else(|| below.publisher.clone()),
            published: self.published.clone().or_else(|| below.published.clone()),
        }
    }

    /// These, and what they leave open from what a feed or an archive tells of one of its reports.
    pub fn over_told(&self, told: PageAbout) -> PageAbout {
        let PageAbout { source, url, title, publisher, published } = told;
        self.over(&Self { url, title, publisher, published }).about(source)
    }

    /// What is known of the report that came from `source`.
    pub fn about(&self, source: String) -> PageAbout {
        PageAbout {
            source,
            url: self.url.clone(),
            title: self.title.clone(),
            publisher: self.publisher.clone(),
            published: self.published.clone(),
        }
    }
}

/// `FILE.meta.json`. Its `id` is allowed, as it is that of a line, but a file's source is its path.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideFile {
    #[serde(rename = "id")]
    _id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

/// One line of a `.jsonl` file. Data sets carry more keys of their own; they are passed over.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

/// What the side file of a report says; nothing where there is none.
pub fn side_file(report: &Path) -> Result<Given, InputError> {
    let mut name = report.as_os_str().to_owned();
    name.push(".meta.json");
    let file = PathBuf::from(name);
    let place = file.display().to_string();
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(problem) if problem.kind() == ErrorKind::NotFound => return Ok(Given::default()),
        Err(problem) => return Err(InputError::Unreadable { place, problem }),
    };
    side_text(&text, &place)
}

/// What the text of a side file says; `place` is the file's name.
pub fn side_text(text: &str, place: &str) -> Result<Given, InputError> {
    let refused = |problem: serde_json::Error| InputError::About {
        place: place.to_owned(),
        problem: format!(
            "{problem}; a side file is a JSON object with the keys url, title, publisher, published"
        ),
    };
    let side: SideFile = serde_json::from_str(text).map_err(refused)?;
    given(side.url, side.title, side.publisher, side.published.as_deref(), place)
}

/// The report of one line.
pub fn line(text: &str, place: &str, options: &Given) -> Result<Report, InputError> {
    let refused = |problem: String| InputError::About { place: place.to_owned(), problem };
    let line: Line = serde_json::from_str(text)
        .map_err(|problem| refused(format!("{problem}; a line is one JSON object, correct it")))?;
    let body = [line.html, line.text].into_iter().flatten().find(|body| !body.trim().is_empty());
    let body = body.ok_or_else(|| refused("has neither `text` nor `html`; give one".to_owned()))?;
    let beside = given(line.url, line.title, line.publisher, line.published.as_deref(), place)?;
    let source = filled(line.id).or_else(|| beside.url.clone()).unwrap_or_else(|| place.to_owned());
    Ok(Report {
        bytes: body.into_bytes(),
        about: options.over(&beside).about(source),
        transport: Transport::default(),
    })
}

fn given(
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<&str>,
    place: &str,
) -> Result<Given, InputError> {
    let published = published
        .filter(|text| !text.trim().is_empty())
        .map(|text| date_given(text, "`published`"))
        .transpose()
        .map_err(|refused| InputError::About {
            place: place.to_owned(),
            problem: refused.to_string(),
        })?;
    Ok(Given { url: filled(url), title: filled(title), publisher: filled(publisher), published })
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

//! Takes HTML, gives its text and blocks: the report, the readers' contributions, and what frames them.
//! Invariant: scripts, styles, hidden parts, attributes and HTML comments never become text; nothing is executed.

mod body;
mod build;
mod contributions;
mod dom;
mod headline;
mod kinds;
mod leaves;
mod metadata;
mod names;
mod regions;
mod structured;
mod tag;
mod thread;
mod tokens;
mod unshown;
mod weights;
mod write;
mod zones;

use crate::{draft::Draft, reader_name::ReaderNames};
use contributions::Contributions;
use dom::Dom;
use jiff::civil::Date;
use kinds::Judge;
use metadata::Metadata;
use sulh_model::{
    imprint::Imprint,
    note::{Note, NoteCode},
    page::PageAbout,
    span::Span,
};
use unshown::Unshown;
use write::Sheet;
use zones::Zones;

/// Splits HTML: what it holds, and what it tells of itself. `about` was given beside it.
pub(crate) fn split(
    html: &str,
    mut names: ReaderNames<'_>,
    about: &PageAbout,
    captured: Option<Date>,
) -> (Draft, Imprint) {
    let dom = Dom::parse(html);
    let mut zones = Zones::of(&dom);
    find_thread(&dom, &mut zones);
    let mut contributions = Contributions::of(&dom, &zones);
    let mut leaves = leaves::leaves(&dom, &zones, &contributions.skipped, leaves::BREAKS);
    let heads = contributions.read_lines(&mut leaves);
    let metadata = Metadata::of(&dom, &zones, about);
    let body = body::find(&dom, &zones, &leaves);
    let authors = contributions
        .all
        .iter()
        .map(|c| c.author.as_deref().and_then(|name| names.pseudonym(name)))
        .collect();
    let told = structured::comments(&dom.data);
    let told_by = told.iter().map(|comment| comment.author.as_deref());
    let told_authors: Vec<_> = told_by.map(|name| names.pseudonym(name?)).collect();
    let title = about.title.clone().or_else(|| metadata.title().map(str::to_owned));
    let judge =
        Judge { dom: &dom, zones: &zones, leaves: &leaves, body: &body, title: title.as_deref() };
    let kinds = judge.kinds();
    let sheet = Sheet {
        html,
        dom: &dom,
        zones: &zones,
        contributions: &contributions,
        leaves: &leaves,
        heads: &heads,
        kinds,
        authors,
        names: &names,
    };
    let mut draft = sheet.write();
    let unshown =
        Unshown { told: &told, authors: &told_authors, scripts: &dom.data_spans, names: &names };
    unshown.write(&mut draft);
    draft.notes.extend(limits_met(&dom));
    let (imprint, notes) = metadata.imprint(&draft, captured);
    draft.notes.extend(notes);
    (draft, imprint)
}

fn limits_met(dom: &Dom) -> impl Iterator<Item = Note> {
    let deep = "The markup is nested deeper than the limit; what lies deeper was laid flat.";
    let many = "The page has more elements than the limit; the words of the rest were kept without their markup.";
    let met =
        [(dom.too_deep, NoteCode::MarkupTooDeep, deep), (dom.too_many, NoteCode::PageCut, many)];
    met.into_iter()
        .filter(|(met, ..)| *met)
        .map(|(_, code, message)| Note::new(code, Span::new(0, 0), message))
}

/// Finds the contributions that names alone do not tell: from the lines as they stand before any is taken out. A thread
/// may be told from lines that a single break parts.
fn find_thread(dom: &Dom, zones: &mut Zones) {
    let none = vec![false; dom.nodes.len()];
    let leaves = leaves::leaves(dom, zones, &none, leaves::BREAKS);
    let body = body::find(dom, zones, &leaves);
    let lines = leaves::leaves(dom, zones, &none, 1);
    thread::find(dom, zones, &lines, &body);
}

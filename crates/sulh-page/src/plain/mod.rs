//! Takes a page of plain text, gives its text and blocks: heads, paragraphs, list items, then the readers' contributions.
//! Invariant: the text stays as decoded, save that readers' names give way to pseudonyms.
//!
//! Plain text has no markup. Where the article ends is told from register (see `border`).

mod border;
mod change;
mod echo;
mod heads;
mod lines;
mod readers;
mod thread;
pub mod trial;

use crate::{
    draft::Draft,
    language, published,
    quotes::{self, Quoted},
    reader_name::ReaderNames,
    register::{Furniture, Register},
    signed::{self, Signature},
    stamp,
};
use border::{Border, Candidate, Search};
use echo::Echoes;
use lines::{Paragraph, Paragraphs};
use readers::Contribution;
use std::ops::Range;
use sulh_model::{
    edtf::Edtf,
    imprint::{Imprint, Told, ToldIn},
    note::{Note, NoteCode},
    origin::Trail,
    page::{Block, BlockId, BlockKind, PageAbout},
    span::Span,
    time::UncertainDate,
};

/// A page of plain text, taken apart.
struct Sheet<'a> {
    paragraphs: Vec<Paragraph>,
    too_many: bool,
    texts: Vec<&'a str>,
    heads: Vec<BlockKind>,
    signatures: Vec<Option<Signature>>,
    quoted: Quoted,
    echoes: Echoes,
}

/// Splits plain text.
pub(crate) fn split(text: &str, mut names: ReaderNames<'_>, about: &PageAbout) -> (Draft, Imprint) {
    let sheet = Sheet::new(text, about.title.as_deref());
    let border = sheet.border(language::of(text, &[]).as_deref());
    let article_end = match border {
        Border::At(at) | Border::Unsure(at) => at,
        Border::None | Border::Doubtful(_) => sheet.texts.len(),
    };
    let contributions = readers::group(&sheet.lines(), article_end, &sheet.quoted, &sheet.echoes);
    let signed = contributions.iter().map(|c| sheet.name(c)).collect::<Vec<_>>();
    let listed = sheet.opening_names(&contributions, border);
    let authors: Vec<Option<String>> = signed
        .iter()
        .zip(&listed)
        .map(|(signed, listed)| names.pseudonym(signed.or(*listed)?))
        .collect();
    let (mut draft, spans) = write(text, &sheet, article_end, &names);
    sheet.place_article(article_end, &spans, &mut draft);
    sheet.place_readers(article_end, &spans, &contributions, &authors, &mut draft);
    if let Border::Unsure(at) | Border::Doubtful(at) = border {
        let message = "Where the article ends and its readers begin is not sure here.";
        draft.notes.push(Note::new(NoteCode::BlockUnsure, spans[at], message));
    }
    if sheet.too_many {
        let message = "The text has more paragraphs than the limit; the last one holds the rest.";
        let last = spans.last().copied().unwrap_or(Span::new(0, 0));
        draft.notes.push(Note::new(NoteCode::PageCut, last, message));
    }
    let imprint = sheet.imprint(&spans);
    (draft, imprint)
}

impl<'a> Sheet<'a> {
    fn new(text: &'a str, title: Option<&str>) -> Self {
        let Paragraphs { all: paragraphs, too_many } = lines::paragraphs(text);
        let texts: Vec<&str> =
            paragraphs.iter().map(|paragraph| &text[paragraph.range.clone()]).collect();
        let over = |(at, text): (usize, &&str)| signed::read_over(text, texts.get(at + 1).copied());
        let signatures = texts.iter().enumerate().map(over).collect();
        let heads = if paragraphs.first().is_some_and(|first| first.listed) {
            Vec::new()
        } else {
            heads::kinds(&texts, title)
        };
        let (quoted, echoes) = (quotes::quoted(&texts), Echoes::new(&texts));
        Self { paragraphs, too_many, texts, heads, signatures, quoted, echoes }
    }

    fn border(&self, language: Option<&str>) -> Border {
        let register = Register::shipped();
        let one = |(at, text): (usize, &&'a str)| Candidate {
            text,
            listed: self.paragraphs[at].listed,
            border_line: register.border.matches(text),
            signature: self.signatures[at].as_ref().is_some_and(|signed| !labels(signed, text)),
            furniture: register.furniture.matches(text)
                || stamp::is_stamp(text)
                || Furniture::shipped().is_notice(text),
            answer: register.answer.matches(text),
        };
        let candidates: Vec<Candidate<'_>> = self.texts.iter().enumerate().map(one).collect();
        let search = Search {
            candidates: &candidates,
            heads: self.heads.len(),
            quoted: &self.quoted,
            echoes: &self.echoes,
            language,
        };
        search.border()
    }

    fn lines(&self) -> Vec<readers::Line<'_>> {
        let register = Register::shipped();
        let one = |(at, text): (usize, &&'a str)| readers::Line {
            text,
            signature: self.signatures[at].as_ref(),
            furniture: register.border.matches(text)
                || register.furniture.matches(text)
                || stamp::is_stamp(text),
        };
        self.texts.iter().enumerate().map(one).collect()
    }

    /// Where a paragraph from the border on names readers: in a signature the name it opens or closes with.
    fn names_in<'n>(
        &self,
        index: usize,
        article_end: usize,
        names: &'n ReaderNames<'_>,
    ) -> Vec<(Range<usize>, &'n str)> {
        if index < article_end {
            return Vec::new();
        }
        let words = self.texts[index];
        let Some(signature) = self.signatures[index].as_ref() else { return names.names_in(words) };
        let start = signature.name.start;
        // "@" says that the words are a name, however common.
        let called = format!("@{}", &words[signature.name.clone()]);
        let moved = |(at, pseudonym): (Range<usize>, &'n str)| {
            (start + at.start - 1..start + at.end - 1, pseudonym)
        };
        names.names_in(&called).into_iter().map(moved).collect()
    }

    /// The name a contribution is signed with.
    fn name(&self, contribution: &Contribution) -> Option<&'a str> {
        let at = contribution.signature?;
        self.signatures[at].as_ref().map(|signature| &self.texts[at][signature.name.clone()])
    }

    /// The names unsigned contributions open with. One "Note: ..." is no list of readers:
    /// two are, or one below a line that says "Comments".
    fn opening_names(
        &self,
        contributions: &[Contribution],
        border: Border,
    ) -> Vec<Option<&'a str>> {
        let name = |c: &Contribution| {
            let first = self.texts[c.paragraphs.start];
            signed::opening_name(first).filter(|_| c.signature.is_none())
        };
        let names: Vec<Option<&str>> = contributions.iter().map(name).collect();
        let announced =
            matches!(border, Border::At(at) if Register::shipped().border.matches(self.texts[at]));
        let enough = announced || names.iter().flatten().count() >= 2;
        if enough { names } else { vec![None; contributions.len()] }
    }

    fn place_article(&self, end: usize, spans: &[Span], draft: &mut Draft) {
        let register = Register::shipped();
        for (at, (text, span)) in self.texts.iter().zip(spans).take(end).enumerate() {
            let kind = match self.heads.get(at) {
                Some(head) => *head,
                None if register.furniture.matches(text) || register.border.matches(text) => {
                    BlockKind::Boilerplate
                }
                None if register.is_advert_in_report(text) => BlockKind::Advert,
                None if self.paragraphs[at].listed => BlockKind::ListItem,
                None => BlockKind::Paragraph,
            };
            draft.place(Block::new(kind, *span));
        }
    }

    /// Contributions, their quotations, and the lines between them.
    fn place_readers(
        &self,
        from: usize,
        spans: &[Span],
        contributions: &[Contribution],
        authors: &[Option<String>],
        draft: &mut Draft,
    ) {
        let mut at = from;
        // First paragraph of a contribution to its block.
        let mut placed: Vec<(usize, BlockId)> = Vec::new();
        for (contribution, author) in contributions.iter().zip(authors) {
            for between in &spans[at..contribution.paragraphs.start] {
                draft.place(Block::new(BlockKind::Boilerplate, *between));
            }
            at = contribution.paragraphs.end;
            let answered = contribution.answers.and_then(|answers| {
                placed.binary_search_by_key(&answers, |(start, _)| *start).ok().map(|at| placed[at])
            });
            let reply_to = answered.map(|(_, id)| id);
            let id = self.place_one(contribution, author.clone(), reply_to, spans, draft);
            placed.push((contribution.paragraphs.start, id));
        }
        for between in &spans[at..] {
            draft.place(Block::new(BlockKind::Boilerplate, *between));
        }
    }

    fn place_one(
        &self,
        contribution: &Contribution,
        author: Option<String>,
        reply_to: Option<BlockId>,
        spans: &[Span],
        draft: &mut Draft,
    ) -> BlockId {
        let paragraphs = &contribution.paragraphs;
        let span = spans[paragraphs.start].cover(spans[paragraphs.end - 1]);
        let advert = Register::shipped().is_advert(span.of(&draft.text));
        let kind = if advert { BlockKind::Advert } else { BlockKind::Comment };
        let reply_to = reply_to.or_else(|| draft.addressed(span));
        let depth = draft.depth_below(reply_to);
        let published = contribution.signature.and_then(|at| {
            // The day stands behind the name or on the line below it.
            let lines = [at, at + 1].into_iter().filter(|line| *line < paragraphs.start);
            let (at, day) = lines
                .filter_map(|line| Some((line, stamp::day(self.texts[line])?)))
                .find(|(line, _)| *line == at || stamp::is_stamp(self.texts[*line]))?;
            Some(UncertainDate {
                edtf: Edtf::day(day),
                wording: spans[at].of(&draft.text).to_owned(),
                span: Some(spans[at]),
            })
        });
        let id =
            draft.place(Block { reply_to, depth, author, published, ..Block::new(kind, span) });
        for quotation in &contribution.quotations {
            draft.place(Block {
                parent: Some(id),
                ..Block::new(BlockKind::Quotation, spans[*quotation])
            });
        }
        id
    }

    /// What its heads tell of it.
    fn imprint(&self, spans: &[Span]) -> Imprint {
        let mut imprint = Imprint::silent();
        for (at, kind) in self.heads.iter().enumerate() {
            let text = self.texts[at];
            let told_in = match kind {
                BlockKind::Headline if imprint.title.is_none() => {
                    imprint.title =
                        Some(Told { value: text.to_owned(), told_in: ToldIn::Headline });
                    continue;
                }
                BlockKind::Byline => ToldIn::Byline,
                BlockKind::Dateline => ToldIn::Dateline,
                _ => continue,
            };
            let (posted, changed) = stamp::parts(text);
            let told = |part: Option<&str>| {
                let value = UncertainDate {
                    edtf: Edtf::day(heads::day(part?)?),
                    wording: text.to_owned(),
                    span: Some(spans[at]),
                };
                Some(Told { value, told_in })
            };
            imprint.published = imprint.published.or_else(|| told(posted));
            imprint.modified = imprint.modified.or_else(|| told(changed));
        }
        // What was changed on a day had been published by then.
        imprint.published = imprint.published.or_else(|| {
            let changed = imprint.modified.as_ref()?;
            Some(Told { value: published::by(&changed.value)?, told_in: changed.told_in })
        });
        imprint
    }
}

/// "Deadline: 3 May 2021": a word with a colon names what the day is of.
fn labels(signature: &Signature, line: &str) -> bool {
    line[signature.name.end..].starts_with(':') && stamp::is_stamp(&line[signature.name.end + 1..])
}

/// The text with pseudonyms for readers' names from the border on, and where the paragraphs stand in it.
fn write(
    text: &str,
    sheet: &Sheet<'_>,
    article_end: usize,
    names: &ReaderNames<'_>,
) -> (Draft, Vec<Span>) {
    let mut draft = Draft::default();
    let mut spans = Vec::with_capacity(sheet.paragraphs.len());
    let origin = |span: Span| Trail::verbatim(span, span.start());
    let mut at = 0;
    for (index, paragraph) in sheet.paragraphs.iter().enumerate() {
        let Range { start: from, end } = paragraph.range.clone();
        draft.copy(text, Span::new(at, from), origin);
        let start = draft.text.len();
        at = from;
        for (name, pseudonym) in sheet.names_in(index, article_end, names) {
            draft.copy(text, Span::new(at, from + name.start), origin);
            draft.replace(pseudonym, &origin(Span::new(from + name.start, from + name.end)));
            at = from + name.end;
        }
        draft.copy(text, Span::new(at, end), origin);
        spans.push(Span::new(start, draft.text.len()));
        at = end;
    }
    draft.copy(text, Span::new(at, text.len()), origin);
    (draft, spans)
}

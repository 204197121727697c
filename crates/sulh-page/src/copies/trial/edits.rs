//! Takes real texts, gives what outlets make of them: cut, reordered, reworded, framed, quoted; and forms filled in anew.
//! Invariant: an edit is made by a seed alone; what a text was made of is told with it.

use super::{
    random::Random,
    text::{Text, page_of},
};
use std::ops::Range;
use sulh_model::page::Page;

/// Paragraphs from here on are worth putting into another text.
const PLANTED_WORDS_MIN: usize = 40;

sulh_model::codes! {
    /// What is done to a text.
    pub enum Edit {
        /// The last third is left out.
        CutThird = "cut-third",
        /// The second half is left out.
        CutHalf = "cut-half",
        /// The first third alone: a wire brief.
        Brief = "brief",
        /// The paragraphs in another order.
        Reordered = "reordered",
        /// Another headline, run into the text.
        Reheadlined = "reheadlined",
        /// One word in twenty replaced, dropped or put in.
        Words5 = "words-5",
        /// One word in ten.
        Words10 = "words-10",
        /// Three words in twenty.
        Words15 = "words-15",
        /// Two sentences of the outlet's own before it.
        Intro = "intro",
        /// Other marks, dashes, spaces and capitals.
        Typography = "typography",
        /// One or two of its paragraphs inside another text.
        Spliced = "spliced",
        /// One or two of its paragraphs inside another text, in quotation marks.
        Quoted = "quoted",
        /// The same form filled in anew: figures and names are others.
        Form = "form",
    }
}

/// A text made of others.
pub(super) struct Edited {
    /// What came of it.
    pub page: Page,
    /// The texts it was made of, by their places; the one that was edited first.
    pub of: Vec<usize>,
    /// Where the edited text's words stand in it, for one that stands in another.
    pub planted: Option<Range<usize>>,
}

/// Edits the text at a place; nothing where it is not made for that edit.
pub(super) fn edited(edit: Edit, texts: &[Text], at: usize, random: &mut Random) -> Option<Edited> {
    let text = texts.get(at)?;
    let other = another(texts, at, random)?;
    let words: Vec<&str> = texts[other].words().collect();
    let paragraphs = match edit {
        Edit::CutThird => text.first_words(2, 3),
        Edit::CutHalf => text.first_words(1, 2),
        Edit::Brief => text.first_words(1, 3),
        Edit::Reordered => reordered(&text.paragraphs, random)?,
        Edit::Reheadlined => framed(&text.paragraphs, &words, 8, random),
        Edit::Intro => framed(&text.paragraphs, &words, 40, random),
        Edit::Words5 => reworded(&text.paragraphs, &words, 5, random),
        Edit::Words10 => reworded(&text.paragraphs, &words, 10, random),
        Edit::Words15 => reworded(&text.paragraphs, &words, 15, random),
        Edit::Typography => text.paragraphs.iter().map(|one| other_marks(one)).collect(),
        Edit::Form => filled_in_anew(&text.paragraphs, &words, random)?,
        Edit::Spliced | Edit::Quoted => {
            return planted(edit, text, at, (&texts[other], other), random);
        }
    };
    Some(Edited { page: page_of(&paragraphs), of: vec![at], planted: None })
}

fn another(texts: &[Text], at: usize, random: &mut Random) -> Option<usize> {
    let other = random.below(texts.len());
    (other != at).then_some(other).or_else(|| (texts.len() > 1).then_some((at + 1) % texts.len()))
}

fn reordered(paragraphs: &[String], random: &mut Random) -> Option<Vec<String>> {
    let mut turned = paragraphs.to_vec();
    for at in (1..turned.len()).rev() {
        turned.swap(at, random.below(at + 1));
    }
    (turned != paragraphs).then_some(turned)
}

/// Some words of another text before it.
fn framed(paragraphs: &[String], words: &[&str], count: usize, random: &mut Random) -> Vec<String> {
    let from = random.below(words.len().saturating_sub(count));
    let own: Vec<&str> = words.iter().skip(from).take(count).copied().collect();
    std::iter::once(own.join(" ")).chain(paragraphs.iter().cloned()).collect()
}

fn reworded(
    paragraphs: &[String],
    words: &[&str],
    percent: usize,
    random: &mut Random,
) -> Vec<String> {
    let mut reword = |paragraph: &String| {
        let mut kept: Vec<&str> = Vec::new();
        for word in paragraph.split_whitespace() {
            if !random.chance(percent) {
                kept.push(word);
                continue;
            }
            let fresh = random.one_of(words).copied().unwrap_or("so");
            match random.below(4) {
                0 => {}
                1 => kept.extend([word, fresh]),
                _ => kept.push(fresh),
            }
        }
        kept.join(" ")
    };
    paragraphs.iter().map(&mut reword).collect()
}

fn other_marks(paragraph: &str) -> String {
    let mut text = String::with_capacity(paragraph.len() + 8);
    for (at, c) in paragraph.chars().enumerate() {
        match c {
            '\'' => text.push('’'),
            '’' | '‘' => text.push('\''),
            '"' => text.push('”'),
            '“' | '”' => text.push('"'),
            '-' => text.push('–'),
            '–' | '—' => text.push('-'),
            ' ' if at % 11 == 0 => text.push('\u{a0}'),
            'e' if at % 13 == 0 => text.push_str("e\u{ad}"),
            _ if at % 17 == 0 => text.extend(c.to_uppercase()),
            _ => text.push(c),
        }
    }
    text
}

/// Six figures and names in ten become others, as from one day's bulletin to the next.
fn filled_in_anew(
    paragraphs: &[String],
    words: &[&str],
    random: &mut Random,
) -> Option<Vec<String>> {
    let names: Vec<&str> =
        words.iter().map(|word| bare(word)).filter(|word| is_name(word)).collect();
    let mut filled = 0;
    let mut fill = |paragraph: &String| {
        let mut initial = true;
        let mut kept = Vec::new();
        for word in paragraph.split_whitespace() {
            let bare = bare(word);
            let figure = bare.starts_with(|c: char| c.is_ascii_digit());
            let changes = (figure || is_name(bare) && !initial) && random.chance(60);
            initial = word.ends_with(['.', ':', '!', '?']);
            filled += usize::from(changes);
            kept.push(match names.get(random.below(names.len())) {
                Some(name) if changes && !figure => word.replacen(bare, name, 1),
                _ if changes => word.replacen(bare, &(random.below(89) + 10).to_string(), 1),
                _ => word.to_owned(),
            });
        }
        kept.join(" ")
    };
    let paragraphs: Vec<String> = paragraphs.iter().map(&mut fill).collect();
    let words: usize = paragraphs.iter().map(|one| one.split_whitespace().count()).sum();
    // A text without names and figures is no bulletin.
    (filled * 20 >= words).then_some(paragraphs)
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Puts one or two paragraphs of a text into the middle of a host, where both have much of their own.
fn planted(
    edit: Edit,
    text: &Text,
    at: usize,
    host: (&Text, usize),
    random: &mut Random,
) -> Option<Edited> {
    let (host, host_at) = host;
    let from = random.below(text.paragraphs.len());
    let taken: Vec<&String> = text.paragraphs.iter().skip(from).take(1 + random.below(2)).collect();
    let count: usize = taken.iter().map(|one| one.split_whitespace().count()).sum();
    let much_of_its_own = |whole: &Text| count * 5 <= whole.words().count() * 2;
    if count < PLANTED_WORDS_MIN || !much_of_its_own(text) || !much_of_its_own(host) {
        return None;
    }
    let middle = host.paragraphs.len() / 2;
    let mark = |paragraph: &String| match edit {
        Edit::Quoted => format!("“{}”", paragraph.replace(['“', '”', '"', '„'], "'")),
        _ => paragraph.clone(),
    };
    let mut paragraphs = host.paragraphs.clone();
    paragraphs.splice(middle..middle, taken.iter().map(|one| mark(one)));
    let start: usize = paragraphs.iter().take(middle).map(|one| one.len() + 2).sum();
    let length: usize =
        paragraphs.iter().skip(middle).take(taken.len()).map(|one| one.len() + 2).sum();
    Some(Edited {
        page: page_of(&paragraphs),
        of: vec![at, host_at],
        planted: Some(start..start + length),
    })
}

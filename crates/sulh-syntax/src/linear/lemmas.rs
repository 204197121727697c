//! Takes a word with its tags, gives its dictionary form, by the longest ending that was seen with these tags.
//! Invariant: every word has a lemma; it is never empty for a word that is not.

#[cfg(feature = "train")]
use super::file::Writer;
use super::{
    file::{Broken, Reader},
    words::{AsIs, hash},
};
use crate::{token::Upos, tree::Penn};
use std::{borrow::Cow, collections::HashMap, hash::BuildHasherDefault};

/// The longest ending looked at, in characters; words up to this long are looked at whole as well.
const ENDING_MAX: usize = 7;
/// Words longer than this are their own lemma.
const CHARACTERS_MAX: usize = 64;

/// What is done with the letters of a word first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letters {
    /// In lower case: "Roads" to "road".
    Lower,
    /// As they stand: "Homs".
    Kept,
    /// Lower case after the first: "HOMS" to "Homs".
    Capital,
    /// Without commas: "1,500" to "1500".
    NoCommas,
}

impl Letters {
    pub(super) const ALL: [Self; 4] = [Self::Lower, Self::Kept, Self::Capital, Self::NoCommas];

    fn apply(self, form: &str) -> String {
        match self {
            Self::Lower => form.to_lowercase(),
            Self::Kept => form.to_owned(),
            Self::Capital => {
                let mut characters = form.chars();
                let first = characters.next();
                let rest = characters.as_str().to_lowercase();
                first.into_iter().flat_map(char::to_uppercase).chain(rest.chars()).collect()
            }
            Self::NoCommas => form.replace(',', ""),
        }
    }
}

/// How a form becomes its lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Script {
    pub(super) letters: Letters,
    /// Characters taken off the end.
    pub(super) cut: u8,
    /// What is put in their place.
    pub(super) put: String,
}

impl Script {
    /// What every word without a better one goes by.
    pub(super) const LOWER: Self = Self { letters: Letters::Lower, cut: 0, put: String::new() };

    fn apply(&self, form: &str) -> Option<String> {
        let mut lemma = self.letters.apply(form);
        for _ in 0..self.cut {
            lemma.pop()?;
        }
        lemma.push_str(&self.put);
        if lemma.is_empty() { None } else { Some(lemma) }
    }

    /// The shortest script that makes the lemma of the form.
    #[cfg(feature = "train")]
    pub(super) fn of(form: &str, lemma: &str) -> Self {
        let form = straight(form);
        let scripts = Letters::ALL.into_iter().map(|letters| {
            let base = letters.apply(&form);
            let shared = base.chars().zip(lemma.chars()).take_while(|(of, to)| of == to).count();
            let cut = u8::try_from(base.chars().count() - shared).unwrap_or(u8::MAX);
            Self { letters, cut, put: lemma.chars().skip(shared).collect() }
        });
        let cost = |script: &Self| usize::from(script.cut) + script.put.chars().count();
        scripts.min_by_key(cost).unwrap_or(Self::LOWER)
    }
}

/// The form with straight apostrophes, as lemmas are written.
fn straight(form: &str) -> Cow<'_, str> {
    if form.contains(['‘', '’']) {
        form.replace(['‘', '’'], "'").into()
    } else {
        form.into()
    }
}

/// Which script goes with which ending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lemmas {
    pub(super) scripts: Vec<Script>,
    pub(super) endings: HashMap<u32, u16, BuildHasherDefault<AsIs>>,
}

/// The hashes of a word's endings with its tags: the whole word first, then shorter and shorter ones, then none.
pub(super) fn endings(form: &str, upos: Upos, penn: Penn) -> impl Iterator<Item = u32> {
    let tags = ((upos as u64) << 8) | penn as u64;
    let first = form.chars().next();
    let capital = u64::from(first.is_some_and(char::is_uppercase));
    let characters: Vec<char> = form.to_lowercase().chars().collect();
    let length = characters.len().min(ENDING_MAX);
    // A whole word is another thing than an ending of the same letters; capitals matter to whole words and to names.
    let whole = hash((3 << 20) | (capital << 18) | tags, &characters);
    std::iter::once(whole).chain((0..=length).rev().map(move |length| {
        let ending = &characters[characters.len() - length..];
        hash((5 << 20) | (capital << 18) | tags, ending)
    }))
}

impl Lemmas {
    /// The dictionary form of a word.
    pub(super) fn lemma(&self, form: &str, upos: Upos, penn: Penn) -> String {
        if form.chars().nth(CHARACTERS_MAX).is_some() {
            return form.to_owned();
        }
        let form = straight(form);
        let script = endings(&form, upos, penn)
            .find_map(|ending| self.endings.get(&ending))
            .and_then(|script| self.scripts.get(usize::from(*script)));
        script.unwrap_or(&Script::LOWER).apply(&form).unwrap_or_else(|| form.to_lowercase())
    }

    #[cfg(feature = "train")]
    pub(super) fn write(&self, to: &mut Writer) {
        to.count(self.scripts.len());
        for script in &self.scripts {
            to.u8(script.letters as u8);
            to.u8(script.cut);
            to.text(&script.put);
        }
        let mut endings: Vec<_> = self.endings.iter().collect();
        endings.sort_unstable();
        to.count(endings.len());
        for (ending, script) in endings {
            to.u32(*ending);
            to.u16(*script);
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Broken> {
        let mut lemmas = Self::default();
        for _ in 0..from.count(3)? {
            let letters = Letters::ALL.get(usize::from(from.u8()?)).ok_or(Broken)?;
            let cut = from.u8()?;
            lemmas.scripts.push(Script { letters: *letters, cut, put: from.text()?.to_owned() });
        }
        for _ in 0..from.count(6)? {
            let ending = from.u32()?;
            let script = from.u16()?;
            if usize::from(script) >= lemmas.scripts.len() {
                return Err(Broken);
            }
            lemmas.endings.insert(ending, script);
        }
        Ok(lemmas)
    }
}

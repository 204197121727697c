//! Takes the rule file on register, gives it as words and weights that can be asked.
//! Invariant: every weight used in scoring stands in `rules/page/register.toml`, with lines that must and must not show it.

mod furniture;
mod rules;
mod signs;

pub(crate) use furniture::Furniture;
pub use rules::RulesError;
pub(crate) use rules::{Lines, Phrases};
pub(crate) use signs::{Shown, Sighting};

use rules::Rules;
use signs::Sign;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The rules that ship with the crate. They are checked by [`check_rules`]; were they unreadable,
/// no sign would be known and every page would be all article.
static SHIPPED: LazyLock<Register> = LazyLock::new(|| {
    Register::parse(include_str!("../../../../rules/page/register.toml")).unwrap_or_default()
});

/// How reports are written, and how readers answer.
#[derive(Debug, Default)]
pub(crate) struct Register {
    signs: BTreeMap<Sign, Weight>,
    /// Languages with phrases of their own.
    languages: BTreeSet<String>,
    /// The phrases of a sign a language has none for.
    silent: Phrases,
    /// Lines that say "the readers begin here".
    pub border: Lines,
    /// Lines that frame contributions and belong to nobody.
    pub furniture: Lines,
    /// Buttons that answer a contribution.
    pub answer: Lines,
    /// Words that hand over to another text.
    pub hand_over: Phrases,
}

/// What a paragraph's register says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    /// Above zero for a reader, below for a report.
    pub total: f32,
    /// The part for a reader that no outlet's own voice explains: slang, shouting, address, a pasted advert.
    pub beyond_voice: f32,
    /// The part for a reader that words tell, and not the shape of the line alone.
    pub spoken: f32,
}

/// One "I" is enough to hear a person.
const VOICE_MIN: f32 = 1.5;

#[derive(Debug)]
struct Weight {
    weight: f32,
    most: u32,
    voice: bool,
    shape: bool,
    /// English ones.
    phrases: Phrases,
    /// By language.
    elsewhere: BTreeMap<String, Phrases>,
}

/// Reads the shipped rules and tries every example line in them.
///
/// # Errors
/// The file is not readable, or an example line does not show what it should, or shows what it should not.
pub fn check_rules() -> Result<usize, RulesError> {
    let rules = Rules::parse(include_str!("../../../../rules/page/register.toml"))?;
    Ok(rules.check(&Register::from_rules(&rules)?)? + furniture::check()?)
}

impl Register {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn parse(text: &str) -> Result<Self, RulesError> {
        Self::from_rules(&Rules::parse(text)?)
    }

    fn from_rules(rules: &Rules) -> Result<Self, RulesError> {
        let mut signs = BTreeMap::new();
        for rule in &rules.sign {
            let sign = Sign::from_code(&rule.name)
                .ok_or_else(|| RulesError::Unknown(rule.name.clone()))?;
            let weight = Weight {
                weight: rule.weight,
                most: rule.most,
                voice: rule.voice,
                shape: rule.shape,
                phrases: Phrases::new(&rule.phrases),
                elsewhere: BTreeMap::new(),
            };
            signs.insert(sign, weight);
        }
        for (language, rules) in &rules.language {
            for (name, rule) in rules {
                let sign = Sign::from_code(name).and_then(|sign| signs.get_mut(&sign));
                let sign = sign.ok_or_else(|| RulesError::Unknown(name.clone()))?;
                sign.elsewhere.insert(language.clone(), Phrases::new(&rule.phrases));
            }
        }
        Ok(Self {
            signs,
            languages: rules.language.keys().cloned().collect(),
            silent: Phrases::default(),
            border: Lines::new(&rules.border.lines),
            furniture: Lines::new(&rules.furniture.lines),
            answer: Lines::new(&rules.answer.lines),
            hand_over: Phrases::new(&rules.hand_over.phrases),
        })
    }

    /// The signs a paragraph shows, with the number of times. A language without phrases of its own is asked for English ones.
    pub fn shown(&self, seen: &Sighting<'_>) -> Shown {
        let mut shown: Vec<(Sign, u32)> = Vec::new();
        let language = seen.language.filter(|language| self.languages.contains(*language));
        for (sign, weight) in &self.signs {
            let phrases = match language {
                Some(language) => weight.elsewhere.get(language).unwrap_or(&self.silent),
                None => &weight.phrases,
            };
            let times = sign.times(seen, phrases, self);
            if times > 0 {
                shown.push((*sign, times.min(weight.most)));
            }
        }
        Shown(shown)
    }

    /// How much the signs speak for a reader (above zero) or a report (below).
    /// `voiced`: the article is itself written in a personal voice.
    pub fn score(&self, shown: &Shown, voiced: bool) -> Score {
        let mut score = Score { total: 0.0, beyond_voice: 0.0, spoken: 0.0 };
        for (sign, times) in &shown.0 {
            let Some(weight) = self.signs.get(sign) else { continue };
            let share = if voiced && weight.voice { 0.25 } else { 1.0 };
            let value = weight.weight * *times as f32;
            score.total += value * share;
            if value > 0.0 && !weight.shape {
                score.spoken += value * share;
                score.beyond_voice += if weight.voice { 0.0 } else { value };
            }
        }
        score
    }

    /// True when the signs are those of a personal voice.
    pub fn is_voiced(&self, shown: &Shown) -> bool {
        let voice = |(sign, times): &(Sign, u32)| {
            self.signs
                .get(sign)
                .filter(|weight| weight.voice)
                .map_or(0.0, |weight| weight.weight * *times as f32)
        };
        shown.0.iter().map(voice).sum::<f32>() >= VOICE_MIN
    }

    /// True for a comment that sells, promises money or calls for clicks.
    #[expect(clippy::unused_self, reason = "what is asked of the register is asked in one way")]
    pub fn is_advert(&self, text: &str) -> bool {
        crate::spam::judge(text).advert
    }

    /// The same for a line among those of a report: a paragraph lost is evidence lost.
    #[expect(clippy::unused_self, reason = "what is asked of the register is asked in one way")]
    pub fn is_advert_in_report(&self, text: &str) -> bool {
        let judgement = crate::spam::judge(text);
        judgement.advert && judgement.score >= crate::spam::ADVERT_SCORE_MIN_IN_REPORT
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_example_line_counts_as_it_should() {
        let examples = super::check_rules().unwrap();
        assert!(examples > 60, "only {examples} example lines were tried");
    }
}

//! Takes a page's text and blocks, gives the language of its body.
//! Invariant: a language is named only when the guess is reliable.

use sulh_model::page::{Block, BlockKind};
use whatlang::{Lang, Script};

/// Enough letters for any language; longer texts only take longer.
const SAMPLE_BYTES_MAX: usize = 6 << 10;

/// ISO 639-1 code of the body's language; of body and comments where the body is too short to tell, and of the whole
/// text where there is no body.
pub(crate) fn of(text: &str, blocks: &[Block]) -> Option<String> {
    let body = |block: &&Block| {
        use BlockKind::{Headline, ListItem, Paragraph, Quotation};
        block.parent.is_none() && matches!(block.kind, Headline | Paragraph | ListItem | Quotation)
    };
    let said = |block: &&Block| body(block) || block.kind == BlockKind::Comment;
    sure(&sample(text, blocks.iter().filter(body)))
        .or_else(|| sure(&sample(text, blocks.iter().filter(said))))
}

fn sample<'a>(text: &str, blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut sample = String::new();
    for block in blocks {
        sample.push_str(block.span.of(text));
        sample.push('\n');
        if sample.len() > SAMPLE_BYTES_MAX {
            break;
        }
    }
    if sample.is_empty() {
        sample = text.chars().take(SAMPLE_BYTES_MAX).collect();
    }
    sample
}

/// The language of a sample where there is no doubt.
fn sure(sample: &str) -> Option<String> {
    let guess = whatlang::detect(sample)?;
    // Short and mixed texts are guessed wrongly; a script with one common language is sure by itself.
    let sure = guess.is_reliable() || guess.script() != Script::Latin && guess.confidence() > 0.5;
    two_letters(guess.lang()).filter(|_| sure).map(str::to_owned)
}

/// The ISO 639-1 codes of the languages that can be recognised.
const TWO_LETTERS: [(Lang, &str); 70] = [
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Cym, "cy"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tgl, "tl"),
    (Lang::Tha, "th"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
];

fn two_letters(language: Lang) -> Option<&'static str> {
    TWO_LETTERS.iter().find(|(known, _)| *known == language).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_code() {
        let missing: Vec<&Lang> =
            Lang::all().iter().filter(|lang| two_letters(**lang).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn bodies_tell_their_language() {
        let check =
            |text: &str, code: Option<&str>| assert_eq!(of(text, &[]).as_deref(), code, "{text}");
        check(
            "The two councils of the valley met and agreed on the wells and the road between them.",
            Some("en"),
        );
        check(
            "اتفق وجهاء البلدة مع ضباط الجيش على فتح الطريق أمام الأهالي خلال الأسبوع المقبل",
            Some("ar"),
        );
        check(
            "Сторони домовилися про тишу на час ремонту водогону біля селища, повідомили спостерігачі.",
            Some("uk"),
        );
        check("12 / 7", None);
    }
}

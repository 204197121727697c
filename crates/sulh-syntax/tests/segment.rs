//! Takes the smallest texts that show a rule, gives the words and sentences found in them.
//! Invariant: whatever the text, words and sentences cover it once and stand on borders of characters.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use serde::Deserialize;
use std::sync::LazyLock;
use sulh_model::span::Span;
use sulh_syntax::SENTENCE_BYTES_MAX;
use sulh_syntax::segment::Segmenter;

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::shipped().unwrap());

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// The words of a sentence, written with one space between them.
fn check(sentence: &str, expected: &str) {
    let words = SEGMENTER.words(sentence, whole(sentence));
    let words: Vec<&str> = words.iter().map(|span| span.of(sentence)).collect();
    assert_eq!(words.join(" "), expected, "{sentence:?}");
}

/// The sentences of a text, written with strokes between them.
fn check_sentences(expected: &str) {
    let text = expected.replace('|', "");
    let sentences = SEGMENTER.sentences(&text, whole(&text));
    let sentences: Vec<&str> = sentences.iter().map(|span| span.of(&text)).collect();
    let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
    assert_eq!(sentences, expected);
}

#[test]
fn hyphens_part_words_but_not_beginnings_and_numbers() {
    check("government-held east", "government - held east");
    check("anti-government and pro-Turkish", "anti-government and pro-Turkish");
    check("ex-rebels in mid-June", "ex-rebels in mid-June");
    check("e-mail al-Sham", "e-mail al - Sham");
    check("Naqsh-e-Jahan", "Naqsh - e - Jahan");
    check("a 26-year-old", "a 26 - year - old");
    check("COVID-19 at -30", "COVID - 19 at - 30");
    check("10-15 dead in 2011-2015", "10 - 15 dead in 2011 - 2015");
    check("500-1000 men, 011-2345", "500 - 1000 men , 011-2345");
    check("on 2020-10-20, call 1-800-991-9019", "on 2020-10-20 , call 1-800-991-9019");
    check("he left--at last – or—not", "he left -- at last – or — not");
}

#[test]
fn clitics_are_words() {
    check("They don't, can't and won’t.", "They do n't , ca n't and wo n’t .");
    check(
        "It's the army's; we'll, they've, you're",
        "It 's the army 's ; we 'll , they 've , you 're",
    );
    check(
        "I'm sure he'd go, and they shouldn't've.",
        "I 'm sure he 'd go , and they should n't 've .",
    );
    check("the parties’ envoys", "the parties ’ envoys");
    check("the ‘rebels’ and 'allies' left", "the ‘ rebels ’ and ' allies ' left");
    check("(SDF)'s men", "( SDF ) 's men");
    check("We cannot, gonna, dont", "We can not , gon na , do nt");
    check("the 1990's and '72", "the 1990's and '72");
}

#[test]
fn apostrophes_of_names_stay() {
    check("Dar'a, Sana'a, Ma'arrat and Sha’ab", "Dar'a , Sana'a , Ma'arrat and Sha’ab");
    check("Dar'a's people", "Dar'a 's people");
    check("Sa'd al-Din in Ba'qubah", "Sa'd al - Din in Ba'qubah");
    check("Saʿd and Qurʾan", "Saʿd and Qurʾan");
    check("‘Afrin fell to O'Brien", "‘Afrin fell to O'Brien");
}

#[test]
fn stops_belong_to_short_forms_and_not_to_the_end() {
    check("Gen. Omar met Lt. Col. Ali.", "Gen. Omar met Lt. Col. Ali .");
    check("J. K. Rowling in the U.S. at 5 p.m.", "J. K. Rowling in the U.S. at 5 p.m.");
    check("Arms, food etc.", "Arms , food etc .");
    check("Inc., No. 5, Art.7", "Inc. , No. 5 , Art. 7");
    check("in the east.The army", "in the east . The army");
    check("He sat. She (a Ph.D.) left...", "He sat . She ( a Ph.D. ) left ...");
}

#[test]
fn numbers_prices_and_measures() {
    check("at 10.30 a.m. or 7pm", "at 10.30 a.m. or 7 pm");
    check("$5m, US$3bn and 50kg", "$ 5 m , US$ 3 bn and 50 kg");
    check("5% of 1,500.75", "5 % of 1,500.75");
    check("on 3/10/2020, 10:30 GMT", "on 3/10/2020 , 10:30 GMT");
    check("the 20th and 3G", "the 20th and 3G");
    check("24°C, +963 11", "24 ° C , +963 11");
    check("٢٠٢٠ و ١٫٥", "٢٠٢٠ و ١٫٥");
}

#[test]
fn links_addresses_tags_and_faces() {
    check("see https://sana.sy/en/?p=12, now", "see https://sana.sy/en/?p=12 , now");
    check("(www.aid.org) or aid.org/syria.", "( www.aid.org ) or aid.org/syria .");
    check("to press.office@un.org.", "to press.office@un.org .");
    check("#truce by @UN_Syria, #1", "#truce by @UN_Syria , # 1");
    check("plan.pdf :) ;-)", "plan.pdf :) ;-)");
}

#[test]
fn marks() {
    check("and/or Hama/Homs w/o R&D", "and / or Hama / Homs w/o R&D");
    check("“No,” (he) said…", "“ No , ” ( he ) said …");
    check("Really?! No!!! [...] ====", "Really ?! No !!! [ ... ] ====");
    check("peace 🕊️👍🏽 🇸🇾🇹🇷", "peace 🕊️ 👍🏽 🇸🇾 🇹🇷");
    check("قالت المصادر، إن «القوات» دخلت؟", "قالت المصادر ، إن « القوات » دخلت ؟");
}

#[test]
fn marks_nobody_sees_change_nothing() {
    check("do\u{200b}n't", "do\u{200b} n't");
    check(
        "\u{200f}سوريا\u{200f} \u{202a}don't\u{202c}.",
        "\u{200f}سوريا\u{200f} \u{202a}do n't\u{202c} .",
    );
    check("cafe\u{301}s \u{feff} co\u{ad}operation", "cafe\u{301}s \u{feff} co\u{ad}operation");
    check("دَخَلَ", "دَخَلَ");
}

#[test]
fn tokens_of_more_than_one_word_are_named() {
    let text = "They don't see the parties' cannot";
    let tokens = SEGMENTER.tokens(text, whole(text));
    assert_eq!(tokens.multiwords, [1..3, 5..7, 7..9]);
}

#[test]
fn words_of_a_part_count_in_the_whole() {
    let text = "He left. They stay.";
    let words = SEGMENTER.words(text, Span::new(9, text.len()));
    let words: Vec<&str> = words.iter().map(|span| span.of(text)).collect();
    assert_eq!(words, ["They", "stay", "."]);
    assert_eq!(SEGMENTER.words("no", Span::new(1, 900)), []);
    assert_eq!(SEGMENTER.sentences("no", Span::new(1, 900)), []);
}

#[test]
fn short_forms_end_no_sentence_unless_one_opens() {
    check_sentences(
        "Gen. Haftar met Lt. Col. Saleh on Oct. 3 near the front. | They agreed on a truce.",
    );
    check_sentences("Shelling began at 10.30 a.m. local time. | It stopped at noon! | Why?");
    check_sentences("The U.N. envoy and Dr. Omar arrived at 4 p.m. in the town.");
    check_sentences("He went to the U.S. | The army stayed.");
    check_sentences(
        "It was signed at 5 p.m. | Residents of No. 5 and St. George left in Sept. | They came back.",
    );
    check_sentences("Abdul A. Rahman and J. K. Smith agreed. | No. | Three men died.");
    check_sentences("He sat. | Ali was ill. | Iran stayed out.");
    check_sentences("The terms: see Art. 3 and Fig. 2 for them.");
}

#[test]
fn quotations_brackets_and_notes_belong_to_their_sentence() {
    check_sentences("“We reject it,” he said. | “We will stay.” | Others left.");
    check_sentences("“Why now?” Ahmad Saleh asked. | Nobody answered.");
    check_sentences(
        "He said: “The road is open.” | (The other is not.) | It rained. [17] [18] | They left.",
    );
    check_sentences("They called it a “truce.” | The paper wrote so.");
    check_sentences(
        "They waited ... and waited... | Then they left. . . | All was well. :) | Yes.",
    );
}

#[test]
fn lines_are_wrapped_or_not() {
    check_sentences("Truce in the south | \nThe army entered the town. | \nIt left.");
    check_sentences(
        "The army said on Monday that the whole of the town\nhad been handed over by Gen.\nOmar.",
    );
    check_sentences(
        "The terms of the agreement that both sides signed on Monday are: | \n1. Opening the road to the capital and to the coast for all goods | \n2. Release of detainees | \n- the last one",
    );
    check_sentences("One | \n\nTwo");
}

#[test]
fn missing_spaces_and_other_scripts() {
    check_sentences("They left the town.| The army entered it.");
    check_sentences("See aid.org and plan.pdf at 10.30 in the U.S today.");
    check_sentences("دخلت القوات البلدة. | هل خرجت؟ | نعم.");
}

#[derive(Deserialize)]
struct File {
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    words: Option<Vec<String>>,
    sentences: Option<usize>,
}

#[test]
fn the_lists_do_what_their_examples_say() {
    for file in [
        include_str!("../../../lexicons/syntax/words.toml"),
        include_str!("../../../lexicons/syntax/abbreviations.toml"),
    ] {
        let file: File = toml::from_str(file).unwrap();
        for example in file.examples.iter().chain(&file.counter_examples) {
            let sentences = SEGMENTER.sentences(&example.text, whole(&example.text));
            if let Some(count) = example.sentences {
                assert_eq!(sentences.len(), count, "{}", example.text);
            }
            if let Some(words) = &example.words {
                let found = sentences.iter().flat_map(|span| SEGMENTER.words(&example.text, *span));
                let found: Vec<&str> = found.map(|span| span.of(&example.text)).collect();
                assert_eq!(&found, words);
            }
        }
    }
}

/// Spans are in order, on borders, and leave nothing out but white space.
fn covers(text: &str, within: Span, spans: &[Span]) {
    let mut end = within.start();
    for span in spans {
        assert!(span.fits(text) && !span.is_empty() && span.start() >= end, "{span} in {text:?}");
        assert!(text[end..span.start()].trim().is_empty(), "{:?}", &text[end..span.start()]);
        end = span.end();
    }
    assert!(text[end..within.end()].trim().is_empty(), "{:?}", &text[end..within.end()]);
}

fn holds(text: &str) {
    let sentences = SEGMENTER.sentences(text, whole(text));
    covers(text, whole(text), &sentences);
    for span in sentences.into_iter().chain([whole(text)]) {
        let tokens = SEGMENTER.tokens(text, span);
        covers(text, span, &tokens.words);
        for word in &tokens.words {
            assert!(!word.of(text).contains(char::is_whitespace), "{:?}", word.of(text));
        }
        let mut end = 0;
        for multiword in &tokens.multiwords {
            assert!(multiword.start >= end && multiword.len() > 1);
            let words = &tokens.words[multiword.clone()];
            assert!(words.iter().zip(&words[1..]).all(|(word, next)| word.end() == next.start()));
            end = multiword.end;
        }
        assert!(end <= tokens.words.len());
    }
}

#[test]
fn texts_without_end_take_time_by_their_length() {
    const BYTES: usize = 200_000;
    for endless in ["x", "\u{301}"] {
        holds(&endless.repeat(1_000_000));
    }
    for piece in [
        "x", "\u{301}", ".", "-", "-=", "'", "’s", "a-", "1-", "1-1:", "1.", "a.", "a@", "@", "#a",
        "www.", "a_", "a/", "!\"", "? ", ". ", ".(", "[1]", ".[1]", "(", " :)", "\n", "\n ", "a\n",
        ".\n", "a. b ", "🇸", "\u{200f}", "'a", "n't", "a&", "$", "A.A", "..a", "‘A", "\0", "ا",
        "1,1 ", "x'd",
    ] {
        let text = piece.repeat(BYTES / piece.len());
        holds(&text);
        let longest = SEGMENTER.sentences(&text, whole(&text)).iter().map(|span| span.len()).max();
        assert!(longest.unwrap_or(0) <= 2 * SENTENCE_BYTES_MAX, "{piece:?}: {longest:?}");
    }
}

proptest! {
    #[test]
    fn any_text(text in "(?s:.){0,120}") {
        holds(&text);
    }

    #[test]
    fn any_row_of_marks_and_words(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "the", "Gen", "U.S", "p.m", "Dar'a", "don't", "cannot", "'s", "s'", "1", "2020", "3.5", "kg", "$", "%", "-", "--",
        ".", "...", "…", "!", "?", ",", ":", ";", "'", "’", "‘", "\"", "“", "”", "(", ")", "[1]", "/", "&", "@", "#", "_",
        "http://", "www.", "a.org", ".doc", ":)", " ", "  ", "\n", "\n\n", "\u{301}", "\u{200b}", "\u{202e}", "ل", "😀", "أ.",
    ]), 0..40)) {
        holds(&pieces.concat());
    }
}

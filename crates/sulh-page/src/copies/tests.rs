//! Takes invented texts, checks what they are to one another and how they cluster.
//! Invariant: each case is the smallest that shows its point; no text is anybody's report.

use super::{trial::text::page_of, *};
use crate::signature::mixed;
use proptest::prelude::*;
use std::collections::BTreeMap;
use sulh_model::{edtf::Edtf, page::BlockKind, time::UncertainDate};

const WORDS: [&str; 64] = [
    "elders",
    "road",
    "truce",
    "patrol",
    "river",
    "market",
    "families",
    "convoy",
    "monitors",
    "harvest",
    "prisoners",
    "checkpoint",
    "envoy",
    "north",
    "talks",
    "winter",
    "letter",
    "guns",
    "bridge",
    "council",
    "drivers",
    "agreed",
    "refused",
    "opened",
    "left",
    "counted",
    "freed",
    "promised",
    "waited",
    "signed",
    "returned",
    "asked",
    "water",
    "school",
    "night",
    "hill",
    "valley",
    "grain",
    "wells",
    "shops",
    "buses",
    "doctors",
    "fields",
    "fence",
    "gate",
    "trucks",
    "guests",
    "rain",
    "songs",
    "bread",
    "lamps",
    "walls",
    "slowly",
    "again",
    "twice",
    "early",
    "together",
    "quietly",
    "beyond",
    "along",
    "before",
    "without",
    "towards",
    "across",
];

/// A sentence of its own for each number.
fn sentence(number: u64) -> String {
    let word = |at: u64| WORDS[(mixed(number << 8 | at) % 64) as usize];
    let words: Vec<&str> = (0..14).map(word).collect();
    format!("Then {}.", words.join(" "))
}

/// Paragraphs of two sentences each.
fn told(sentences: impl IntoIterator<Item = u64>) -> Vec<String> {
    let sentences: Vec<String> = sentences.into_iter().map(sentence).collect();
    sentences.chunks(2).map(|pair| pair.join(" ")).collect()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).collect()
}

fn words(paragraphs: &[String]) -> ArticleWords {
    ArticleWords::of(&page_of(paragraphs))
}

fn check(first: &[String], second: &[String], expected: Option<Relation>) {
    let relation = |one, other| compare(one, other).map(|shared| shared.likeness.relation);
    let (first, second) = (words(first), words(second));
    assert_eq!(relation(&first, &second), expected);
    assert_eq!(relation(&second, &first), expected.map(Relation::reversed), "the other way round");
}

#[test]
fn a_text_printed_again_is_a_copy_whatever_the_order_the_frame_and_the_marks() {
    let text = told(0..20);
    check(&text, &text, Some(Relation::Copy));
    let mut turned = text.clone();
    turned.rotate_left(3);
    check(&text, &turned, Some(Relation::Copy));
    check(&text, &[told(90..92), text.clone()].concat(), Some(Relation::Copy));
    let loud: Vec<String> =
        text.iter().map(|one| one.replace(' ', "\u{a0}").replace("tr", "t\u{ad}R")).collect();
    check(&text, &loud, Some(Relation::Copy));
    check(&told(0..1), &told(0..1), None);
}

#[test]
fn a_cut_text_is_an_excerpt_and_the_whole_extends_it() {
    check(&told(0..20), &told(0..4), Some(Relation::Excerpt));
    check(&told(0..4), &[told(0..4), told(40..50)].concat(), Some(Relation::Extends));
}

#[test]
fn texts_that_have_much_of_their_own_share_a_passage() {
    check(
        &told(0..20),
        &[told(30..40), told(4..8), told(50..54)].concat(),
        Some(Relation::Passages),
    );
    let mash_up = [told(0..10), told(30..40)].concat();
    check(&told(0..20), &mash_up, Some(Relation::Passages));
    check(&told(30..50), &mash_up, Some(Relation::Passages));
    check(&told(0..20), &told(30..50), None);
    let footer = "Write to the desk of this paper with what you saw, and say whether your name may be \
        printed; letters are answered on the first day of the week by one of the three editors.";
    let page = |sentences| [told(sentences), lines(footer)].concat();
    check(&page(0..20), &page(30..50), Some(Relation::Passages));
}

#[test]
fn bulletins_of_two_days_are_one_form_and_no_copies() {
    let bulletin = |day: &str, count: u32, town: &str, other: &str| {
        lines(&format!(
            "Overnight the observers positioned in {town} heard {count} undetermined explosions and bursts of heavy \
             machine-gun fire, all within a radius of a few kilometres of their camera, and none on the day before.
             During the day on {day}, while near the bridge, they saw {count} trucks cross the line of contact in \
             both directions, and were told by a guard of the checkpoint that nobody had been turned away.
             The observers went on with their visits to civilians in {other}, where they spoke with residents who \
             complained of the state of the road and said that the electricity had not been restored since spring.
             The mission reminds both sides of their duty to grant safe and unhindered access to all places, and \
             of the risk that mines and unexploded shells are to farmers, shepherds, children and its own staff."
        ))
    };
    let first = bulletin("3 May", 14, "Lesna", "Upper Brod");
    check(&first, &bulletin("4 May", 37, "Karsk", "Old Vrelo"), Some(Relation::Form));
    check(&first, &first, Some(Relation::Copy));
    let corrected: Vec<String> = first.iter().map(|one| one.replace("3 May", "2 May")).collect();
    let shared = compare(&words(&first), &words(&corrected));
    let passages = shared.map_or(Vec::new(), |shared| shared.passages);
    assert!(
        passages.iter().all(|passage| !passage.first.of(&page_of(&first).text).contains("3 May"))
    );
}

#[test]
fn two_reports_of_one_event_and_a_translation_are_no_copies() {
    let one = lines(
        "Two convoys with the sick of Harim reached the clinic at Dersim on Monday after the siege was \
         eased, an aid worker said. Nine of them needed surgery the same night.",
    );
    let other = lines(
        "After weeks of siege the first patients from Harim were brought out on Monday. The clinic at \
         Dersim took them in, and nine were operated on, according to its director.",
    );
    let translated = lines(
        "Deux convois de malades de Harim sont arrivés lundi à la clinique de Dersim après l'allègement \
         du siège, a dit un humanitaire. Neuf d'entre eux ont été opérés la nuit même.",
    );
    check(&one, &other, None);
    check(&one, &translated, None);
}

#[test]
fn a_statement_two_outlets_quote_is_a_quotation() {
    let said = sentence(7) + " " + &sentence(8);
    let quoting = |sentences, said: &str| [told(sentences), lines(said)].concat();
    let marked = format!("“{said}” he said.");
    check(&quoting(20..30, &marked), &quoting(40..50, &marked), Some(Relation::Quotation));
    check(&quoting(20..30, &marked), &quoting(40..50, &said), Some(Relation::Quotation));
    check(&quoting(20..30, &said), &quoting(40..50, &said), Some(Relation::Passages));
    let stray = format!("The “{said}");
    check(&quoting(20..30, &stray), &quoting(40..50, &said), Some(Relation::Passages));

    let block = |kind| {
        let mut page = page_of(&quoting(20..30, &said));
        let last = page.blocks.len() - 1;
        page.blocks[last].kind = kind;
        ArticleWords::of(&page)
    };
    let relation = |kind| {
        compare(&block(kind), &words(&quoting(40..50, &said)))
            .map(|shared| shared.likeness.relation)
    };
    assert_eq!(relation(BlockKind::Quotation), Some(Relation::Quotation));
    assert_eq!(relation(BlockKind::Comment), None);
    assert_eq!(relation(BlockKind::Headline), None);
}

#[test]
fn a_passage_runs_over_small_edits_and_points_to_its_words() {
    let said = "The elders of both valleys walked to the bridge at dawn, counted the families who wished \
        to come home, and wrote each name into two books that stay with the priest and the teacher";
    let edited = said.replace("wished to come", "wanted to go");
    let first =
        page_of(&lines(&format!("Grey clouds stood over the pass. {said}. Nobody was hurt.")));
    let second = page_of(&lines(&format!("It was told that {edited}, we hear from the town.")));
    let shared = compare(&ArticleWords::of(&first), &ArticleWords::of(&second)).unwrap();
    let found: Vec<_> = shared
        .passages
        .iter()
        .map(|passage| (passage.first.of(&first.text), passage.second.of(&second.text)))
        .collect();
    assert_eq!(found, [(said, edited.as_str())]);
}

#[test]
fn scripts_without_spaces_have_words_too() {
    let text = "昨天上午两个村庄的长老在桥头会面，他们数了想回家的家庭，并把每个名字写进两本书里，一本留给老师，一本留给医生。";
    check(&lines(text), &lines(text), Some(Relation::Copy));
}

#[test]
fn what_repeats_itself_costs_no_more_than_what_does_not() {
    let one_word = ArticleWords::of(&page_of(&["calm ".repeat(1_000_000)]));
    assert_eq!(one_word.len(), WORDS_MAX);
    assert_eq!(Sketch::of(&one_word).numbers.len(), 1);
    let shared = compare(&one_word, &one_word).unwrap();
    assert_eq!((shared.likeness.relation, shared.passages.len()), (Relation::Copy, 1));
    let turns =
        ArticleWords::of(&page_of(&["calm calm calm calm calm calm night ".repeat(20_000)]));
    assert!(compare(&one_word, &turns).is_some());
}

/// What is found among texts, each with its key and the day it was published on.
fn clustered(pages: &[(&str, Option<&str>, Vec<String>)]) -> (Clusters, Vec<String>) {
    let articles: Vec<ArticleWords> = pages.iter().map(|(_, _, text)| words(text)).collect();
    let mut collection = Collection::default();
    for ((key, published, _), article) in pages.iter().zip(&articles) {
        let published = published.map(|day| UncertainDate::given(Edtf::parse(day).unwrap(), day));
        collection.add(key, published.as_ref(), &Sketch::of(article)).unwrap();
    }
    let article = |page: PageNumber| &articles[page.0 as usize];
    let found = clusters(collection, &mut |pairs| {
        let one = |pair: &Pair| compare(article(pair.first), article(pair.second));
        pairs.iter().map(|pair| one(pair).map(|shared| shared.likeness)).collect()
    });
    (found, pages.iter().map(|(key, ..)| (*key).to_owned()).collect())
}

/// Clusters by keys: the anchor, `?` where it may not be the root, and the members.
fn by_key(pages: &[(&str, Option<&str>, Vec<String>)]) -> Vec<String> {
    let (found, keys) = clustered(pages);
    let key = |page: PageNumber| keys[page.0 as usize].as_str();
    let one = |cluster: &Cluster| {
        let doubt = if cluster.rivals.is_empty() { "" } else { "?" };
        let members: Vec<&str> = cluster.members.iter().map(|member| key(member.page)).collect();
        format!("{}{doubt}: {}", key(cluster.anchor), members.join(" "))
    };
    found.clusters.iter().map(one).collect()
}

#[test]
fn the_first_published_is_the_root_and_a_tie_is_no_root() {
    let text = || told(0..20);
    let check = |one: Option<&str>, other: Option<&str>, expected: &str| {
        assert_eq!(by_key(&[("a", one, text()), ("b", other, text())]), [expected]);
    };
    check(Some("2020-10-02"), Some("2020-10-01"), "b: a");
    check(Some("2020-10-02"), None, "a: b");
    check(None, Some("2020-10-02"), "b: a");
    check(Some("2020-10-01"), Some("2020-10-01"), "a?: b");
    check(None, None, "a?: b");
    // By its last possible day, and in doubt where the days overlap.
    check(Some("2020-10"), Some("2020-10-04"), "b?: a");
    check(Some("2020-10"), Some("2020-11-01"), "a: b");
    check(Some("../2020-10-09"), Some("2020-10-01"), "b?: a");
}

#[test]
fn a_copy_of_a_copy_that_is_none_of_the_root_has_no_place_in_its_cluster() {
    // Each keeps four fifths of the one before it.
    let text = |from: u64| told(from..from + 20);
    let pages = [
        ("a", Some("2020-01-01"), text(0)),
        ("b", Some("2020-01-02"), text(4)),
        ("c", Some("2020-01-03"), text(8)),
    ];
    assert_eq!(by_key(&pages), ["a: b"]);
    let (found, _) = clustered(&pages);
    let link = |first, second| {
        let pair = Pair { first: PageNumber(first), second: PageNumber(second) };
        found.links.iter().find(|link| link.pair == pair).map(|link| link.likeness.relation)
    };
    assert_eq!(link(1, 2), Some(Relation::Copy));
    assert_eq!(link(0, 2), Some(Relation::Passages));
}

#[test]
fn a_sentence_all_pages_have_makes_no_quadratic_work() {
    let pages = 3000;
    let articles: Vec<ArticleWords> = (0..pages)
        .map(|page| words(&[told([0, 1]), told(page * 8 + 10..page * 8 + 18)].concat()))
        .collect();
    let mut collection = Collection::default();
    for (at, article) in articles.iter().enumerate() {
        collection.add(&format!("{at:06}"), None, &Sketch::of(article)).unwrap();
    }
    let mut asked = 0;
    let found = clusters(collection, &mut |pairs| {
        asked += pairs.len();
        vec![None; pairs.len()]
    });
    assert!(asked < pages as usize, "{asked}");
    assert!(found.cut.crowded_numbers > 0);
}

#[test]
fn a_text_that_went_round_the_world_is_one_cluster() {
    let copies = 500_u64;
    let pages: Vec<(String, String, Vec<String>)> = (0..copies)
        .map(|at| {
            let text = [told(0..20), told(100 + at * 2..102 + at * 2)].concat();
            (format!("{at:04}"), format!("{}-01-01", 2000 + at), text)
        })
        .collect();
    let pages: Vec<(&str, Option<&str>, Vec<String>)> = pages
        .iter()
        .map(|(key, day, text)| (key.as_str(), Some(day.as_str()), text.clone()))
        .collect();
    let (found, _) = clustered(&pages);
    let sizes: Vec<(PageNumber, usize)> =
        found.clusters.iter().map(|cluster| (cluster.anchor, cluster.members.len())).collect();
    assert_eq!(sizes, [(PageNumber(0), 499)]);
}

#[test]
fn the_suite_finds_what_it_cut_and_takes_nothing_else_for_a_copy() {
    let mut trial = trial::Trial::default();
    for text in 0..24_u64 {
        trial.take("told", &text.to_string(), &page_of(&told(text * 100..text * 100 + 30)));
    }
    trial.take("told", "the first again", &page_of(&told(0..30)));
    let figures = trial.figures(trial::Half::Held);
    for measure in [
        "cut-half/found",
        "reordered/precision",
        "spliced/found",
        "quoted/named",
        "told/no-passage",
    ] {
        assert_eq!(figures.get(measure), Some(&100.0), "{measure}");
    }
    assert_ne!(figures.get("words-15/found"), Some(&0.0));
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let sentence =
        prop_oneof![(0..40_u64).prop_map(sentence), "\\PC{0,40}", Just("“Calm ".to_owned())];
    prop::collection::vec(sentence, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_one_is_to_the_other_the_other_is_to_the_one(first in paragraphs(), second in paragraphs()) {
        let there = compare(&words(&first), &words(&second));
        let back = compare(&words(&second), &words(&first));
        let relation = |shared: &Option<Shared>| shared.as_ref().map(|shared| shared.likeness.relation);
        prop_assert_eq!(relation(&there).map(Relation::reversed), relation(&back));
    }

    #[test]
    fn passages_lie_on_borders_of_characters_and_shares_are_shares(first in paragraphs(), second in paragraphs()) {
        let (one, other) = (page_of(&first), page_of(&second));
        if let Some(shared) = compare(&ArticleWords::of(&one), &ArticleWords::of(&other)) {
            for passage in &shared.passages {
                prop_assert!(passage.first.fits(&one.text) && !passage.first.is_empty());
                prop_assert!(passage.second.fits(&other.text) && !passage.second.is_empty());
            }
            for share in [shared.likeness.first_share, shared.likeness.second_share] {
                prop_assert!((0.0..=1.0).contains(&share), "{}", share);
            }
        }
    }

    #[test]
    fn a_stretch_long_enough_is_always_found(own in 1000..2000_u64, at in 0..9_usize, long in 0..4_usize) {
        let taken: Vec<String> =
            sentence(1).split(' ').chain(sentence(2).split(' ')).take(FOUND_WORDS + long).map(str::to_owned).collect();
        let with = |sentences: Vec<String>| {
            let mut sentences = sentences;
            sentences.insert(at.min(sentences.len()), taken.join(" "));
            Sketch::of(&words(&[sentences.join(" ")]))
        };
        let one = with((own..own + 8).map(sentence).collect());
        let other = with((own + 5000..own + 5012).map(sentence).collect());
        prop_assert!(one.numbers.iter().any(|number| other.numbers.contains(number)));
    }

    #[test]
    fn the_order_pages_come_in_does_not_show(
        drawn in prop::collection::vec((0..6_u64, 0..12_u64, 4..24_u64, prop::option::of(1..5_u32)), 1..14),
        shuffle in any::<u64>(),
    ) {
        let keys: Vec<(String, Option<String>)> = drawn
            .iter()
            .enumerate()
            .map(|(at, (.., day))| (format!("page {at:02}"), day.map(|day| format!("2020-01-0{day}"))))
            .collect();
        let pages: Vec<(&str, Option<&str>, Vec<String>)> = drawn
            .iter()
            .zip(&keys)
            .map(|((text, from, length, _), (key, day))| {
                (key.as_str(), day.as_deref(), told(text * 1000 + from..text * 1000 + from + length))
            })
            .collect();
        let mut shuffled = pages.clone();
        shuffled.sort_by_key(|(key, ..)| key.bytes().fold(shuffle, |sum, byte| mixed(sum ^ u64::from(byte))));
        prop_assert_eq!(by_key(&pages), by_key(&shuffled));
        prop_assert_eq!(links_by_key(&pages), links_by_key(&shuffled));
    }
}

fn links_by_key(pages: &[(&str, Option<&str>, Vec<String>)]) -> BTreeMap<(String, String), String> {
    let (found, keys) = clustered(pages);
    let key = |page: PageNumber| keys[page.0 as usize].clone();
    let link = |link: &Link| {
        ((key(link.pair.first), key(link.pair.second)), format!("{:?}", link.likeness))
    };
    found.links.iter().map(link).collect()
}

//! Takes small captures, expects of their blocks the bytes and elements they were taken from.
//! Invariant: what is expected are the bytes a reviewer would mark in the capture by hand.

mod splitting;

use splitting::page;
use sulh_model::origin::Likeness;
use sulh_page::Format;

/// Expects of each block, in order, its bytes in the capture and its element.
fn check(bytes: &[u8], format: Format, expected: &[(&str, Option<(&str, &str)>)]) {
    let page = page(bytes, Some(format));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let told: Vec<_> = page
        .numbered()
        .map(|(id, block)| {
            let from =
                page.origins.trail.cover(block.span).map(|from| &bytes[from.start()..from.end()]);
            let element = page.origins.elements.get(&id);
            let element =
                element.map(|element| (element.path.clone(), text(&bytes[element.start..][..4])));
            (text(from.unwrap_or_default()), element)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(words, element)| {
            let element = element.map(|(path, tag)| (path.to_owned(), tag.to_owned()));
            ((*words).to_owned(), element)
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn markup_is_found_again() {
    check(
        b"<html><body><article id=main><h1>Wells &amp; truce</h1>\r\n<p class=lead>The <b>two</b>\r\nvillages signed a truce on Monday, mediators said, after weeks of talks about the wells of the plain.</article>",
        Format::Html,
        &[
            ("Wells &amp; truce", Some(("html > body > article#main > h1", "<h1>"))),
            ("The <b>two</b>\r\nvillages signed a truce on Monday, mediators said, after weeks of talks about the wells of the plain.", Some(("html > body > article#main > p.lead", "<p c"))),
        ],
    );
}

#[test]
fn of_readers_only_the_kinds_of_elements_are_told() {
    check(
        b"<p>The village signed.</p><div id=comments><ol><li class='comment by-old-salt' id=comment-1><cite class=fn>Old Salt</cite><p>Old Salt doubts it.</p></li></ol></div>",
        Format::Html,
        &[
            ("The village signed.", Some(("p", "<p>T"))),
            ("Old Salt doubts it.", Some(("div > ol > li", "<li "))),
        ],
    );
}

#[test]
fn other_charsets_are_counted_in_their_bytes() {
    let bytes = b"<meta charset=windows-1251><p>\xC3\xEE\xF0\xEE\xE4 \xCC\xE8\xF0";
    let page = page(bytes, Some(Format::Html));
    assert_eq!((page.text.as_str(), page.origins.charset), ("Город Мир", "windows-1251"));
    let steps = page.origins.trail.steps().iter();
    let told: Vec<_> =
        steps.map(|step| (step.from.start(), step.from.end(), step.likeness)).collect();
    let expected =
        [(30, 35, Likeness::Recoded), (35, 36, Likeness::Verbatim), (36, 39, Likeness::Recoded)];
    assert_eq!(told, expected);
}

#[test]
fn plain_text_has_no_elements() {
    check(
        "\u{FEFF}Wells reopened\r\n\r\nThe village signed.\r\n- herds may pass".as_bytes(),
        Format::Plain,
        &[("Wells reopened", None), ("The village signed.", None), ("herds may pass", None)],
    );
}

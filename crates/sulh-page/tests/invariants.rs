//! Takes generated captures, expects of every page what a page promises.
//! Invariant: the promises hold for any bytes, not only for pages.

use proptest::prelude::*;
use sulh_model::page::{BlockId, Page, PageAbout};
use sulh_page::{Capture, split};

/// A byte of any charset becomes at most three of UTF-8; a one-letter name becomes a pseudonym of 17.
const GROWTH_MAX: usize = 20;

fn page(bytes: &[u8]) -> Page {
    let about = PageAbout {
        source: "test".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    split(&Capture { bytes, about, transport: Default::default(), pseudonym_key: &[3; 32] })
}

fn check(bytes: &[u8]) {
    let page = page(bytes);
    assert!(
        page.text.len() <= bytes.len() * GROWTH_MAX,
        "{} bytes became {}",
        bytes.len(),
        page.text.len()
    );
    assert!(page.notes.iter().all(|note| note.span.fits(&page.text)));
    let mut start = 0;
    // End of the last block at the top and inside each parent.
    let mut top_end = 0;
    let mut inner_end = std::collections::BTreeMap::new();
    for (id, block) in page.numbered() {
        assert!(block.span.fits(&page.text) && !block.span.is_empty(), "{block:?}");
        assert!(block.span.start() >= start, "out of order: {block:?}");
        start = block.span.start();
        let end: &mut usize = match block.parent {
            None => &mut top_end,
            Some(parent) => {
                assert!(
                    parent < id
                        && page
                            .block(parent)
                            .is_some_and(|around| around.span.contains(block.span)),
                    "{block:?}"
                );
                inner_end.entry(parent).or_insert(0)
            }
        };
        assert!(block.span.start() >= *end, "siblings overlap: {block:?}");
        *end = block.span.end();
        let answered: Option<BlockId> = block.reply_to;
        assert!(answered.is_none_or(|answered| answered < id), "{block:?}");
    }
    assert_eq!(page, self::page(bytes), "splitting twice gives the same");
}

/// Pieces of pages, good and bad.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<div class=comment>",
        "</div>",
        "<li id=comment-3 class=comment>",
        "</li>",
        "<ul>",
        "</ul>",
        "<p>",
        "<b>",
        "</b>",
        "<br>",
        "<br><br>",
        "<cite class=fn>Bo</cite>",
        "<blockquote>",
        "</blockquote>",
        "<section id=comments>",
        "</section>",
        "<h1>",
        "</h1>",
        "<table><tr><td>",
        "</table>",
        "<script>",
        "</script>",
        "<time datetime=2020-02-30>",
        "<article>",
        "</article>",
        "<!--",
        "-->",
        "&eacute;",
        "&#0;",
        "<title>",
        "\n",
        "\n\n",
        " ",
        "\r\n",
        "“",
        "”",
        "\"",
        "«",
        "> ",
        "- ",
        "1. ",
        "A says:\n",
        "@a ",
        "Bo · 3 days ago\n",
        "2 Comments\n",
        "……\n",
        "http://x.example\n",
        "lol!! ",
        "I think you ",
        "The council said on 3 May that ",
        "كناكر ",
        "é",
        "😂",
        "\u{202E}",
        "\0",
        "word ",
        "the army withdrew from the town on Monday. ",
        "Reply\n",
        "By A. Desk\n",
        "3 October 2020\n",
    ])
    .prop_map(str::to_owned);
    prop_oneof![8 => known, 1 => ".{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..60)) {
        check(pieces.concat().as_bytes());
    }
}

//! Takes generated captures, expects of every page what a page promises.
//! Invariant: the promises hold for any bytes, not only for pages.

mod promises;
mod splitting;

use promises::{check, check_names};
use proptest::prelude::*;
use sulh_page::Format;

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
        check(&bytes, None);
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..60)) {
        let bytes = pieces.concat().into_bytes();
        check(&bytes, None);
        check_names(&bytes, Format::Html);
        check_names(&bytes, Format::Plain);
    }
}

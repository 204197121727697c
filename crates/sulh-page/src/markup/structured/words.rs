//! Takes a text of structured data, which may hold tags and entities, gives its words.
//! Invariant: a paragraph's border is a line feed; tags never become words, not even those that were escaped.

use crate::feed::words::of_html;

/// What ends a paragraph or a line, however it is spelt.
const BORDERS: [&str; 8] = ["</p>", "</P>", "<br>", "<br/>", "<br />", "<BR>", "</div>", "</li>"];

/// The words on one line.
pub(super) fn line(text: &str) -> String {
    unescaped(text).map_or_else(|| of_html(text), |text| of_html(&text))
}

/// The words, one line a paragraph.
pub(super) fn paragraphs(text: &str) -> String {
    let text = unescaped(text).unwrap_or_else(|| text.to_owned());
    let text = BORDERS.iter().fold(text, |text, border| text.replace(border, "\n"));
    let lines = text.lines().map(of_html).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Markup that was escaped as if it were text, once more as markup.
fn unescaped(text: &str) -> Option<String> {
    let escaped = !text.contains('<')
        && ["&lt;p", "&lt;br", "&lt;/", "&amp;#", "&amp;quot;", "&amp;amp;"]
            .iter()
            .any(|sign| text.contains(sign));
    escaped.then(|| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_paragraphs_stay() {
        let check = |text: &str, expected: &str| assert_eq!(paragraphs(text), expected, "{text}");
        check("<p>They  left.</p><p>All <b>of</b> them</p>", "They left.\nAll of them");
        check("One<br />two\n\nthree &amp; four", "One\ntwo\nthree & four");
        check("&lt;p&gt;Escaped &amp;amp; gone&lt;/p&gt;", "Escaped & gone");
        check("It&amp;#8217;s 3 < 4", "It&#8217;s 3 < 4");
        assert_eq!(line("A truce\nin <i>Gao</i>"), "A truce in Gao");
    }
}

//! Takes a title that may hold tags and entities, gives its words.
//! Invariant: tags never become words; entities are resolved once, as a browser would.

use html5gum::{
    Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};
use std::convert::Infallible;

/// The words of a stretch of HTML, white space collapsed.
pub(crate) fn of_html(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return spaced(html);
    }
    let mut words = Vec::new();
    let take = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            words.extend(value);
        }
        None
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, CallbackEmitter::new(take)).finish();
    spaced(&String::from_utf8_lossy(&words))
}

/// White space collapsed.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_entities_are_resolved() {
        assert_eq!(
            of_html(" Truce in <b>Gao</b>\n&#8217;s east &amp; north "),
            "Truce in Gao ’s east & north"
        );
        assert_eq!(of_html("A & B < C"), "A & B < C");
    }
}

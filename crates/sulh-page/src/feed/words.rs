//! Takes a title that may hold tags and entities, gives its words.
//! Invariant: tags never become words; entities are resolved once, as a browser would.

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, CharacterTokens, Token, TokenSink, TokenSinkResult, Tokenizer},
};
use std::cell::RefCell;

/// The words of a stretch of HTML, white space collapsed.
pub(super) fn of_html(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return spaced(html);
    }
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Words::default(), Default::default());
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    spaced(&tokenizer.sink.0.into_inner())
}

/// White space collapsed.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Words(RefCell<String>);

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let CharacterTokens(words) = token {
            self.0.borrow_mut().push_str(&words);
        }
        TokenSinkResult::Continue
    }
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

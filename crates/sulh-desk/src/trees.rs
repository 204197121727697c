//! Takes the bytes of a report, gives its sentences as trees in CoNLL-U.
//! Invariant: what is shown is what reading reads, and every word carries its bytes in the page's text.

use sulh_model::page::{Page, PageAbout};
use sulh_page::{Capture, Transport};
use sulh_syntax::{Parser, conllu};

/// A report's page and the trees of its sentences. A sentence is named after its block and its place in the page.
pub fn trees(
    parser: &Parser,
    bytes: &[u8],
    about: PageAbout,
    transport: Transport,
) -> (Page, String) {
    // No commenter is named in the text of a page, so any key does.
    let page = sulh_page::split(&Capture { bytes, about, transport, pseudonym_key: &[0; 32] });
    let mut sentences: Vec<conllu::Sentence> = Vec::new();
    for (block, stretch) in sulh_reading::stretches(&page) {
        for span in parser.sentences(&page.text, stretch) {
            let Some(parsed) = parser.parse(&page.text, span, parser.depth()) else { continue };
            let mut sentence = parsed.written(&page.text);
            sentence.id = format!("b{}-s{}", block.0, sentences.len() + 1);
            sentences.push(sentence);
        }
    }
    (page, conllu::write(&sentences))
}

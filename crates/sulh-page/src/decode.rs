//! Takes bytes, gives text and what was doubtful in decoding them.
//! Invariant: at most `INPUT_BYTES_MAX` bytes are read; lines end in LF alone; nothing else is normalised,
//! because spans must point at what the outlet wrote.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};
use sulh_model::{
    note::{Note, NoteCode},
    span::Span,
};

/// The longest capture that is read, in bytes. The longest reports met are below 5 MiB; this leaves room for
/// pages that carry pictures in their markup, and keeps the peak memory of one page bounded.
pub const INPUT_BYTES_MAX: usize = 64 << 20;

/// HTML declares its charset within its first bytes, or browsers do not see it either.
const DECLARATION_BYTES_MAX: usize = 1024;

/// How much of a capture is looked at to guess its charset: enough for any letter statistics.
const GUESS_BYTES_MAX: usize = 256 << 10;

/// One control byte in so many says that the bytes are no text.
const BYTES_PER_CONTROL_MIN: usize = 50;

/// Decoded text.
pub(crate) struct Decoded {
    pub text: String,
    pub notes: Vec<Note>,
}

pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let mut notes = Vec::new();
    let mut note = |code, message: String| notes.push(Note::new(code, Span::new(0, 0), message));
    let cut = bytes.len() > INPUT_BYTES_MAX;
    let bytes = if cut { &bytes[..INPUT_BYTES_MAX] } else { bytes };
    if cut {
        let message =
            format!("The capture is longer than {INPUT_BYTES_MAX} bytes; the rest was not read.");
        note(NoteCode::PageCut, message);
    }
    let (text, malformed) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => read(encoding, &bytes[length..], cut),
        None => {
            if is_binary(bytes) {
                note(
                    NoteCode::PageBinary,
                    "The capture is not text; what could be read was read.".to_owned(),
                );
            }
            let declared = declared(bytes);
            let chosen = choose(bytes, declared);
            if let Some(declared) = declared.filter(|declared| *declared != chosen) {
                note(
                    NoteCode::CharsetMismatch,
                    format!(
                        "The page declares {}, which does not fit its bytes; {} was used.",
                        declared.name(),
                        chosen.name()
                    ),
                );
            }
            read(chosen, bytes, cut)
        }
    };
    if malformed {
        let message = "Bytes that are no characters of the charset were replaced by U+FFFD.";
        note(NoteCode::CharsetReplaced, message.to_owned());
    }
    Decoded { text: with_line_feeds(text), notes }
}

/// The first invisible or direction-changing control: bidi embeddings, overrides and isolates, zero-width characters.
/// Zero-width joiners spell words in several scripts and say nothing by themselves.
pub(crate) fn first_control(text: &str) -> Option<Span> {
    let control = |c: char| {
        matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
    };
    text.char_indices().find(|(_, c)| control(*c)).map(|(at, c)| Span::new(at, at + c.len_utf8()))
}

fn read(encoding: &'static Encoding, bytes: &[u8], cut: bool) -> (String, bool) {
    let bytes = if cut && encoding == UTF_8 { whole_characters(bytes) } else { bytes };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), malformed)
}

/// Without the first bytes of a character that a cut went through.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

fn choose(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let ascii = bytes.is_ascii();
    match declared {
        // Every charset reads these bytes alike, the declared one says it in the outlet's words.
        Some(declared) if ascii && (declared.is_ascii_compatible() || declared == ISO_2022_JP) => {
            declared
        }
        _ if ascii || std::str::from_utf8(whole_characters(bytes)).is_ok() => UTF_8,
        Some(declared) if declared != UTF_8 && fits(declared, bytes) => declared,
        _ if mostly_utf8(bytes) => UTF_8,
        _ => guess(bytes),
    }
}

/// True when the charset has a character for every byte, those browsers map to C1 controls excepted.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (_, malformed) = encoding.decode_without_bom_handling(bytes);
    !malformed
}

/// True when more characters beyond ASCII are whole UTF-8 than are broken: a page of mixed origin
/// keeps what is readable instead of turning every accent into two wrong letters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES_MAX)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The charset an HTML page declares: `charset=` in one of its first tags, of which only `meta` has one.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES_MAX)].to_ascii_lowercase();
    let meta = find(&head, b"<meta")?;
    let at = meta + find(&head[meta..], b"charset")? + b"charset".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/') || b.is_ascii_whitespace());
    Encoding::for_label(&rest[..end?])
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(GUESS_BYTES_MAX)];
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
        .count();
    controls > 0 && controls * BYTES_PER_CONTROL_MIN >= head.len()
}

fn with_line_feeds(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, notes: &[NoteCode]) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.notes.iter().map(|note| note.code).collect::<Vec<_>>(), notes, "{text}");
    }

    #[test]
    fn the_charset_is_found() {
        check("\u{FEFF}تعز".as_bytes(), "تعز", &[]);
        check(b"\xFF\xFET\x00a\x00", "Ta", &[]);
        check(b"<meta charset=windows-1256>\xC3\xE3\xD1", "<meta charset=windows-1256>أمر", &[]);
        check(b"<meta charset='iso-8859-1'><p>plain", "<meta charset='iso-8859-1'><p>plain", &[]);
        check(
            b"G\xE9rard a sign\xE9 l'accord \xE0 Bamako",
            "Gérard a signé l'accord à Bamako",
            &[],
        );
    }

    #[test]
    fn what_does_not_fit_is_noted() {
        let page = "<meta charset=windows-1256>Kidal é".as_bytes();
        check(page, "<meta charset=windows-1256>Kidal é", &[NoteCode::CharsetMismatch]);
        check(b"\xC3\xA9t\xC3\xA9 \xFF fini", "été \u{FFFD} fini", &[NoteCode::CharsetReplaced]);
        check(b"\x00\x01\x02\x03", "\0\u{1}\u{2}\u{3}", &[NoteCode::PageBinary]);
    }

    #[test]
    fn only_line_ends_are_normalised() {
        check("a\r\nb\rc e\u{301}".as_bytes(), "a\nb\nc e\u{301}", &[]);
    }

    #[test]
    fn a_cut_goes_between_characters() {
        assert_eq!(whole_characters("aé".as_bytes().split_last().unwrap().1), b"a");
    }
}

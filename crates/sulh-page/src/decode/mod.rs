//! Takes bytes, gives text and what was doubtful in decoding them.
//! Invariant: at most `INPUT_BYTES_MAX` bytes are read; lines end in LF alone; nothing else is normalised,
//! because spans must point at what the outlet wrote.

mod trail;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use sulh_model::{
    note::{Note, NoteCode},
    origin::Trail,
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

/// Text in any script has a blank, a digit or a tag every so many characters.
const UNITS_PER_ASCII_MAX: usize = 8;

/// Decoded text.
pub(crate) struct Decoded {
    pub text: String,
    pub notes: Vec<Note>,
    /// The charset it was decoded from.
    pub charset: &'static str,
    /// Where the text stands in the bytes.
    pub trail: Trail,
}

/// Decodes; `content_type` is what the transport declared.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let mut notes = Vec::new();
    let mut note = |code, message: String| notes.push(Note::new(code, Span::new(0, 0), message));
    let cut = bytes.len() > INPUT_BYTES_MAX;
    let bytes = if cut { &bytes[..INPUT_BYTES_MAX] } else { bytes };
    if cut {
        let message =
            format!("The capture is longer than {INPUT_BYTES_MAX} bytes; the rest was not read.");
        note(NoteCode::PageCut, message);
    }
    let served = content_type.and_then(charset_of_type);
    let mark = Encoding::for_bom(bytes).or_else(|| Some((unmarked_utf16(bytes)?, 0)));
    if mark.is_none() && is_binary(bytes) {
        let message = "The capture is not text; what could be read was read.";
        note(NoteCode::PageBinary, message.to_owned());
    }
    // A page that opens with a mark of byte order declares its charset by it; one of UTF-16 cannot declare another.
    let declared = if mark.is_some() { None } else { declared(bytes) };
    let (chosen, length) = mark.unwrap_or_else(|| (choose(bytes, served, declared), 0));
    // Where every charset reads the bytes alike it does not matter who is wrong.
    if !bytes.is_ascii() {
        for (who, told) in [("server", served), ("page", declared)] {
            if let Some(told) = told.filter(|told| !is_same(told, chosen)) {
                let (told, chosen) = (told.name(), chosen.name());
                note(
                    NoteCode::CharsetMismatch,
                    format!(
                        "The {who} declares {told}, which does not fit what else is known of the bytes; {chosen} was used."
                    ),
                );
            }
        }
    }
    let body = &bytes[length..];
    let body = if cut && chosen == UTF_8 { whole_characters(body) } else { body };
    let (text, malformed) = read(chosen, body);
    if malformed {
        let message = "Bytes that are no characters of the charset were replaced by U+FFFD.";
        note(NoteCode::CharsetReplaced, message.to_owned());
    }
    Decoded { text, notes, charset: chosen.name(), trail: trail::trail(chosen, body, length) }
}

/// UTF-16 without a mark of byte order: each character of ASCII leaves a zero at every other byte, and nothing else does.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(GUESS_BYTES_MAX) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, low) if low * UNITS_PER_ASCII_MAX >= head.len() / 2 => UTF_16LE,
        (high, 0) if high * UNITS_PER_ASCII_MAX >= head.len() / 2 => UTF_16BE,
        _ => return None,
    };
    let (text, malformed) = encoding.decode_without_bom_handling(head);
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    (!malformed && !text.is_empty() && !text.contains(odd)).then_some(encoding)
}

/// A declaration of UTF-16 leaves the order of bytes to the mark.
fn is_same(declared: &'static Encoding, chosen: &'static Encoding) -> bool {
    declared == chosen || (declared == UTF_16LE && chosen == UTF_16BE)
}

/// The charset in `text/html; charset="windows-1256"`.
fn charset_of_type(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset
            .then(|| Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes()))?
    })
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

/// The text of bytes, and whether some were no characters.
fn read(encoding: &'static Encoding, bytes: &[u8]) -> (String, bool) {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (with_line_feeds(text.into_owned()), malformed)
}

/// Without the first bytes of a character that a cut went through.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

/// The transport goes before the document, and both must fit the bytes.
fn choose(
    bytes: &[u8],
    served: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
) -> &'static Encoding {
    let told = [served, declared].into_iter().flatten();
    let ascii = bytes.is_ascii();
    if ascii {
        // Every charset reads these bytes alike, the declared one says it in the outlet's words.
        let alike = |told: &&'static Encoding| told.is_ascii_compatible() || **told == *ISO_2022_JP;
        return told.into_iter().find(alike).unwrap_or(UTF_8);
    }
    if std::str::from_utf8(whole_characters(bytes)).is_ok() {
        return UTF_8;
    }
    let fitting = told.into_iter().find(|told| *told != UTF_8 && fits(told, bytes));
    match fitting {
        Some(fitting) => fitting,
        None if mostly_utf8(bytes) => UTF_8,
        None => guess(bytes),
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

/// The charset a page declares: `charset=` in one of its first tags, of which only `meta` has one; a feed has it
/// in the declaration of XML it opens with.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES_MAX)].to_ascii_lowercase();
    let meta = find(&head, b"<meta").and_then(|meta| label_after(&head[meta..], b"charset"));
    meta.or_else(|| {
        let xml = head.trim_ascii_start().strip_prefix(b"<?xml")?;
        label_after(&xml[..find(xml, b"?>")?], b"encoding")
    })
}

fn label_after(text: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let rest = &text[find(text, name)? + name.len()..];
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
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
        check_served(bytes, None, text, notes);
    }

    fn check_served(bytes: &[u8], content_type: Option<&str>, text: &str, notes: &[NoteCode]) {
        let decoded = decode(bytes, content_type);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.notes.iter().map(|note| note.code).collect::<Vec<_>>(), notes, "{text}");
    }

    #[test]
    fn the_charset_is_found() {
        check("\u{FEFF}تعز".as_bytes(), "تعز", &[]);
        check(b"\xFF\xFET\x00a\x00", "Ta", &[]);
        check(b"T\x00a\x00", "Ta", &[]);
        check(b"\x00T\x00a\x06\x23\x00 \x06\x45", "Taأ م", &[]);
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
        check(b"T\x00\x00a\x00\x00", "T\0\0a\0\0", &[NoteCode::PageBinary]);
        // Characters written longer than need be are none: "/" must not come in through the back door.
        check(
            b"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC0\xAF",
            "éééé \u{FFFD}\u{FFFD}",
            &[NoteCode::CharsetReplaced],
        );
    }

    #[test]
    fn the_server_goes_before_the_page_and_a_mark_before_both() {
        let arabic = Some("text/html; charset=\"Windows-1256\"");
        check_served(b"\xC3\xE3\xD1", arabic, "أمر", &[]);
        check_served(b"plain", arabic, "plain", &[]);
        check_served("أمر".as_bytes(), arabic, "أمر", &[NoteCode::CharsetMismatch]);
        check_served("\u{FEFF}أمر".as_bytes(), arabic, "أمر", &[NoteCode::CharsetMismatch]);
        check_served(b"\xFE\xFF\x06\x23", Some("text/plain;charset=utf-16"), "أ", &[]);
        let page = b"<meta charset=koi8-r>\xC3\xE3\xD1";
        let read = "<meta charset=koi8-r>أمر";
        check_served(page, arabic, read, &[NoteCode::CharsetMismatch]);
        let page = b"<meta charset=windows-1256>\xC3\xE3\xD1";
        let read = "<meta charset=windows-1256>أمر";
        let utf8 = Some("text/html; charset=utf-8");
        check_served(page, utf8, read, &[NoteCode::CharsetMismatch]);
        check_served(
            b"<?xml version='1.0' encoding='windows-1256'?><a>\xC3</a>",
            None,
            "<?xml version='1.0' encoding='windows-1256'?><a>أ</a>",
            &[],
        );
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

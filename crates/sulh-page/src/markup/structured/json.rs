//! Takes a script of structured data as a page wrote it, gives the JSON values in it.
//! Invariant: valid JSON is read as it stands; what is broken is mended by fixed rules or left out, never guessed at;
//! nesting is bounded by the parser.

use serde_json::{Deserializer, Value};

/// Values beyond these many in one script are lists of other pages.
const VALUES_MAX: usize = 64;

/// The values of a script, one after another as they stand.
pub(super) fn values(script: &str) -> Vec<Value> {
    if let Some(values) = read(script) {
        return values;
    }
    // Some pages escape the script as if it were text.
    let escaped = script.contains("&quot;") && !script.contains('"');
    let script = if escaped { unescaped(script) } else { script.to_owned() };
    let mended = mended(&script);
    let mut values = Deserializer::from_str(&mended).into_iter::<Value>();
    values.by_ref().map_while(Result::ok).take(VALUES_MAX).collect()
}

fn read(script: &str) -> Option<Vec<Value>> {
    Deserializer::from_str(script)
        .into_iter::<Value>()
        .take(VALUES_MAX)
        .collect::<Result<_, _>>()
        .ok()
}

fn unescaped(script: &str) -> String {
    let pairs = [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let text = pairs.iter().fold(script.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

/// JSON with its common faults mended: comments, CDATA marks and semicolons around it, commas before an end or after
/// another, control characters and bare quotation marks inside strings, unknown escapes, ends cut off.
fn mended(script: &str) -> String {
    let mut mender = Mender { out: String::with_capacity(script.len()), open: Vec::new() };
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '"' => mender.string(&rest[1..]),
            _ => mender.mark(c, rest),
        };
    }
    mender.finish()
}

struct Mender {
    out: String,
    /// Ends that are owed, the innermost last.
    open: Vec<char>,
}

impl Mender {
    /// Takes the text from inside a string on, gives what follows its end.
    fn string<'a>(&mut self, text: &'a str) -> &'a str {
        self.out.push('"');
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if closes(&text[at + 1..]) => {
                    self.out.push('"');
                    return &text[at + 1..];
                }
                '"' => self.out.push_str("\\\""),
                '\\' => match chars.next() {
                    Some((_, next)) if "\"\\/bfnrtu".contains(next) => {
                        self.out.extend(['\\', next])
                    }
                    Some((_, next)) => self.out.push(next),
                    None => {}
                },
                c if c < ' ' => self.out.push(' '),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
        ""
    }

    /// Takes one character outside strings and the text from it on, gives what follows.
    fn mark<'a>(&mut self, c: char, text: &'a str) -> &'a str {
        let after = |end: &str, skip: usize| {
            text[skip..].find(end).map_or("", |at| &text[skip + at + end.len()..])
        };
        if text.starts_with("//") {
            return after("\n", 2);
        }
        if text.starts_with("/*") {
            return after("*/", 2);
        }
        for frame in ["<!--", "-->", "<![CDATA[", "]]>"] {
            if let Some(rest) = text.strip_prefix(frame) {
                return rest;
            }
        }
        match c {
            '{' => self.open.push('}'),
            '[' => self.open.push(']'),
            '}' | ']' => {
                self.drop_comma();
                if self.open.last() == Some(&c) {
                    self.open.pop();
                }
            }
            ',' => self.drop_comma(),
            _ => {}
        }
        let stray = matches!(c, ';' | '\u{FEFF}') || c == ',' && self.open.is_empty();
        if !stray {
            self.out.push(c);
        }
        &text[c.len_utf8()..]
    }

    fn drop_comma(&mut self) {
        let end = self.out.trim_end().len();
        if self.out[..end].ends_with(',') {
            self.out.truncate(end - 1);
        }
    }

    fn finish(mut self) -> String {
        if !self.open.is_empty() {
            self.drop_comma();
        }
        self.out.extend(self.open.iter().rev());
        self.out
    }
}

/// A quotation mark ends its string where a mark of JSON or nothing follows.
fn closes(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with([',', ':', '}', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&str]) {
        let found: Vec<String> = values(script).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{script}");
    }

    #[test]
    fn valid_json_is_read_as_it_stands() {
        check(r#"{"a":"x // y, ]"}"#, &[r#"{"a":"x // y, ]"}"#]);
        check("{\"a\":1}\n{\"b\":2}", &[r#"{"a":1}"#, r#"{"b":2}"#]);
        check("", &[]);
    }

    #[test]
    fn common_faults_are_mended() {
        check(r#"{"a":[1,2,],}"#, &[r#"{"a":[1,2]}"#]);
        check(r#"{"a":1,,"b":2};"#, &[r#"{"a":1,"b":2}"#]);
        check("<!-- {\"a\":\"x\ny\"} -->", &[r#"{"a":"x y"}"#]);
        check("//<![CDATA[\n{\"a\":1} //]]>", &[r#"{"a":1}"#]);
        check(r#"/* of the outlet */ {"a":"it\'s"}"#, &[r#"{"a":"it's"}"#]);
        check(r#"{"a":"the "Gao" truce","b":1}"#, &[r#"{"a":"the \"Gao\" truce","b":1}"#]);
        check("{&quot;a&quot;:&quot;b&quot;}", &[r#"{"a":"b"}"#]);
        check(r#"{"a":1},{"b":2}"#, &[r#"{"a":1}"#, r#"{"b":2}"#]);
    }

    #[test]
    fn what_was_cut_is_read_up_to_the_cut() {
        check(r#"{"a":"x","b":[{"c":"y"#, &[r#"{"a":"x","b":[{"c":"y"}]}"#]);
    }

    #[test]
    fn what_cannot_be_read_gives_nothing() {
        check("window.data = 3", &[]);
        check(&"[".repeat(100_000), &[]);
    }
}

//! Takes the header of a WARC record or of an HTTP answer, gives its fields by name.
//! Invariant: a line that is no field is passed over; of two fields of one name the first counts.

/// Named fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    /// The first line: a version, with HTTP a status.
    pub first: String,
    fields: Vec<(String, String)>,
}

impl Fields {
    pub fn read(header: &[u8]) -> Self {
        let text = String::from_utf8_lossy(header);
        let mut lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
        let first = lines.next().unwrap_or_default().trim().to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self { first, fields }
    }

    /// The value of a field, by its name in lower case; nothing when it is not there or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Where the empty line ends that ends a header.
pub(super) fn end_of_header(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let line = from + bytes[from..].iter().position(|byte| *byte == b'\n')? + 1;
        match &bytes[line..] {
            [b'\n', ..] => return Some(line + 1),
            [b'\r', b'\n', ..] => return Some(line + 2),
            _ => from = line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let header = b"HTTP/1.1 200 OK\r\nContent-Type:text/html;\r\n charset=utf-8\r\nodd\r\nEmpty:\r\ncontent-type: x\r\n";
        let fields = Fields::read(header);
        assert_eq!(fields.first, "HTTP/1.1 200 OK");
        assert_eq!(fields.get("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!((fields.get("empty"), fields.get("odd")), (None, None));
    }

    #[test]
    fn a_header_ends_at_an_empty_line() {
        assert_eq!(end_of_header(b"a: b\r\n\r\nc"), Some(8));
        assert_eq!(end_of_header(b"a: b\nc\n\nd"), Some(8));
        assert_eq!(end_of_header(b"a: b\r\nc"), None);
    }
}

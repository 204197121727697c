//! Takes the text of a robots.txt, gives whether `sulh` may read a path, and how long it is asked to wait.
//! Invariant: RFC 9309: the longest matching rule holds, of equally long ones the allowing one; work grows with the
//! length of rules and path, never with their product of wildcards.

use std::time::Duration;

/// The name by which robots.txt may speak of this program.
pub const PRODUCT_TOKEN: &str = "sulh";

/// How much of a robots.txt is read: what RFC 9309 asks for at least.
pub const ROBOTS_BYTES_MAX: usize = 500 << 10;

/// What a robots.txt says to this program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// How long it asks to wait between two requests.
    pub crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    pattern: String,
}

/// One group: the names it speaks to, and what it says.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    said: Robots,
    closed: bool,
}

impl Robots {
    /// What the file says to us: the groups that name us, else those for everybody.
    pub fn of(bytes: &[u8]) -> Self {
        let whole = bytes.len() <= ROBOTS_BYTES_MAX;
        let bytes = if whole { bytes } else { whole_lines(&bytes[..ROBOTS_BYTES_MAX]) };
        let groups = groups(&String::from_utf8_lossy(bytes));
        let named = |token: &str| {
            let named: Vec<_> =
                groups.iter().filter(|group| group.agents.iter().any(|a| a == token)).collect();
            (!named.is_empty()).then(|| Self {
                rules: named.iter().flat_map(|group| group.said.rules.clone()).collect(),
                crawl_delay: named.iter().filter_map(|group| group.said.crawl_delay).max(),
            })
        };
        named(PRODUCT_TOKEN).or_else(|| named("*")).unwrap_or_default()
    }

    /// Whether this path, with its query, may be read.
    pub fn allow(&self, path_and_query: &str) -> bool {
        let path = normal(path_and_query, "*$");
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// A rule cut in the middle would speak of other paths than it was written for.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(0);
    &bytes[..end]
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            if groups.last().is_none_or(|group| group.closed) {
                groups.push(Group::default());
            }
            if let Some(group) = groups.last_mut() {
                group.agents.push(agent(value));
            }
        } else if let Some(group) = groups.last_mut() {
            group.hear(&key, value);
        }
    }
    groups
}

impl Group {
    fn hear(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" => {
                self.closed = true;
                if !value.is_empty() {
                    self.said.rules.push(Rule { allows: key == "allow", pattern: pattern(value) });
                }
            }
            // Not of the RFC, but written by many; it ends the list of names as a rule does.
            "crawl-delay" => {
                self.closed = true;
                let seconds = value.parse().ok();
                self.said.crawl_delay =
                    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            }
            _ => {}
        }
    }
}

/// The product token of a line: what follows it, a version or a remark, is no part of the name.
fn agent(value: &str) -> String {
    if value.starts_with('*') {
        return "*".to_owned();
    }
    let token = |c: &char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    value.chars().take_while(token).collect::<String>().to_ascii_lowercase()
}

/// A rule's path in normal form. `$` is special at the end alone.
fn pattern(value: &str) -> String {
    match value.strip_suffix('$') {
        Some(value) => normal(value, "$") + "$",
        None => normal(value, "$"),
    }
}

/// One spelling for paths that mean the same: unreserved characters bare, everything encoded in capitals, and `literal`
/// characters, which would be special in a rule, encoded.
fn normal(text: &str, literal: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let encoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        let byte = encoded.unwrap_or(bytes[at]);
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let bare = match encoded {
            Some(_) => unreserved,
            None => byte.is_ascii_graphic() && !literal.as_bytes().contains(&byte),
        };
        if bare {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        at += if encoded.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether the pattern matches from the path's first character on. Each piece between two `*` is looked for where the
/// one before it ended: the leftmost place leaves most room for the rest, so nothing has to be tried twice.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) =
        pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let (head, rest) =
        pattern.split_once('*').map_or((pattern, None), |(head, rest)| (head, Some(rest)));
    let Some(mut left) = path.strip_prefix(head) else { return false };
    let Some(rest) = rest else { return !anchored || left.is_empty() };
    let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        match left.find(piece) {
            Some(at) => left = &left[at + piece.len()..],
            None => return false,
        }
    }
    if anchored { left.ends_with(tail) } else { left.contains(tail) }
}

#[cfg(test)]
mod tests;

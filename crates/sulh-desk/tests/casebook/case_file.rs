//! Takes the Markdown of a case file, gives its cases and their fenced blocks; and the text back, bodies renewed.
//! Invariant: a file written back unchanged is the same to the byte; the runner checks it on each.

/// What a file is made of.
pub enum Piece {
    /// A line of prose, a heading among them.
    Line(String),
    /// A fenced block.
    Block(Block),
}

/// A fenced block.
pub struct Block {
    /// The opening line without its fence: `page published=2020-10-20 publisher="Valley Post"`.
    pub head: String,
    /// The number of that line, from 1.
    pub line: usize,
    /// The lines between the fences.
    pub body: String,
}

const FENCE: &str = "```";

/// The cases of a file: each heading with all that stands below it, prose alone being a case without blocks.
pub fn parse(text: &str) -> Result<Vec<Vec<Piece>>, String> {
    let (mut cases, mut open) = (Vec::new(), Vec::new());
    let mut lines = text.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        if line.starts_with('#') {
            cases.push(std::mem::take(&mut open));
        }
        let Some(head) = line.strip_prefix(FENCE) else {
            open.push(Piece::Line(line.to_owned()));
            continue;
        };
        let mut body = String::new();
        loop {
            match lines.next() {
                Some((FENCE, _)) => break,
                Some((inside, _)) => body = body + inside + "\n",
                None => return Err(format!("line {number}: the block is not closed")),
            }
        }
        open.push(Piece::Block(Block { head: head.to_owned(), line: number, body }));
    }
    cases.push(open);
    Ok(cases)
}

/// The file of these cases.
pub fn text(cases: &[Vec<Piece>]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Line(line) => format!("{line}\n"),
        Piece::Block(block) => format!("{FENCE}{}\n{}{FENCE}\n", block.head, block.body),
    };
    cases.iter().flatten().map(piece).collect()
}

impl Block {
    /// The first word of the head.
    pub fn kind(&self) -> &str {
        self.head.split(' ').next().unwrap_or_default()
    }

    /// The other words: `key=value key="several words"`.
    pub fn attributes(&self) -> Result<Vec<(&str, &str)>, String> {
        let mut found = Vec::new();
        let mut rest = self.head[self.kind().len()..].trim();
        while !rest.is_empty() {
            let (key, after) =
                rest.split_once('=').ok_or_else(|| format!("`{rest}` is not written key=value"))?;
            let (value, next) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').ok_or("a quotation mark is not closed")?,
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            found.push((key, value));
            rest = next.trim();
        }
        Ok(found)
    }
}

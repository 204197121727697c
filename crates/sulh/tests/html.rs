//! Takes reports into a ledger, checks the printable page of a dossier: what it says, and that it is text alone.
//! Invariant: nothing of a page or register reaches the file as markup, as an address to load, or as a hidden mark.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, CharacterTokens, EndTag, ParseError, StartTag, Tag, TagToken, Token,
        TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::{Rawtext, Rcdata},
    },
};
use running::Desk;
use std::cell::RefCell;

/// Invented: terms with a deadline, a number and an alternative; performance; a doubtful claim; a breach; a plan.
const REPORT: &str = "\
The Syrian army and local leaders of Tafas reached an initial truce agreement, the Syrian Observatory for Human Rights (SOHR) reported on 9 February.
Under the agreement, the following terms will be carried out:
- The army will lift the siege of the town by 1 March;
- Local fighters will settle their status and hand over their weapons;
- Fighters who reject the truce will leave for the north.
On 12 February the army lifted the siege of the town, SOHR said.
Some opposition sources claimed that fighters left for the north on 11 February; this is yet to be confirmed.
Local militants attacked government checkpoints, violating the 2018 reconciliation agreement.
";

const CLOCKS: [&str; 4] = ["--as-of", "2021-03-15", "--known-by", "2021-03-15"];

/// The page of an agreement in Tafas, as one report with these words beside it tells it.
fn page(report: &str, about: &[&str]) -> String {
    let desk = Desk::new();
    desk.write("a.txt", report);
    desk.run(&[&["add", "a.txt"], about].concat()).good();
    written(&desk, "page.html")
}

fn written(desk: &Desk, file: &str) -> String {
    let words = ["show", "Tafas", "--recorded-by", "1", "--html", file];
    desk.run(&[words.as_slice(), &CLOCKS].concat()).good();
    std::fs::read_to_string(desk.path(file)).unwrap()
}

/// What a tokenizer of the HTML standard makes of a page.
#[derive(Default)]
struct Read {
    open: RefCell<Vec<String>>,
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
    marks: RefCell<Vec<Marked>>,
    errors: RefCell<Vec<String>>,
}

/// Marked words, and where the page says that they stand.
#[derive(Default)]
struct Marked {
    start: usize,
    end: usize,
    words: String,
}

/// Elements that never end.
const VOID: [&str; 3] = ["meta", "br", "link"];

impl TokenSink for &Read {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) => return self.tag(tag),
            CharacterTokens(text) => self.words(&text),
            ParseError(problem) => self.errors.borrow_mut().push(problem.into_owned()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Read {
    fn of(html: &str) -> Self {
        let read = Self::default();
        let tokenizer =
            Tokenizer::new(&read, TokenizerOpts { exact_errors: true, ..Default::default() });
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        drop(tokenizer);
        read
    }

    fn tag(&self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        let mut open = self.open.borrow_mut();
        match tag.kind {
            StartTag if VOID.contains(&name.as_str()) => {}
            StartTag => open.push(name.clone()),
            EndTag => {
                let closed = open.pop();
                if closed.as_deref() != Some(&name) {
                    self.errors.borrow_mut().push(format!("{closed:?} is closed by {name}"));
                }
                return TokenSinkResult::Continue;
            }
        }
        if name == "blockquote" {
            let number = |wanted| attribute(&tag, wanted).unwrap().parse().unwrap();
            let (start, end) = (number("data-start"), number("data-end"));
            self.marks.borrow_mut().push(Marked { start, end, words: String::new() });
        }
        let drawn = open.iter().any(|name| name == "svg");
        self.tags.borrow_mut().push(tag);
        match name.as_str() {
            "style" => TokenSinkResult::RawData(Rawtext),
            "title" if !drawn => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn words(&self, text: &str) {
        let open = self.open.borrow();
        if open.last().is_some_and(|name| name == "mark") {
            self.marks.borrow_mut().last_mut().unwrap().words.push_str(text);
        }
        if !open.iter().any(|name| name == "style") {
            self.text.borrow_mut().push_str(text);
        }
    }
}

fn attribute(tag: &Tag, wanted: &str) -> Option<String> {
    let mut attributes = tag.attrs.iter();
    Some(attributes.find(|it| &*it.name.local == wanted)?.value.to_string())
}

/// Well-formed, and nothing in it that runs, loads or turns the writing round.
#[track_caller]
fn check_inert(html: &str) -> Read {
    let read = Read::of(html);
    assert_eq!(*read.errors.borrow(), Vec::<String>::new());
    assert_eq!(*read.open.borrow(), Vec::<String>::new(), "still open");
    for tag in read.tags.borrow().iter() {
        let name = &*tag.name;
        assert!(
            !["script", "link", "img", "iframe", "object", "base", "form", "b1"].contains(&name)
        );
        for it in &tag.attrs {
            let (attribute, value) = (&*it.name.local, &*it.value);
            assert!(!attribute.starts_with("on"), "{name} {attribute}");
            assert!(
                !["src", "style", "srcdoc", "action"].contains(&attribute),
                "{name} {attribute}"
            );
            if attribute.ends_with("href") {
                assert!(value.starts_with('#'), "{name} leads to {value}");
            }
        }
    }
    assert!(!html.contains("@import") && !html.contains("url(//") && !html.contains("url(http"));
    let hidden = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!html.contains(hidden), "a hidden mark is in the page");
    read
}

#[test]
fn a_page_says_what_the_dossier_says_and_on_which_clock() {
    let about = ["--published", "2021-02-13", "--publisher", "South Front"];
    let html = page(REPORT, &about);
    let read = check_inert(&html);
    let text = read.text.borrow();
    for words in [
        "Happened, as of15 March 2021",
        "Published, known by15 March 2021",
        "Recorded, up toentry 1",
        "sulh-rules/1",
        "Happened: the time the words speak of",
        "Published: when the cited pages appeared",
        "Term 1, lift siege: completed · supported",
        "Term 3, relocate fighters: completed · claimed",
        "Deadline 1 March 2021",
        "Only if “who reject the truce”",
        "no report on its performance. No report is not a report that nothing happened.",
        "unnamed, opposition side",
        "examined: leans to neither",
        "What would change it: ",
        "of an earlier agreement, 2018 reconciliation agreement",
        "Incident",
        "Responsible: Local militants",
        "Not reviewed.",
        "sulh verify --ledger FILE",
        "sulh.html/1",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    let policy = r#"http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'""#;
    assert!(html.contains(policy));
}

#[test]
fn what_reports_tell_otherwise_and_fighting_without_blame_stand_with_their_term() {
    const TERMS: &str = "Under the agreement, the following terms will be carried out:\n\
        - Both sides will cease fire;\n- The army will lift the siege of the town;\n";
    let desk = Desk::new();
    let report = |number: &str, source: &str, more: &str| {
        format!(
            "The Syrian army and local leaders of Tafas reached a truce agreement on 9 February, \
             {source} reported.\n{TERMS}- The army will release {number} detainees.\n{more}"
        )
    };
    desk.write("a.txt", report("three", "the Syrian Observatory for Human Rights (SOHR)", ""));
    desk.write(
        "b.txt",
        report("four", "Reuters", "Clashes broke out in Tafas on 14 February, Reuters reported.\n"),
    );
    desk.run(&["add", "a.txt", "--published", "2021-02-10", "--publisher", "South Front"]).good();
    desk.run(&["add", "b.txt", "--published", "2021-02-15", "--publisher", "Reuters"]).good();
    let words = ["show", "Tafas", "--html", "page.html"];
    desk.run(&[words.as_slice(), &CLOCKS].concat()).good();
    let html = std::fs::read_to_string(desk.path("page.html")).unwrap();
    let read = check_inert(&html);
    let text = read.text.borrow();
    for words in [
        "As each page tells it",
        "[1]“three detainees”not told",
        "[2]“four detainees”not told",
        "incidents reported",
        "Fighting where and while it held: without blame",
        "Fighting while term 1 held, without blame · no grade",
        "2 lines in 2 reports",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

#[test]
fn every_marked_span_is_the_words_that_stand_there() {
    let html = page(REPORT, &["--published", "2021-02-13"]);
    let read = check_inert(&html);
    let marks = read.marks.borrow();
    assert!(marks.len() > 6, "{}", marks.len());
    for marked in marks.iter() {
        assert_eq!(marked.words, REPORT[marked.start..marked.end]);
    }
}

#[test]
fn hostile_words_and_names_stay_text() {
    let bad = "</mark><script>alert(1)</script><b1 onclick=\"x\">\u{202e}&amp;'";
    let report =
        REPORT.replace("the siege of the town by", &format!("the siege {bad} of the town by"));
    let url = format!("javascript:alert(1)//{bad}");
    let about = ["--published", "2021-02-13", "--publisher", bad, "--title", bad, "--url", &url];
    let read = check_inert(&page(&report, &about));
    let seen = bad.replace('\u{202e}', "\\u{202e}");
    let marks = read.marks.borrow();
    assert!(marks.iter().any(|marked| marked.words.contains(&seen)), "it is not in the words");
    let text = read.text.borrow();
    // Title, publisher, address and timeline.
    assert!(text.matches(&seen).count() > marks.len(), "{text}");
}

#[test]
fn names_are_isolated_in_their_own_direction() {
    let report = REPORT.replace("local leaders of Tafas", "وجهاء in Tafas");
    let html = page(&report, &["--published", "2021-02-13", "--publisher", "وكالة (سانا)"]);
    check_inert(&html);
    assert!(html.contains("<bdi>وكالة (سانا)</bdi>"), "{html}");
    assert!(html.contains("<blockquote dir=\"auto\""), "{html}");
}

#[test]
fn words_of_readers_are_withheld() {
    let desk = Desk::new();
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let report = examples.join("kanakir-initial-deal.html");
    desk.run(&["add", report.to_str().unwrap()]).good();
    let clocks = ["--as-of", "2020-10-03", "--known-by", "2020-10-03"];
    let words = ["show", "Kanakir", "--html", "page.html"];
    desk.run(&[words.as_slice(), &clocks].concat()).good();
    let html = std::fs::read_to_string(desk.path("page.html")).unwrap();
    check_inert(&html);
    let leads = html.split("Leads: no evidence").nth(1).unwrap();
    assert!(leads.contains("southern deal"), "{leads}");
    assert!(leads.contains("Words withheld"), "{leads}");
}

#[test]
fn a_page_with_the_same_entry_is_the_same_whatever_came_later() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    desk.run(&["add", "a.txt", "--published", "2021-02-13"]).good();
    let before = written(&desk, "before.html");
    desk.write("b.txt", REPORT.replace("9 February", "10 February"));
    desk.run(&["add", "b.txt", "--published", "2021-04-01", "--publisher", "Reuters"]).good();
    assert_eq!(written(&desk, "after.html"), before);
}

#[test]
fn no_file_is_written_over_and_none_is_left_half() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT).write("mine.html", "mine");
    desk.run(&["add", "a.txt"]).good();
    desk.run(&["show", "Tafas", "--html", "mine.html"])
        .fails(&["mine.html", "is not written over"]);
    assert_eq!(std::fs::read(desk.path("mine.html")).unwrap(), b"mine");
    desk.run(&["show", "Tafas", "--html", "no/page.html"]).fails(&["no/page.html", "cannot be"]);
    desk.run(&["show", "Atlantis", "--html", "page.html"]).fails(&["Atlantis"]);
    assert_eq!(desk.run(&["show", "Tafas", "--json", "--html", "x.html"]).code, Some(2));
    let files = std::fs::read_dir(desk.path("")).unwrap();
    let left = files.filter(|file| {
        let name = file.as_ref().unwrap().file_name().into_string().unwrap();
        name.contains(".html") && name != "mine.html"
    });
    assert_eq!(left.count(), 0);
}

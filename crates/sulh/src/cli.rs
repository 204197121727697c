//! Takes the words typed after `sulh`, gives a command with its options.
//! Invariant: every command has an example in its help.

use crate::fetch::{Contact, FetchOptions, Network};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reads published reports on local peace agreements and keeps an evidence-graded ledger of them:
/// who promised what, what came of it, on whose word.
#[derive(Debug, Parser)]
#[command(name = "sulh", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what reports say; nothing is stored.
    #[command(after_help = "\
Example:
  sulh read report.html --published 2020-10-03 --publisher \"Valley Post\"
  sulh read https://example.org/news/truce --contact desk@example.org

Commenters are shown by pseudonyms that are made afresh in each run. A side file
report.html.meta.json may give url, title, publisher and published; options win over it.
A .jsonl file holds one page a line: {\"id\",\"url\",\"title\",\"publisher\",\"published\",\"text\"|\"html\"}.
Each entry of a feed (RSS, Atom, JSON Feed) and each page of a web archive (WARC, WACZ) is a report.
Files may be packed by gzip, zstd or xz; what a file holds is told by its bytes, not by its name.")]
    Read(ReadOptions),
    /// Take reports into a ledger.
    #[command(after_help = "\
Example:
  sulh add reports/ --ledger valley.sulh
  sulh add crawl.warc.gz feed.xml --ledger valley.sulh

Several reports are read with the linear parser first, then by both parsers where they say
something of an agreement; one report by itself is read by both from the start. The same report
added again changes nothing. The key of the commenters' pseudonyms lies beside
the ledger in LEDGER.keys, readable by you alone; without it nothing more is added, unless you go
on with --new-key.")]
    Add(AddOptions),
    /// List the agreements of a ledger.
    #[command(after_help = "\
Example:
  sulh agreements --place Kanakir --from 2020-09-01")]
    Agreements(AgreementsOptions),
    /// Show one agreement: parties, terms, what became of each, and because of what.
    #[command(after_help = "\
Example:
  sulh show Kanakir --as-of 2020-10-03 --known-by 2020-10-03
  sulh show Kanakir --html kanakir.html

AGREEMENT is an id, or a part of a name or place that leads to one agreement only.")]
    Show(ShowOptions),
    /// Show everything behind the verdict on one term: lines, denials, the words, what would change it.
    #[command(after_help = "\
Example:
  sulh why Kanakir t4.1 --as-of 2020-10-03 --known-by 2020-10-03

TERM is an id as in `sulh show` (t4, or t4.1 for one element), or words of the term's text or kind
that lead to one term only.")]
    Why(TermOptions),
    /// Tell what changed in one agreement between two days' knowledge.
    #[command(after_help = "\
Example:
  sulh diff Kanakir --known-by 2020-10-03 --and 2020-10-08

Each day's answer is as of that day, unless --as-of fixes one day for both.")]
    Diff(DiffOptions),
    /// The morning: what moved in all agreements, what went back, what is due, quiet and open.
    #[command(after_help = "\
Example:
  sulh brief --since 2020-10-04 --until 2020-10-08

Both days count. Due is what must be done within 7 days of the last; quiet are live promises of
which nothing has been published for 14 days.")]
    Brief(BriefOptions),
    /// Say one publishable sentence on a term, with footnotes, no more certain than the ledger.
    #[command(after_help = "\
Example:
  sulh say Kanakir t4 --as-of 2020-10-03 --known-by 2020-10-03

TERM is given as for `sulh why`.")]
    Say(TermOptions),
    /// Show what is known of a source, or rate it with a reason.
    #[command(after_help = "\
Example:
  sulh source \"Valley Post\" --reliability B --conflict syria --side neither --by heron \\
    --reason \"prints denials of every side; owned by its staff\"

Without options the register's entry and this ledger's ratings are shown. A rating becomes an entry
of the ledger and counts for every question that sees it (--recorded-by). Letters A to F are
analysts' tags: no grade is computed from them. A side, or neither, decides whether a source
counts as examined for a conflict.")]
    Source(SourceOptions),
    /// Read the example reports into a new ledger and tell the story day by day.
    #[command(after_help = "\
Example:
  sulh demo --ledger demo.sulh

Without --ledger nothing is written anywhere.")]
    Demo(DemoOptions),
    /// Print the sentences of reports as trees (CoNLL-U).
    #[command(after_help = "\
Example:
  sulh parse report.html > report.conllu

Each word carries its bytes in the page's text (Span) and how many of a hundred arcs like the one
above it were right (Sure). Sentences are named after their block and their place in the page.")]
    Parse(ParseOptions),
    /// Tell which reports are copies or excerpts of others, and which passages they have in common.
    #[command(after_help = "\
Example:
  sulh copies reports/ --json

Nothing is stored. A copy is held against one report itself, never against another copy; the one
published first, by the last day it can have been, is the root, and where the days do not tell
there is none. Bulletins that fill in the same form anew are no copies.")]
    Copies(CopiesOptions),
    /// Run an evaluation suite and print its figures.
    #[command(after_help = "\
Example:
  sulh score syntax --data treebanks/
  sulh score spam --data comments/

Figures are per cent, one a line, by name: treebank, what was given (words or raw text), parser,
measure. The committed ones stand in scoreboard/.")]
    Score(ScoreOptions),
    /// Check every hash of a ledger and its archive.
    #[command(after_help = "\
Example:
  sulh verify --ledger valley.sulh

On a damaged ledger the first bad entry is named and nothing is changed;
--recover NEWFILE copies every entry before it into a new ledger; give that one a copy of the old
key file, as NEWFILE.keys, before you add to it.")]
    Verify(VerifyOptions),
}

/// Which reports, and what is known beside them.
#[derive(Debug, Args)]
pub struct InputOptions {
    /// Pages, feeds, web archives, .jsonl files, folders of them, addresses of the web, or - for standard input.
    #[arg(required = true, value_name = "FILE|DIR|URL|-")]
    pub inputs: Vec<PathBuf>,
    /// When the report was published: 2020-10-03, 2020-10, or an interval.
    #[arg(long, value_name = "DAY")]
    pub published: Option<String>,
    /// The outlet that published it.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Its title.
    #[arg(long)]
    pub title: Option<String>,
    /// Where it was published.
    #[arg(long)]
    pub url: Option<String>,
    /// How addresses of the web are asked.
    #[command(flatten)]
    pub web: WebOptions,
}

/// How addresses of the web are asked.
#[derive(Debug, Default, Args)]
pub struct WebOptions {
    /// Who can be asked about our requests: told to every server in their name (User-Agent).
    #[arg(long, value_name = "MAIL-OR-URL")]
    pub contact: Option<Contact>,
    /// DANGEROUS: also read from this address or range of addresses, at any port, though it is no part of
    /// the public internet; for a server of your own. May be given several times.
    #[arg(long, value_name = "CIDR")]
    pub allow_address: Vec<Network>,
}

impl WebOptions {
    /// As fetching takes them.
    pub fn fetching(&self) -> FetchOptions {
        FetchOptions { contact: self.contact.clone(), allowed: self.allow_address.clone() }
    }
}

/// How sentences are parsed.
#[derive(Debug, Default, Args)]
pub struct ParserOptions {
    /// Read with the linear parser alone: many times faster, and less sure.
    #[arg(long)]
    pub fast: bool,
    /// Take linear.sulh and encoder.sulh.zst from this folder instead of the ones built in.
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// Options of `read`.
#[derive(Debug, Args)]
pub struct ReadOptions {
    /// Which reports.
    #[command(flatten)]
    pub input: InputOptions,
    /// How they are parsed.
    #[command(flatten)]
    pub parser: ParserOptions,
    /// One JSON object a report (sulh.reading/1), one a line.
    #[arg(long)]
    pub json: bool,
}

/// Which ledger.
#[derive(Debug, Args)]
pub struct LedgerOption {
    /// The ledger's file.
    #[arg(long, value_name = "FILE", default_value = "ledger.sulh")]
    pub ledger: PathBuf,
}

/// Options of `parse`.
#[derive(Debug, Args)]
pub struct ParseOptions {
    /// Which reports.
    #[command(flatten)]
    pub input: InputOptions,
    /// How they are parsed.
    #[command(flatten)]
    pub parser: ParserOptions,
}

/// Options of `copies`.
#[derive(Debug, Args)]
pub struct CopiesOptions {
    /// Which reports.
    #[command(flatten)]
    pub input: InputOptions,
    /// One JSON object a report that has words in common with another (sulh.copies/1), one a line.
    #[arg(long)]
    pub json: bool,
}

/// Options of `score`.
#[derive(Debug, Args)]
pub struct ScoreOptions {
    /// Which suite.
    #[arg(value_enum)]
    pub suite: Suite,
    /// Where the suite's data lie; may be given several times.
    #[arg(long, value_name = "DIR", required = true)]
    pub data: Vec<PathBuf>,
    /// The Python whose trafilatura is measured beside, for the suite pages.
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    pub python: PathBuf,
    /// What is measured.
    #[command(flatten)]
    pub parser: ParserOptions,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Suite {
    /// Tags, trees and what hangs on verbs, on treebanks in CoNLL-U (also .xz), training sets left out.
    Syntax,
    /// Which texts are copies: edits made of real texts by a seed, bulletins, reports of one event. Read are
    /// body-*, timebank*, wikievents* and monitoring-reports* (.jsonl, also .xz), in DIR or its folders.
    Copies,
    /// Report and readers' comments told apart, on *.jsonl (also .xz) with `html` and stretches `with`, `without`,
    /// `comments`; Python trafilatura beside, where it is installed.
    Pages,
    /// Article and readers told apart in text without markup: the same pages, written down as a person would copy them.
    Plain,
    /// Adverts among readers' comments, on *.jsonl (also .xz) with `text` and `spam`; each `set` left out once.
    Spam,
}

/// Options of `add`.
#[derive(Debug, Args)]
pub struct AddOptions {
    /// Which reports.
    #[command(flatten)]
    pub input: InputOptions,
    /// How they are parsed.
    #[command(flatten)]
    pub parser: ParserOptions,
    /// Which ledger; made when there is none.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Make a new key for the commenters' pseudonyms where the ledger's is lost: commenters that are
    /// in the ledger already are not recognised any more.
    #[arg(long)]
    pub new_key: bool,
}

/// Options of `agreements`.
#[derive(Debug, Args)]
pub struct AgreementsOptions {
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Only those whose place's name holds this.
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Only those with a party whose name holds this.
    #[arg(long, value_name = "NAME")]
    pub party: Option<String>,
    /// Only those that may have been concluded on this day or later.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Only those that may have been concluded on this day or earlier.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// One JSON object an agreement (sulh.agreement/1), one a line.
    #[arg(long)]
    pub json: bool,
}

/// Options of `show`.
#[derive(Debug, Args)]
pub struct ShowOptions {
    /// An id, or a part of a name or place.
    pub agreement: String,
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Asked of when.
    #[command(flatten)]
    pub clocks: ClockOptions,
    /// One JSON object (sulh.dossier/1).
    #[arg(long)]
    pub json: bool,
    /// Write one printable page without script into this new file.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub html: Option<PathBuf>,
}

/// Options of `diff`.
#[derive(Debug, Args)]
pub struct DiffOptions {
    /// An id, or a part of a name or place.
    pub agreement: String,
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// The day whose knowledge is compared.
    #[arg(long, value_name = "DAY")]
    pub known_by: String,
    /// The day whose knowledge it is compared with.
    #[arg(long, value_name = "DAY")]
    pub and: String,
    /// What had happened by this day, for both; each its own day when left out.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// What the ledger's first SEQ entries say.
    #[arg(long, value_name = "SEQ")]
    pub recorded_by: Option<u64>,
    /// One JSON object (sulh.diff/1).
    #[arg(long)]
    pub json: bool,
}

/// Options of `why` and `say`.
#[derive(Debug, Args)]
pub struct TermOptions {
    /// An id, or a part of a name or place.
    pub agreement: String,
    /// An id, or words of the term.
    pub term: String,
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Asked of when.
    #[command(flatten)]
    pub clocks: ClockOptions,
    /// One JSON object (sulh.why/1, sulh.sentence/1).
    #[arg(long)]
    pub json: bool,
}

/// The three clocks of a question.
#[derive(Debug, Default, Args)]
pub struct ClockOptions {
    /// What had happened by this day; today when left out.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// What reports published by this day say; today when left out.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<String>,
    /// What the ledger's first SEQ entries say.
    #[arg(long, value_name = "SEQ")]
    pub recorded_by: Option<u64>,
}

/// Options of `brief`.
#[derive(Debug, Args)]
pub struct BriefOptions {
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// The first day that counts.
    #[arg(long, value_name = "DAY")]
    pub since: String,
    /// The last day that counts; today when left out.
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// One JSON object (sulh.brief/1).
    #[arg(long)]
    pub json: bool,
}

/// Options of `source`.
#[derive(Debug, Args)]
pub struct SourceOptions {
    /// Any name of the source.
    pub name: String,
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Tag it: A (reliable) to E (unreliable), F (cannot be judged).
    #[arg(long, value_name = "A..F", requires_all = ["by", "reason"])]
    pub reliability: Option<String>,
    /// It was examined and stands on this side of the conflict, or on neither.
    #[arg(long, value_name = "SIDE|neither", requires_all = ["conflict", "by", "reason"])]
    pub side: Option<String>,
    /// The conflict it was examined for; codes stand in registers/ORIGIN.md.
    #[arg(long, value_name = "CODE", requires = "side")]
    pub conflict: Option<String>,
    /// The first day the finding holds for; always when left out.
    #[arg(long, value_name = "DAY", requires = "side")]
    pub from: Option<String>,
    /// Why: on what the finding rests.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The pseudonym you sign decisions with.
    #[arg(long, value_name = "PSEUDONYM")]
    pub by: Option<String>,
    /// What the ledger's first SEQ entries say.
    #[arg(long, value_name = "SEQ")]
    pub recorded_by: Option<u64>,
    /// One JSON object (sulh.source/1).
    #[arg(long)]
    pub json: bool,
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// Keep the ledger in this new file.
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// How the reports are parsed.
    #[command(flatten)]
    pub parser: ParserOptions,
    /// One JSON object a day (sulh.day/1), one a line.
    #[arg(long)]
    pub json: bool,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// Which ledger.
    #[command(flatten)]
    pub ledger: LedgerOption,
    /// Copy every good entry before the first bad one into this new ledger.
    #[arg(long, value_name = "NEWFILE")]
    pub recover: Option<PathBuf>,
}

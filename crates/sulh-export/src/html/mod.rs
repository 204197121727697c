//! Takes a dossier and the reports it rests on, gives one printable page: HTML with its style, without script.
//! Invariant: words of pages and registers are text, escaped and isolated in their direction; the page loads nothing.
//!
//! Cases: `crates/sulh/tests/html.rs`.

mod agreement;
mod axis;
mod board;
mod breaches;
mod dates;
mod evidence;
mod legend;
mod marks;
mod open;
mod reports;
mod said;
mod terms;
mod timeline;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use reports::Cited;
use sulh_ledger::{report::Told, verdict::Dossier};
use sulh_model::span::Span;

/// The version of the page's form.
pub const SCHEMA: &str = "sulh.html/1";

/// No script, no font, no picture, nothing of another place: only the style in the page itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = include_str!("style.css");

/// What gives the words around a span of a report, and where the span's words stand in them; nothing where
/// they may not be shown.
pub type Excerpts<'a> = &'a dyn Fn(&Told, Span) -> Option<(String, Span)>;

/// What every part of the page is made from.
struct View<'a> {
    dossier: &'a Dossier,
    cited: Cited<'a>,
    excerpts: Excerpts<'a>,
}

/// The page of a dossier. `reports` are those the dossier's question may see.
pub fn page(dossier: &Dossier, reports: &[&Told], excerpts: Excerpts<'_>) -> String {
    let view = View { dossier, cited: Cited::new(dossier, reports), excerpts };
    let name = crate::visible(&dossier.agreement.name);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                meta name="generator" content={ "sulh " (env!("CARGO_PKG_VERSION")) };
                title { (name) " · sulh" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (marks::definitions())
                (agreement::masthead(&view))
                main {
                    (agreement::section(&view))
                    (timeline::section(&view))
                    (board::section(&view))
                    (breaches::section(&view))
                    (terms::section(&view))
                    (evidence::on_the_agreement(&view))
                    (open::section(&view))
                    (evidence::leads(&view))
                    (reports::section(&view))
                    (legend::section(&view))
                }
                (footer(&view))
            }
        }
    }
    .into_string()
}

fn footer(view: &View<'_>) -> Markup {
    let question = view.dossier.question;
    html! {
        footer {
            p {
                "To check this page: " code { "sulh verify --ledger FILE" }
                " recomputes every hash of the ledger it was made from. The same question asked again, "
                code {
                    "sulh show " (view.dossier.agreement.key)
                    " --as-of " (question.as_of) " --known-by " (question.known_by)
                    @if let Some(entry) = question.recorded_by { " --recorded-by " (entry) }
                    " --ledger FILE"
                }
                ", gives the same verdicts; " code { "--json" } " gives them for machines, with every byte span. "
                "Spans count UTF-8 bytes of the text the report was read as, which the ledger keeps beside its capture."
            }
            p.imprint {
                (SCHEMA) " · " (view.dossier.rules_version) " · sulh " (env!("CARGO_PKG_VERSION"))
            }
        }
    }
}

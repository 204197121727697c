//! Takes the verdict on an agreement, gives the heading with the three clocks, and what is known of it as a whole.
//! Invariant: reported, claimed and established stand beside one another, each with its grade and on whose word.

use super::{View, dates, evidence, marks, said, words};
use maud::{Markup, html};
use sulh_ledger::{
    propositions::Proposition,
    rules::denial::Upheld,
    verdict::{Because, Graded, PartyVerdict},
};
use sulh_model::agreement::Stage;

/// The top of the page: what it is about, and which question it answers.
pub fn masthead(view: &View<'_>) -> Markup {
    let (dossier, agreement) = (view.dossier, &view.dossier.agreement);
    let question = dossier.question;
    html! {
        header {
            p.kicker { "Dossier of a local agreement · " (agreement.key) }
            h1 dir="auto" { (crate::visible(&agreement.name)) }
            dl.clocks {
                div {
                    dt { "Happened, as of" }
                    dd { time datetime=(question.as_of) { (dates::day(question.as_of)) } }
                }
                div {
                    dt { "Published, known by" }
                    dd { time datetime=(question.known_by) { (dates::day(question.known_by)) } }
                }
                div {
                    dt { "Recorded, up to" }
                    dd {
                        @match question.recorded_by {
                            Some(entry) => { "entry " (entry) }
                            None => "the last entry",
                        }
                    }
                }
                div { dt { "By the rules" } dd { (dossier.rules_version) } }
            }
            @if dossier.recorded_later > 0 {
                p.notice {
                    b { "There is more: " } (said::count(dossier.recorded_later, "report"))
                    " published by the day asked about came in after this entry and do not count here."
                }
            }
            @if dossier.possibly_known {
                p.notice {
                    b { "Possibly known: " } "this leans on a page without a publication day; "
                    "the day it was taken in stands for it."
                }
            }
        }
    }
}

/// Stage, place, day, parties, pressure, what it follows.
pub fn section(view: &View<'_>) -> Markup {
    let agreement = &view.dossier.agreement;
    html! {
        section aria-labelledby="agreement" {
            h2 id="agreement" { "The agreement" }
            (stages(view))
            dl.facts {
                dt { "Kind" } dd { (words::spaced(agreement.kind.code())) }
                dt { "Standing" } dd { (words::standing(agreement.standing)) }
                @if let Some(place) = &agreement.place { dt { "Place" } dd { (said::place(place)) } }
                @if let Some(day) = &agreement.concluded { dt { "Concluded" } dd { (said::date(day)) } }
                @if let Some(conflict) = &agreement.conflict { dt { "Conflict" } dd { (said::name(conflict)) } }
                dt { "Told in" } dd { (said::count(agreement.reports, "report")) }
                dt { "Beside it" } dd { (said::flags(&agreement.flags)) }
            }
            (parties(&agreement.parties))
            @if !agreement.pressure.is_empty() {
                h3 { "Pressure under which it came about" }
                @for told in &agreement.pressure {
                    p.topic { (words::pressure(told.kind)) }
                    (evidence::passage(view, &told.quote))
                }
            }
            @if !agreement.predecessors.is_empty() {
                h3 { "Agreements it follows" }
                @for before in &agreement.predecessors { (evidence::neighbour(view, before)) }
            }
        }
    }
}

fn stages(view: &View<'_>) -> Markup {
    let stage = &view.dossier.agreement.stage;
    html! {
        div.wide {
            table.stages {
                caption { "Stage, on each track" }
                thead {
                    tr {
                        th scope="col" { "Track" } th scope="col" { "Stage" }
                        th scope="col" { "Grade" } th scope="col" { "On whose word" }
                    }
                }
                tbody {
                    (stage_row("Reported", stage.reported, &stage.because))
                    @if stage.claimed.value == stage.reported.value {
                        tr { th scope="row" { "Claimed" } td.aside colspan="3" { "no more than reported" } }
                    } @else {
                        (stage_row("Claimed", stage.claimed, &stage.because))
                    }
                    @if let Some(said) = &stage.established {
                        tr {
                            th scope="row" { "Established" }
                            td { (words::stage(said.value)) }
                            td { "a person’s decision" }
                            td { (said::name(&said.by)) ", " (dates::day(said.day)) ": " (said::name(&said.reason)) }
                        }
                    }
                }
            }
        }
    }
}

/// A stage on a track. Where only the making is told, its grade is the making's.
fn stage_row(track: &str, told: Graded<Option<Stage>>, because: &[Because]) -> Markup {
    // A stage that came again stands on the words of its last time.
    let is_wanted = |one: &&Because| match (told.value, one.proposition) {
        (Some(wanted), Proposition::Stage { stage, .. }) => {
            stage == wanted && one.upheld == told.upheld
        }
        (None, Proposition::Agreed) => true,
        _ => false,
    };
    // What the track leaves out vouches for nothing on it.
    let counts = |one: &&Because| told.upheld != Upheld::None && is_wanted(one);
    let lines = because.iter().rfind(counts).into_iter().flat_map(|one| &one.lines);
    html! {
        tr {
            th scope="row" { (track) }
            td { @match told.value { Some(stage) => (words::stage(stage)), None => "stage not told" } }
            td { (marks::grade(told.upheld)) }
            td { (super::board::vouchers(lines)) }
        }
    }
}

fn parties(parties: &[PartyVerdict]) -> Markup {
    html! {
        @if parties.is_empty() {
            p { "No parties are told." }
        } @else {
            div.wide {
                table {
                    caption { "Parties" }
                    thead {
                        tr {
                            th scope="col" { "Who" } th scope="col" { "As" } th scope="col" { "Side" }
                            th scope="col" { "Assent" }
                        }
                    }
                    tbody { @for party in parties { (self::party(party)) } }
                }
            }
        }
    }
}

fn party(party: &PartyVerdict) -> Markup {
    html! {
        tr {
            th scope="row" { (said::who(&party.who)) }
            td { (words::spaced(party.role.code())) }
            td {
                @match &party.who.side { Some(side) => (said::name(side)), None => "not known" }
                @if let Some(kind) = party.who.kind { span.aside { " (" (words::spaced(kind.code())) ")" } }
            }
            td {
                @match party.assent {
                    Some(assent) => { (words::assent(assent.value)) " " (marks::grade(assent.upheld)) }
                    None => "not told",
                }
            }
        }
    }
}

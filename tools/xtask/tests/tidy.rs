//! Takes the working tree, fails for each thing untidy in it; and shows each check find what it is there for.
//! Invariant: every check of `xtask::tidy::all` is run here.

use xtask::tidy::{Finding, all, arrows, maps, notes, purity, scores};

#[test]
fn the_tree_is_tidy() {
    let found: Vec<String> = all(&xtask::root())
        .into_iter()
        .flat_map(|(check, found)| {
            found.into_iter().map(move |finding| format!("{check}: {finding}"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn problems(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.place.as_str()).collect()
}

#[test]
fn a_wrong_arrow_and_an_unknown_crate_are_found() {
    let arrow = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let wrong = [arrow("sulh-reading", "sulh-ledger"), arrow("sulh-reading", "sulh-page")];
    assert_eq!(problems(&arrows::judge(&["sulh-reading"], &wrong)), ["sulh-reading"]);
    assert_eq!(problems(&arrows::judge(&["sulh-new"], &[])), ["sulh-new"]);
}

#[test]
fn a_line_that_touches_the_world_is_found_and_a_test_is_not() {
    let source =
        "//! std::fs\nlet now = SystemTime::now();\n#[cfg(test)]\nmod t { std::fs::read(1); }\n";
    assert_eq!(problems(&purity::worldly("a.rs", source)), ["a.rs:2"]);
}

#[test]
fn a_map_names_paths_in_links_and_between_backticks() {
    let map = "`crates/sulh` and [notes](docs/notes.md#page-cut), `sulh.reading/1`, `../2020-10-03`\n\
               ```\n`no/file`\n```\n[web](https://example.org) `rules/`";
    assert_eq!(maps::paths(map), ["crates/sulh", "docs/notes.md", "rules/"]);
}

#[test]
fn a_note_code_without_a_heading_is_found() {
    let one_missing: String = sulh_model::note::NoteCode::ALL
        .iter()
        .skip(1)
        .map(|code| format!("## `{code}`\n"))
        .collect();
    assert_eq!(notes::judge(&one_missing).len(), 1);
}

#[test]
fn a_value_below_its_floor_and_a_floor_lowered_by_hand_are_found() {
    let before = xtask::score::board::Board::parse("a 2 2").unwrap();
    assert_eq!(scores::judge("a 2 2", Some(&before)), Vec::<String>::new());
    assert_eq!(scores::judge("a 1 2", Some(&before)), ["a: 1 is below its floor 2"]);
    assert_eq!(scores::judge("a 2 1", Some(&before)), ["a: its floor went from 2 to 1"]);
    assert_eq!(scores::judge("a 2", None), ["line 1: a row is: measure, value, floor"]);
}

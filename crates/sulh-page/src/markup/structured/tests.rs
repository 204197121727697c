//! Scripts of structured data and what is read from them.

use super::*;

fn check_comments(script: &str, expected: &[(&str, Option<&str>, Option<&str>, Option<usize>)]) {
    let found = comments(&[script.to_owned()]);
    let days: Vec<Option<String>> =
        found.iter().map(|one| one.published.as_ref().map(|day| day.edtf.to_string())).collect();
    let found: Vec<_> = found
        .iter()
        .zip(&days)
        .map(|(one, day)| (one.text.as_str(), one.author.as_deref(), day.as_deref(), one.answers))
        .collect();
    assert_eq!(found, expected, "{script}");
}

#[test]
fn comments_of_an_article_are_listed_with_their_answers() {
    check_comments(
        r#"{"@type":"NewsArticle","comment":[
            {"@type":"Comment","text":"<p>It will not &amp; cannot hold.</p>","author":{"name":"Old Salt"},
             "dateCreated":"2021-05-03T10:00:00Z",
             "comment":{"@type":"Comment","text":"Why not?","author":"zed"}},
            {"@type":"UserComments","commentText":"So be it","commentTime":"2021-05-04"}]}"#,
        &[
            ("It will not & cannot hold.", Some("Old Salt"), Some("2021-05-03"), None),
            ("Why not?", Some("zed"), None, Some(0)),
            ("So be it", None, Some("2021-05-04"), None),
        ],
    );
}

#[test]
fn comments_that_name_the_one_they_answer_find_it() {
    check_comments(
        r##"[{"@type":"Comment","@id":"#1","text":"One"},
            {"@type":"Comment","@id":"#2","text":"Two","parentItem":{"@id":"#1"}},
            {"@type":"Comment","@id":"#1","text":"One"}]"##,
        &[("One", None, None, None), ("Two", None, None, Some(0))],
    );
}

#[test]
fn posts_of_forums_and_answers_are_readers_contributions() {
    check_comments(
        r#"{"@graph":[{"@type":"QAPage","mainEntity":{"@type":"Question","text":"Is it safe?",
            "acceptedAnswer":{"@type":"Answer","text":"Yes"},
            "suggestedAnswer":[{"@type":"Answer","text":"No"}]}},
            {"@type":"DiscussionForumPosting","text":"A road","comment":{"@type":"Comment","text":"Closed"}}]}"#,
        &[("Yes", None, None, None), ("No", None, None, None), ("Closed", None, None, None)],
    );
}

#[test]
fn a_comment_without_words_hands_its_answers_on() {
    check_comments(
        r#"{"@type":"Comment","text":"A","comment":{"@type":"Comment","text":" ",
            "comment":{"@type":"Comment","text":"C"}}}"#,
        &[("A", None, None, None), ("C", None, None, Some(0))],
    );
}

fn check_article(scripts: &[&str], expected: &str) {
    let data: Vec<String> = scripts.iter().map(|script| (*script).to_owned()).collect();
    let addresses = ["https://www.example.org/a/truce".to_owned()];
    let known = Known { addresses: &addresses, title: Some("A truce is signed in Gao") };
    let found = Structured::of(&data).article(known);
    let day = |day: Option<sulh_model::time::UncertainDate>| day.map(|day| day.edtf.to_string());
    let told = [
        found.title,
        found.publisher,
        Some(found.authors.join("+")),
        day(found.published),
        day(found.modified),
    ];
    let told: Vec<String> = told.into_iter().map(Option::unwrap_or_default).collect();
    assert_eq!(told.join("|"), expected, "{scripts:?}");
}

#[test]
fn the_report_is_found_in_lists_and_graphs() {
    check_article(
        &[r##"{"@graph":[{"@type":"WebSite","name":"Gao Wire"},
            {"@type":"Person","@id":"#p","name":"A. Writer"},
            {"@type":"WebPage","name":"Other","dateModified":"2020-10-05"},
            {"@type":["Article","NewsArticle"],"headline":"A truce","author":{"@id":"#p"},"datePublished":"2020-10-03T08:00:00+02:00"}]}"##],
        "A truce|Gao Wire|A. Writer|2020-10-03|2020-10-05",
    );
    check_article(
        &[
            r#"{"@type":"WebPage","mainEntity":{"@type":"http://schema.org/BlogPosting","headline":"Mine","author":["A","B"]}}"#,
        ],
        "Mine||A+B||",
    );
}

#[test]
fn of_several_reports_the_one_of_this_page_is_taken() {
    let other = r#"{"@type":"NewsArticle","headline":"Prices rise","datePublished":"2020-01-01","url":"https://example.org/b"}"#;
    let by_address = r#"{"@type":"NewsArticle","headline":"Signed","datePublished":"2020-10-03","mainEntityOfPage":{"@id":"https://example.org/a/truce/"}}"#;
    let by_title = r#"{"@type":"NewsArticle","headline":"Truce signed in Gao: a","datePublished":"2020-10-03"}"#;
    check_article(&[other, by_address], "Signed|||2020-10-03|");
    check_article(&[other, by_title], "Truce signed in Gao: a|||2020-10-03|");
    let third = r#"{"@type":"NewsArticle","headline":"Rain","datePublished":"2020-02-02"}"#;
    check_article(&[other, third], "||||");
}

#[test]
fn works_inside_a_page_do_not_speak_for_it() {
    check_article(&[r#"{"@type":"VideoObject","name":"Rain","uploadDate":"2019-01-01"}"#], "||||");
    check_article(
        &[r#"{"@type":"VideoObject","name":"A truce is signed in Gao","uploadDate":"2019-01-01"}"#],
        "A truce is signed in Gao|||2019-01-01|",
    );
    check_article(&[r#"{"@type":"Organization","name":"Gao Wire"}"#], "||||");
}

//! Takes texts of robots.txt, checks what they let this program read.
//! Invariant: the first tests are the rules and the examples of RFC 9309, section 2 and 5.

use super::*;

/// What is allowed of these paths, and only that.
#[track_caller]
fn check(robots: &str, allowed: &str, disallowed: &str) {
    let robots = Robots::of(robots.as_bytes());
    for path in allowed.split_whitespace() {
        assert!(robots.allow(path), "{path} is allowed");
    }
    for path in disallowed.split_whitespace() {
        assert!(!robots.allow(path), "{path} is not allowed");
    }
}

#[test]
fn groups_are_chosen_by_name_and_merged() {
    let everybody = "user-agent: *\ndisallow: /a\n";
    check(everybody, "/ /b", "/a /a/b /ab");
    check("user-agent: other\ndisallow: /\n", "/a", "");
    check(&format!("{everybody}user-agent: SULH/0.1\ndisallow: /b\n"), "/a", "/b");
    check(&format!("{everybody}user-agent: sulhbot\nallow: /\n"), "", "/a");
    check(
        "user-agent: sulh\nuser-agent: b\ndisallow: /a\nuser-agent: sulh\ndisallow: /b",
        "/c",
        "/a /b",
    );
    check("user-agent: other\nsitemap: /s\nuser-agent: sulh\ndisallow: /a", "/b", "/a");
    check("User-Agent: sulh\nDisallow:\n\nUser-Agent: *\nDisallow: /", "/a", "");
}

#[test]
fn the_longest_match_holds_and_allow_wins_a_tie() {
    check(
        "user-agent: *\nallow: /example/page/\ndisallow: /example/page/disallowed.gif",
        "/example/page/ /example/page/a.gif",
        "/example/page/disallowed.gif",
    );
    check("user-agent: *\ndisallow: /p\nallow: /p", "/p", "");
    check("user-agent: *\ndisallow: /\nallow: /news$", "/news", "/news/a /");
    check(
        "user-agent: *\ndisallow: /*.gif$\ndisallow: *.php\nallow: /publications/",
        "/a.gif?x /publications/a /",
        "/a.gif /b/c.gif /x.php /x.php?y",
    );
}

#[test]
fn special_characters_match_as_written_in_the_rfc() {
    check("user-agent: *\ndisallow: /a*b*c$", "/abcd /acb /ab", "/abc /axbxc /abcc /abbcbc");
    check("user-agent: *\ndisallow: /a*aa$", "/aa", "/aaa /abaa");
    check("user-agent: *\ndisallow: /a$b", "/a /ab", "/a$b /a%24bc");
    check(
        "user-agent: *\ndisallow: /f-%2A.html\ndisallow: /foo-%24",
        "/f-x.html /foo-",
        "/f-*.html /f-%2a.html /foo-$",
    );
    check(
        "user-agent: *\ndisallow: /foo/bar/%62%61%7A",
        "/foo/bar/x",
        "/foo/bar/baz /foo/bar/%62az",
    );
    check("user-agent: *\ndisallow: /foo/ツ", "/foo/%E3%83", "/foo/%E3%83%84 /foo/%e3%83%84/a");
    check("user-agent: *\ndisallow: /a%2Fb", "/a/b", "/a%2fb");
    check("user-agent: *\ndisallow: /a?", "/a", "/a?b");
    check("user-agent: *\ndisallow: relative", "/relative", "");
}

#[test]
fn lines_are_read_whatever_ends_them_and_whatever_stands_between() {
    check(
        "\u{feff}User-Agent : * # all\r\n\r\n DISALLOW :/a # not this\rnoise\ndisallow: /b",
        "/c",
        "/a /b",
    );
    check("disallow: /a\nuser-agent: *\n", "/a", "");
    check("<html><body>Disallow: /</body>", "/a", "");
    check("", "/a", "");
    let broken: Vec<u8> = [&b"\xff\xfe\x00junk\n"[..], b"user-agent: *\ndisallow: /a"].concat();
    assert!(!Robots::of(&broken).allow("/a"));
}

#[test]
fn a_crawl_delay_is_heard() {
    let delay = |text: &str| Robots::of(text.as_bytes()).crawl_delay;
    assert_eq!(delay("user-agent: *\ncrawl-delay: 2.5"), Some(Duration::from_millis(2500)));
    assert_eq!(delay("user-agent: x\ncrawl-delay: 9\nuser-agent: *\ndisallow: /"), None);
    for bad in ["-1", "NaN", "inf", "1e300", "soon", ""] {
        assert_eq!(delay(&format!("user-agent: *\ncrawl-delay: {bad}")), None, "{bad}");
    }
}

#[test]
fn what_is_beyond_the_limit_is_not_read_and_no_rule_is_cut() {
    let mut long = "user-agent: *\ndisallow: /a\n".to_owned();
    long.push_str(&"#".repeat(ROBOTS_BYTES_MAX - long.len() - 14));
    long.push_str("\nallow: /abcdefgh\ndisallow: /c");
    check(&long, "/c", "/a /abcdefgh");
}

#[test]
fn many_wildcards_are_no_trap() {
    let pattern = "*a".repeat(200_000);
    check(&format!("user-agent: *\ndisallow: /{pattern}b"), &format!("/{}", "a".repeat(8_000)), "");
}

//! Takes one piece of text without a blank in it, gives the link it is and what kind of place it leads to.
//! Invariant: nothing is fetched; a link is known by its letters alone.

/// What a link's letters tell of where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LinkKind {
    /// To a film, or to a second of it: readers name films, and the second of the one they speak of.
    Film,
    /// To a report or a document: by its path or by whose host it is.
    Article,
    /// To what somebody sells, sings or collects for, or one that pays its giver: `?ref=`.
    Offer,
    /// To anything else.
    Other,
}

/// Endings of hosts that are links without `www.` or `http`. Short ones that are words ("me", "is") need a path.
const ENDINGS: [&str; 16] = [
    "com", "net", "org", "info", "biz", "ru", "io", "tv", "eu", "uk", "de", "br", "in", "gl", "ly",
    "xyz",
];
/// Endings that nobody writes behind a full stop and means a word.
pub(super) const SURE_ENDINGS: [&str; 6] = ["com", "net", "org", "info", "biz", "ru"];
/// Parts of an address that pay the one who gave it.
const REFERRALS: [&str; 8] =
    ["?ref=", "&ref=", "/ref/", "aff", "invite", "refer", "coupon", "adurl="];
/// Names in hosts of shops, of music, of collections and petitions, of advertisers and of short links.
const SELLERS: [&str; 32] = [
    "ebay",
    "amazon",
    "etsy",
    "teespring",
    "shirt",
    "shop",
    "store",
    "sale",
    "soundcloud",
    "bandcamp",
    "reverbnation",
    "datpiff",
    "spotify",
    "itunes",
    "play.google",
    "apps",
    "gofundme",
    "indiegogo",
    "kickstarter",
    "patreon",
    "change.org",
    "avaaz",
    "petition",
    "adservices",
    "adf.ly",
    "linkbucks",
    "bit.ly",
    "tinyurl",
    "goo.gl",
    "casino",
    "loan",
    "coin",
];
/// Parts of an address that leads to one film.
const FILMS: [&str; 2] = ["youtu.be/", "youtube.com/watch"];
/// Parts of paths under which reports and documents lie.
const REPORTS: [&str; 17] = [
    "news",
    "article",
    "articles",
    "story",
    "stories",
    "report",
    "reports",
    "press",
    "statement",
    "statements",
    "document",
    "documents",
    "docs",
    "wiki",
    "archive",
    "world",
    "politics",
];
/// Endings of hosts of states, of bodies of states and of universities.
const OFFICES: [&str; 5] = [".gov", ".int", ".edu", ".mil", ".un.org"];
/// A headline in a path has at least so many words.
const HEADLINE_WORDS_MIN: usize = 4;

/// True for an address of the web, with or without `http`.
pub(super) fn is_link(piece: &str) -> bool {
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    if !piece.contains('.') && !piece.contains("://") {
        return false;
    }
    if piece.contains("://") || piece.strip_prefix("www.").is_some_and(|rest| rest.contains('.')) {
        return true;
    }
    if piece.contains('@') {
        return false;
    }
    let (host, path) = piece.split_once('/').unwrap_or((piece, ""));
    let Some((name, ending)) = host.rsplit_once('.') else { return false };
    let spelled = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'))
        && name.chars().any(char::is_alphabetic)
        && !name.ends_with('.');
    let ending = ending.to_lowercase();
    let known = ENDINGS.contains(&ending.as_str());
    let short = !path.is_empty()
        && (2..=3).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphabetic());
    spelled && (known || short)
}

/// The kind of a link.
pub(super) fn kind(link: &str) -> LinkKind {
    let link = link.to_lowercase();
    let film = FILMS.iter().any(|part| link.contains(part));
    let moment = ["?t=", "&t=", "#t="].iter().any(|mark| {
        link.split_once(mark)
            .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    let address = link.split_once("://").map_or(link.as_str(), |(_, address)| address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    match () {
        () if film || moment => LinkKind::Film,
        () if SELLERS.iter().any(|name| host.contains(name))
            || REFERRALS.iter().any(|part| path.contains(part)) =>
        {
            LinkKind::Offer
        }
        () if is_office(host) || is_report(path) => LinkKind::Article,
        () => LinkKind::Other,
    }
}

fn is_office(host: &str) -> bool {
    OFFICES.iter().any(|office| host.ends_with(office) || host.contains(&format!("{office}.")))
}

fn is_report(path: &str) -> bool {
    path.ends_with(".pdf")
        || path.split('/').any(|part| is_year(part) || REPORTS.contains(&part))
        || path.split(['/', '?', '.']).any(is_headline)
}

fn is_year(part: &str) -> bool {
    part.parse::<u16>().is_ok_and(|year| (1990..=2099).contains(&year))
}

fn is_headline(part: &str) -> bool {
    let words = part
        .split(['-', '_'])
        .filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
    words.count() >= HEADLINE_WORDS_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: &str, expected: Option<LinkKind>) {
        assert_eq!(is_link(piece).then(|| kind(piece)), expected, "{piece}");
    }

    #[test]
    fn links_are_told_from_words() {
        check("https://news.example/2020/10/03/truce", Some(LinkKind::Article));
        check("news.example.org/world/army-enters-the-old-town.html", Some(LinkKind::Article));
        check("http://www.defence.gov.example/1058", Some(LinkKind::Article));
        check("https://un.example/documents/s-77", Some(LinkKind::Article));
        check("www.house.example", Some(LinkKind::Other));
        check("(cheap.com)", Some(LinkKind::Other));
        check("goo.gl/x1", Some(LinkKind::Offer));
        check("https://soundcloud.example/a-b-c-d/wrap-up-the-night", Some(LinkKind::Offer));
        check("http://win.example/?ref=77", Some(LinkKind::Offer));
        check("https://film.example/watch?v=1&t=140", Some(LinkKind::Film));
        check("press@example.org", None);
        check("end.The", None);
        check("U.S.", None);
        check("3.5", None);
        check("and/or", None);
    }
}

//! Takes a page's address, gives the day or month that stands in its path.
//! Invariant: a day is read only where year, month and day stand whole and side by side; figures of an id are none.

use jiff::civil::Date;
use sulh_model::{edtf::Edtf, time::UncertainDate};
use url::Url;

/// Pages of the web are no older.
const YEARS: std::ops::RangeInclusive<i16> = 1993..=2100;

/// The day or the month in an address.
pub(super) fn day(address: &str) -> Option<UncertainDate> {
    let url = Url::parse(address).ok()?;
    let parts: Vec<&str> = url.path_segments()?.collect();
    let whole = parts.iter().find_map(|part| joined(part));
    let edtf = whole.or_else(|| {
        parts.windows(2).enumerate().find_map(|(at, pair)| {
            let (year, month) = (year(pair[0])?, month(pair[1])?);
            let behind = parts.get(at + 2).copied().unwrap_or_default();
            // "/2020/10/03/" and "/2020/10/03-truce".
            let figures =
                behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let day = behind.get(..figures).filter(|_| {
                figures <= 2
                    && behind[figures..].chars().next().is_none_or(|next| "-_.".contains(next))
            });
            match day.and_then(|day| Date::new(year, month, day.parse().ok()?).ok()) {
                Some(day) => Some(Edtf::day(day)),
                None => Edtf::month(year, month),
            }
        })
    })?;
    Some(UncertainDate::given(edtf, url.path()))
}

/// "2020-10-03", "2020_10_03-truce", "20201003" at the beginning of a part.
fn joined(part: &str) -> Option<Edtf> {
    let numbers: Vec<&str> = part.splitn(4, ['-', '_', '.']).collect();
    let day = match numbers[..] {
        [year, month, day, ..] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            whole_day(year, month, day)
        }
        [number, ..] if number.len() == 8 && number.is_ascii() => {
            whole_day(&number[..4], &number[4..6], &number[6..])
        }
        _ => None,
    };
    day.map(Edtf::day)
}

fn whole_day(of_year: &str, of_month: &str, of_day: &str) -> Option<Date> {
    Date::new(year(of_year)?, month(of_month)?, of_day.parse().ok()?).ok()
}

fn year(part: &str) -> Option<i16> {
    let digits = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|year| digits && YEARS.contains(year))
}

/// A number, or a month's English name as some outlets write it ("/2020/oct/03/").
fn month(part: &str) -> Option<i8> {
    let number = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if number {
        return part.parse().ok().filter(|month| (1..=12).contains(month));
    }
    crate::wording::month(&part.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        let check = |path: &str, expected: Option<&str>| {
            let found = day(&format!("https://gao.example{path}"));
            assert_eq!(found.map(|day| day.edtf.to_string()).as_deref(), expected, "{path}");
        };
        check("/2020/10/03/truce", Some("2020-10-03"));
        check("/world/2020/oct/3/truce", Some("2020-10-03"));
        check("/2020-10-03-truce.html", Some("2020-10-03"));
        check("/20201003/truce", Some("2020-10-03"));
        check("/2020/10/truce", Some("2020-10"));
        check("/2020/10/03-truce", Some("2020-10-03"));
        check("/2020/10/3000-flee", Some("2020-10"));
        check("/20209903/truce", None);
        check("/a/33335766", None);
        check("/2020/truce", None);
        check("/1492/10/12/", None);
    }
}

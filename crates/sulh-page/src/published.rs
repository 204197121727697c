//! Takes a date as machines write it in pages (`2024-03-05T10:00:00+03:00`, `2024-03-05`), gives an uncertain date.
//! Invariant: never narrower than its wording; a date of another shape is left unread.

use jiff::civil::Date;
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Reads an ISO day, month or year, with or without a time of day behind it.
/// The day is the outlet's own: its offset is not turned into another day.
pub(crate) fn read(wording: &str) -> Option<UncertainDate> {
    let wording = wording.trim();
    let end = wording.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(wording.len());
    let (day, rest) = wording.split_at(end);
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' ', 'Z'])) {
        return None;
    }
    let edtf = match day.len() {
        // Compact ISO: 20240305.
        8 if day.bytes().all(|b| b.is_ascii_digit()) => {
            Edtf::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]))
        }
        4 | 7 | 10 => Edtf::parse(day),
        _ => None,
    }?;
    Some(UncertainDate::given(edtf, wording))
}

/// True when two dates share no day.
pub(crate) fn clash(one: &UncertainDate, other: &UncertainDate) -> bool {
    let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
    before(one.latest(), other.earliest()) || before(other.latest(), one.earliest())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wording: &str, edtf: Option<&str>) {
        assert_eq!(read(wording).map(|date| date.edtf.to_string()).as_deref(), edtf, "{wording}");
    }

    #[test]
    fn machine_dates_are_read() {
        check("2024-03-05T10:00:00+03:00", Some("2024-03-05"));
        check("2024-03-05 10:00", Some("2024-03-05"));
        check("20240305", Some("2024-03-05"));
        check("2024-03", Some("2024-03"));
        check("2024-02-31", None);
        check("05/03/2024", None);
        check("2024-03-05-extra", None);
    }
}

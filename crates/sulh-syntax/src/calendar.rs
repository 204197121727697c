//! Takes nothing, gives the English names of weekdays and months.
//! Invariant: written once, here; "may" is among the months although it is a verb too.

pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// True for a name of time that is no other word.
pub(crate) fn is_time_name(word: &str) -> bool {
    WEEKDAYS.contains(&word)
        || (word != "may" && MONTHS.contains(&word))
        || matches!(word, "ramadan" | "eid")
}

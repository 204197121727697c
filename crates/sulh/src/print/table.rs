//! Takes columns and rows, gives a table that fits a page of text.
//! Invariant: no colours, the same characters on a terminal and in a pipe, never wider than `WIDTH`.

use comfy_table::{
    ColumnConstraint, ContentArrangement, Table, Width, presets::UTF8_HORIZONTAL_ONLY,
};

/// The width all our text is laid out for, in columns.
pub const WIDTH: usize = 100;

/// A heading, and how wide its column is; nothing for what the others leave.
pub type Column = (&'static str, Option<u16>);

/// A table of these rows, nothing when there are none; every line ends in a line feed.
pub fn table(columns: &[Column], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    // One column stands between each two.
    let fixed = columns.iter().map(|(_, width)| width.unwrap_or(0) + 1).sum::<u16>() - 1;
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH as u16)
        .set_header(columns.iter().map(|(heading, _)| *heading).collect::<Vec<_>>())
        .add_rows(rows);
    for (at, (_, width)) in columns.iter().enumerate() {
        let width = width.unwrap_or((WIDTH as u16).saturating_sub(fixed));
        if let Some(column) = table.column_mut(at) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

//! Takes the type that an answer declares, gives whether a report can be in it.
//! Invariant: only what is plainly something else is refused; the bytes decide later what the report is written in.

/// Types outside `text/` that hold text, or reports packed together.
const READ: [&str; 12] = [
    "application/xhtml+xml",
    "application/xml",
    "application/json",
    "application/jsonl",
    "application/x-ndjson",
    "application/warc",
    "application/gzip",
    "application/x-gzip",
    "application/zstd",
    "application/zip",
    "application/wacz",
    // What servers say of a file whose ending they do not know.
    "application/octet-stream",
];

/// Whether a report may be in it; an answer without a type is looked at.
pub fn may_be_read(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else { return true };
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.is_empty()
        || essence.starts_with("text/")
        || essence.ends_with("+xml") && !essence.starts_with("image/")
        || essence.ends_with("+json")
        || READ.contains(&essence.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(types: &[&str], read: bool) {
        for content_type in types {
            assert_eq!(may_be_read(Some(content_type)), read, "{content_type}");
        }
    }

    #[test]
    fn text_is_read_and_pictures_are_not() {
        check(&["text/html; charset=utf-8", "TEXT/PLAIN", "", "application/rss+xml"], true);
        check(&["application/feed+json", "application/warc", "application/octet-stream"], true);
        check(&["image/png", "image/svg+xml", "video/mp4", "application/pdf", "font/woff2"], false);
        check(&["application/vnd.ms-excel", "application/javascript", "multipart/mixed"], false);
        assert!(may_be_read(None));
    }
}

//! Takes who can be asked about our requests, gives the name under which they are made.
//! Invariant: the name says what we are and never that of a browser; whatever is put in it stays one header line.

use std::{fmt, str::FromStr};

/// Where somebody who runs a server can ask about our requests: a mail address or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact(String);

/// Why a text is no contact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is neither a mail address nor an http(s) address; give one without spaces, at most 200 characters long"
)]
pub struct ContactRefused(String);

/// Long enough for any address; the header goes out with every request.
const CONTACT_CHARS_MAX: usize = 200;

impl FromStr for Contact {
    type Err = ContactRefused;

    fn from_str(text: &str) -> Result<Self, ContactRefused> {
        let is_page = text.starts_with("https://") || text.starts_with("http://");
        let is_mail = text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
        // Parentheses and backslashes would end the comment they stand in.
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"()\\".contains(&byte));
        if (is_page || is_mail) && plain && text.len() <= CONTACT_CHARS_MAX {
            Ok(Self(text.to_owned()))
        } else {
            Err(ContactRefused(text.to_owned()))
        }
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// The name of our requests.
pub fn user_agent(contact: Option<&Contact>) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let about = match contact {
        Some(contact) => format!("; {contact}"),
        None if !repository.is_empty() => format!("; +{repository}"),
        None => String::new(),
    };
    format!("sulh/{} (reads published reports on agreements{about})", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_who_can_be_asked() {
        assert!(user_agent(None).starts_with("sulh/0."));
        let contact: Contact = "desk@example.org".parse().unwrap();
        assert!(user_agent(Some(&contact)).ends_with("; desk@example.org)"));
        assert!("https://example.org/bots".parse::<Contact>().is_ok());
        for bad in ["", "desk", "@", "a@b c", "a@b\r\nX: y", "a@b)", "a@ü.example"] {
            assert!(bad.parse::<Contact>().is_err(), "{bad}");
        }
    }
}

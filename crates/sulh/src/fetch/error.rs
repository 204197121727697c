//! Takes nothing, gives why a report cannot be read from an address: one sentence each.
//! Invariant: every sentence says what, where and what to do, and begins so that it can follow "ADDRESS: " and
//! "ADDRESS: was sent on to OTHER, which ".

use std::{net::IpAddr, time::Duration};

/// Why a report cannot be read from the address that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("{}{refusal}", led(asked, at.as_deref()))]
pub struct FetchError {
    /// The address that was asked for.
    pub asked: String,
    /// The address it was sent on to, where it was.
    pub at: Option<String>,
    /// Why.
    pub refusal: Refusal,
}

fn led(asked: &str, at: Option<&str>) -> String {
    at.map_or_else(|| format!("{asked}: "), |at| format!("{asked}: was sent on to {at}, which "))
}

/// Why an address, or what it answered, is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No address at all.
    #[error("is no address of the web ({0}); write it in full, beginning with http:// or https://")]
    NoAddress(String),
    /// Another scheme than the web's.
    #[error(
        "begins with {0}:, and only http:// and https:// are read; save the report and read the file"
    )]
    Scheme(String),
    /// Too long to be honest.
    #[error("is longer than {0} characters; check that it was copied as a whole and alone")]
    Long(usize),
    /// A name or password in it.
    #[error("holds a user name or a password, which are never sent; leave them out")]
    Credentials,
    /// Another port than the web's.
    #[error(
        "asks for port {port}; only 80 and 443 are read, unless --allow-address {address} says that the server is yours"
    )]
    Port {
        /// The port.
        port: u16,
        /// An address that the name leads to.
        address: IpAddr,
    },
    /// Not of the public internet.
    #[error(
        "leads to {address} ({what}); only the public internet is read, unless --allow-address {address} says that the server is yours"
    )]
    Address {
        /// The address.
        address: IpAddr,
        /// What it is.
        what: &'static str,
    },
    /// The name leads nowhere.
    #[error(
        "has a name that leads nowhere ({0}); check its spelling and the connection to the network"
    )]
    Name(String),
    /// The connection failed, or broke.
    #[error("cannot be read ({0}); check the address, or try again later")]
    Connection(String),
    /// Nothing came for too long.
    #[error("was silent for longer than {} s; try again later", .0.as_secs_f64())]
    Silent(Duration),
    /// It came too slowly.
    #[error("did not answer in full within {} s; try again later, or save the page and read the file", .0.as_secs_f64())]
    Slow(Duration),
    /// Another status than a page's.
    #[error("answered {status}; {advice}")]
    Status {
        /// The status.
        status: u16,
        /// What to do.
        advice: &'static str,
    },
    /// More bytes than are taken.
    #[error(
        "is larger than {}, packed or unpacked; save it, cut it into parts and read the files",
        size(*.0)
    )]
    Large(usize),
    /// A packing that is not known.
    #[error(
        "is packed as `{0}`, which cannot be unpacked; save the page with a browser and read the file"
    )]
    Packing(String),
    /// A packing that is broken.
    #[error("is packed as {packing} and cannot be unpacked ({problem}); try again later")]
    Damaged {
        /// The packing.
        packing: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// Pictures, sound, office papers.
    #[error("is of type {0}, which is no text; look for the page that tells the same in words")]
    NoText(String),
    /// Sent on without saying where to.
    #[error("sends on to no address ({0}); open it in a browser and give the address it ends at")]
    Nowhere(String),
    /// Sent on in a circle.
    #[error("sends on in a circle; open it in a browser and give the address it ends at")]
    Circle,
    /// Sent on too often.
    #[error(
        "is the {0}th address it was sent on to; open it in a browser and give the address it ends at"
    )]
    SentOnTooOften(usize),
    /// From a protected address to an open one.
    #[error(
        "is not protected as the address before it was (https to http); give the http:// address itself if you accept that"
    )]
    Unprotected,
    /// robots.txt says no.
    #[error(
        "may not be read by programs, says {0}; read it in a browser and save the page if its terms allow it"
    )]
    Robots(String),
    /// robots.txt does not say anything.
    #[error("is not read while its rules for programs are unknown: {robots} {refusal}")]
    RobotsUnknown {
        /// The address of robots.txt.
        robots: String,
        /// What is wrong there.
        refusal: Box<Refusal>,
    },
    /// The program cannot talk to the network at all.
    #[error(
        "cannot be asked, as the network cannot be used here ({0}); check this machine's limits"
    )]
    NoNetwork(String),
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// What to do where the status of an answer is no page's.
pub fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 | 407 | 451 => {
            "it is not open to everybody, or not to programs; save the page with a browser if its terms allow it"
        }
        404 | 410 => "there is no such page any more; look for an archived copy",
        408 | 429 | 500..=599 => "try again later",
        _ => "open it in a browser and give the address of the page itself",
    }
}

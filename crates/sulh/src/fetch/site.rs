//! Takes an address, gives whether its host lets programs read it, and how long to wait before.
//! Invariant: a robots.txt that cannot be read for the server's trouble forbids everything for now; one that is not
//! there allows everything (RFC 9309, 2.3.1).

use super::{
    Fetcher, Limits,
    error::{Refusal, advice},
    robots::{ROBOTS_BYTES_MAX, Robots},
    target,
    way::next,
};
use reqwest::header::HeaderMap;
use std::time::{Duration, Instant};
use url::Url;

/// How often a robots.txt may be sent on: what RFC 9309 asks for at least.
const ROBOTS_HOPS_MAX: usize = 5;

/// How long a robots.txt is remembered; the RFC allows a day, an hour follows changes sooner.
const ROBOTS_KEPT: Duration = Duration::from_secs(60 * 60);

/// What is known of a host.
pub struct Site {
    robots: Robots,
    read_at: Instant,
    asked_at: Option<Instant>,
}

impl Site {
    /// A request was made.
    pub fn asked_at(&mut self, moment: Instant) {
        self.asked_at = Some(moment);
    }

    /// How long to wait now before the next request.
    fn pause(&self, now: Instant, limits: &Limits) -> Duration {
        let wanted = self.robots.crawl_delay.unwrap_or_default().min(limits.crawl_delay_max);
        let since = self.asked_at.map(|moment| now.saturating_duration_since(moment));
        since.map_or(Duration::ZERO, |since| limits.pause.max(wanted).saturating_sub(since))
    }
}

impl Fetcher {
    /// How long to wait before asking for the address, if programs may ask for it.
    pub(super) async fn permitted(
        &mut self,
        url: &Url,
        deadline: Instant,
    ) -> Result<Duration, Refusal> {
        let key = url.origin().ascii_serialization();
        let now = Instant::now();
        let known = self.sites.get(&key);
        if known.is_none_or(|site| now.duration_since(site.read_at) > ROBOTS_KEPT) {
            let asked_at = known.and_then(|site| site.asked_at);
            let robots = self.robots(url, deadline).await?;
            self.sites.insert(key.clone(), Site { robots, read_at: now, asked_at });
        }
        let Some(site) = self.sites.get(&key) else { return Ok(Duration::ZERO) };
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if !site.robots.allow(path) {
            return Err(Refusal::Robots(robots_of(url).into()));
        }
        Ok(site.pause(now, &self.limits))
    }

    async fn robots(&self, page: &Url, deadline: Instant) -> Result<Robots, Refusal> {
        let mut url = robots_of(page);
        let read = self.read_robots(&mut url, deadline).await;
        read.map_err(|refusal| match refusal {
            // What is wrong with the host as such is said of the page itself.
            refusal @ (Refusal::Name(_)
            | Refusal::Address { .. }
            | Refusal::Port { .. }
            | Refusal::NoNetwork(_))
                if url.origin() == page.origin() =>
            {
                refusal
            }
            refusal => Refusal::RobotsUnknown { robots: url.into(), refusal: Box::new(refusal) },
        })
    }

    async fn read_robots(&self, url: &mut Url, deadline: Instant) -> Result<Robots, Refusal> {
        for _ in 0..=ROBOTS_HOPS_MAX {
            *url = target::checked(url.as_str())?;
            let response = self.head(url, HeaderMap::new(), deadline).await?;
            if let Some(next) = next(url, &response)? {
                *url = next;
                continue;
            }
            return match response.status().as_u16() {
                200..=299 => {
                    // One byte more than is read tells that something was cut off.
                    let body = self.body(response, ROBOTS_BYTES_MAX + 1, deadline).await?;
                    Ok(Robots::of(&body.bytes))
                }
                400..=499 => Ok(Robots::default()),
                status => Err(Refusal::Status { status, advice: advice(status) }),
            };
        }
        // Sent on more often than that, it counts as not there.
        Ok(Robots::default())
    }
}

fn robots_of(page: &Url) -> Url {
    let mut url = page.clone();
    url.set_path("/robots.txt");
    url.set_query(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(crawl_delay: Option<u64>, seconds_ago: Option<u64>, pause: u64) {
        let limits = Limits::default();
        let now = Instant::now() + Duration::from_secs(1_000);
        let seconds = Duration::from_secs;
        let robots = format!("user-agent: *\ncrawl-delay: {}", crawl_delay.unwrap_or_default());
        let site = Site {
            robots: Robots::of(robots.as_bytes()),
            read_at: now,
            asked_at: seconds_ago.map(|ago| now - seconds(ago)),
        };
        assert_eq!(site.pause(now, &limits), seconds(pause), "{crawl_delay:?} {seconds_ago:?}");
    }

    #[test]
    fn a_host_is_given_time_and_as_much_as_it_asks_for_within_bounds() {
        check(None, None, 0);
        check(None, Some(0), 1);
        check(None, Some(1), 0);
        check(Some(10), None, 0);
        check(Some(10), Some(4), 6);
        check(Some(10), Some(11), 0);
        check(Some(100_000), Some(0), 30);
    }
}

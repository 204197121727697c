//! Takes a stream of bytes, gives it through a buffer in which one can look ahead.
//! Invariant: what was looked at stays until it is passed over; the position counts bytes passed over.

use std::io::{ErrorKind, Read, Result};

/// How much is asked of the stream at once.
const STEP_BYTES: usize = 64 << 10;

/// A buffered stream.
pub(super) struct Window<R> {
    from: R,
    buffer: Vec<u8>,
    start: usize,
    position: u64,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), start: 0, position: 0, ended: false }
    }

    /// The bytes at hand: at least `count`, unless the stream ends before.
    pub fn at_least(&mut self, count: usize) -> Result<&[u8]> {
        while self.buffer.len() - self.start < count && !self.ended {
            self.buffer.drain(..self.start);
            self.start = 0;
            let filled = self.buffer.len();
            self.buffer.resize(filled + STEP_BYTES, 0);
            let read = loop {
                match self.from.read(&mut self.buffer[filled..]) {
                    Err(problem) if problem.kind() == ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            let length = *read.as_ref().unwrap_or(&0);
            self.buffer.truncate(filled + length);
            self.ended = read? == 0;
        }
        Ok(&self.buffer[self.start..])
    }

    /// Passes over bytes that are at hand.
    pub fn pass(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.start);
        self.start += count;
        self.position += count as u64;
    }

    /// Passes over bytes, at hand or not; gives how many there were.
    pub fn skip(&mut self, count: u64) -> Result<u64> {
        let mut left = count;
        while left > 0 {
            let here = self.at_least(1)?.len();
            if here == 0 {
                break;
            }
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(here);
            self.pass(step);
            left -= step as u64;
        }
        Ok(count - left)
    }

    /// How many bytes were passed over.
    pub const fn position(&self) -> u64 {
        self.position
    }
}

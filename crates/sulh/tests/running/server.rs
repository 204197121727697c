//! Takes what to answer, gives a server on this machine that answers so and keeps what it was asked.
//! Invariant: it listens on a port of its own; a request that is hung up on ends its thread.

#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// A server of the tests.
pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What was asked: the path with its query, and the whole head.
pub struct Asked<'a> {
    pub path: &'a str,
    pub head: &'a str,
}

/// What is answered to it, piece by piece.
pub enum Piece {
    Bytes(Vec<u8>),
    /// These bytes again and again, after a rest each time, until the other side hangs up.
    Endless(Vec<u8>, Duration),
    /// Nothing more, until the other side hangs up.
    Silence,
}

impl Server {
    pub fn new(answer: impl Fn(&Asked<'_>) -> Vec<Piece> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (kept, answer) = (kept.clone(), answer.clone());
                thread::spawn(move || serve(stream.unwrap(), &kept, answer.as_ref()));
            }
        });
        Self { port, asked }
    }

    /// One page for every path but robots.txt, which is not there.
    pub fn of_page(bytes: Vec<u8>) -> Self {
        Self::new(move |asked| vec![page(asked, &bytes)])
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of all requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths of all requests so far.
    pub fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked().iter().map(path).collect()
    }
}

fn serve(
    mut stream: TcpStream,
    kept: &Mutex<Vec<String>>,
    answer: &(dyn Fn(&Asked<'_>) -> Vec<Piece> + Send + Sync),
) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return;
        }
        // The first byte of a TLS handshake: this server cannot talk so.
        if head.is_empty() && byte[0] == 0x16 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    kept.lock().unwrap().push(head.clone());
    let path = head.split(' ').nth(1).unwrap_or_default();
    for piece in answer(&Asked { path, head: &head }) {
        if told(&mut stream, piece).is_err() {
            return;
        }
    }
}

fn told(stream: &mut TcpStream, piece: Piece) -> std::io::Result<()> {
    match piece {
        Piece::Bytes(bytes) => stream.write_all(&bytes),
        Piece::Endless(bytes, rest) => loop {
            stream.write_all(&bytes)?;
            thread::sleep(rest);
        },
        Piece::Silence => std::io::copy(stream, &mut std::io::sink()).map(|_| ()),
    }
}

/// A whole answer.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Piece {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    Piece::Bytes([head.as_bytes(), body].concat())
}

/// The head of an answer whose body ends when the connection does.
pub fn opening(headers: &str) -> Piece {
    Piece::Bytes(format!("HTTP/1.1 200 X\r\n{headers}\r\n").into_bytes())
}

/// Nothing for robots.txt, a page of text for all else.
pub fn page(asked: &Asked<'_>, body: &[u8]) -> Piece {
    match asked.path {
        "/robots.txt" => answer(404, "", ""),
        _ => answer(200, "Content-Type: text/plain\r\n", body),
    }
}

/// An answer that sends on.
pub fn sent_on(status: u16, to: &str) -> Piece {
    answer(status, &format!("Location: {to}\r\n"), "")
}

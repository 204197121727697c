//! Takes a folder of its own and words for the command line, gives what the built program answers.
//! Invariant: nothing outside the folder is read or written.

#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};

/// A folder with the program run in it.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What the program answered.
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sulh"));
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Answer {
        answer(self.command(words).output().unwrap())
    }
}

pub fn answer(output: Output) -> Answer {
    Answer {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Answer {
    /// Succeeded and said nothing on standard error.
    #[track_caller]
    pub fn good(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self
    }

    /// Failed with one sentence that holds each of these.
    #[track_caller]
    pub fn fails(&self, parts: &[&str]) -> &Self {
        assert_eq!(self.code, Some(1), "{}", self.err);
        self.notes(parts)
    }

    /// Said on standard error, in one line, each of these.
    #[track_caller]
    pub fn notes(&self, parts: &[&str]) -> &Self {
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is not in: {}", self.err);
        }
        self
    }
}

/// A report with a deal, terms of its own and a named monitor; invented for the tests.
pub const REPORT: &str = "\
Truce reached in Tafas

The Syrian army and local leaders of Tafas reached an initial truce agreement, the Syrian Observatory for Human Rights (SOHR) reported on 9 February.
Under the agreement, the following terms will be carried out:
- The army will lift the siege of the town;
- Fighters who reject the truce will leave for the north.
";

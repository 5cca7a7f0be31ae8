//! A project in a temporary folder, and one run of the program in it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A profile with nothing but what every profile needs.
pub const PROFILE: &str = "\
name = \"Acme Inc.\"
short_name = \"Acme\"
currency = \"USD\"

[fiscal_year]
first_month = 1
";

/// A folder of seeds; it goes when the test ends.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// An empty project.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A project with one good company, `acme`.
    pub fn acme() -> Self {
        Self::new().file("seeds/acme/company.toml", PROFILE).file("seeds/acme/1q17.txt", "Revenues 41.0\n")
    }

    /// The same project with one more file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    /// The same project with one more folder.
    pub fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.path(path)).expect("a folder");
        self
    }

    /// A path in the project.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program with these words, in the project's folder, with nothing of the environment.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tanshin"));
        command.args(line.split_whitespace()).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command
    }

    /// The text of a PDF.
    pub fn text(&self, path: &str) -> String {
        crate::pdf::text(&fs::read(self.path(path)).expect("a PDF"))
    }

    /// Exit code, stdout and stderr in full, the project's own path taken out.
    pub fn run(&self, line: &str) -> String {
        let Output { status, stdout, stderr } = self.command(line).output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        let all = format!(
            "$ tanshin {line}\nexit code {}\n--- stdout\n{}--- stderr\n{}",
            status.code().map_or_else(|| "none".to_owned(), |code| code.to_string()),
            text(stdout),
            text(stderr)
        );
        all.replace(&*self.folder.path().to_string_lossy(), "<project>")
    }
}

//! `tanshin init`: a project that works, to be changed into one's own.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Stop;
use super::failure::{Exit, Failure};
use super::printable::printable;
use crate::output;

/// The files of a new project. The company and its document are made up.
const FILES: [(&str, &str); 5] = [
    ("tanshin.toml", include_str!("../../starter/tanshin.toml")),
    ("seeds/acme/company.toml", include_str!("../../starter/seeds/acme/company.toml")),
    ("seeds/acme/2025-05-08-1q25-results.txt", include_str!("../../starter/seeds/acme/2025-05-08-1q25-results.txt")),
    ("next/2025-08-07-2q25-results.txt", include_str!("../../starter/next/2025-08-07-2q25-results.txt")),
    ("templates/README.md", include_str!("../../starter/templates/README.md")),
];

/// Makes a project in a folder. Where one of its files stands already, nothing is written at all.
pub(super) fn init(folder: &Path, out: &mut dyn Write) -> Result<(), Stop> {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let files: Vec<(PathBuf, &str)> = FILES.iter().map(|(name, text)| (folder.join(name), *text)).collect();
    if let Some((taken, _)) = files.iter().find(|(path, _)| output::stands(path)) {
        let message = "found a file of a project, nothing was written".to_owned();
        return Err(Failure::at(Exit::Usage, message, taken.display(), "name a new folder: `tanshin init DIR`").into());
    }
    for (path, text) in &files {
        output::write(path, text.as_bytes()).map_err(|error| {
            Failure::at(Exit::Io, error.to_string(), error.path().display(), "name a folder that you may write")
        })?;
        writeln!(out, "new        {}", printable(&path.display().to_string()))?;
    }
    let enter = if folder.as_os_str().is_empty() { String::new() } else { format!("cd {} && ", folder.display()) };
    writeln!(out, "\nNext: {}tanshin build", printable(&enter))?;
    Ok(())
}

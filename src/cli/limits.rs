//! The limits that a worker sets itself before it reads a template: memory, processor time, file size, and the files it may open.
//! They cannot be lifted again by the process or by what it starts.

use std::io;
use std::path::Path;

use super::failure::{Exit, Failure};
use crate::cause::cause;
use crate::options::{Build, Sources};

#[cfg(unix)]
use super::contained::{CPU, FILE, MEMORY};

/// Limits this process, which may read the project and write its output from now on.
///
/// # Errors
/// When the system refuses a limit: then nothing may be done.
pub(super) fn set(sources: &Sources, wanted: &Build) -> Result<(), Failure> {
    let reads = [&*sources.seeds, &wanted.templates.path, &wanted.fonts.path];
    limit(&reads, &wanted.output).map_err(|error| {
        let message = format!("cannot limit the worker: {}", cause(&error));
        let hint = "leave `--untrusted-templates` out where you trust the templates";
        Failure::at(Exit::Io, message, "build --untrusted-templates", hint)
    })
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a fence can only name a folder that is there")]
fn limit(reads: &[&Path], output: &Path) -> io::Result<()> {
    use rlimit::{Resource, setrlimit};
    std::fs::create_dir_all(output)?;
    setrlimit(Resource::AS, MEMORY, MEMORY)?;
    setrlimit(Resource::CPU, CPU, CPU + 1)?;
    setrlimit(Resource::FSIZE, FILE, FILE)?;
    setrlimit(Resource::CORE, 0, 0)?;
    files(reads, &[output])
}

/// Elsewhere nothing can be limited.
#[cfg(not(unix))]
fn limit(_reads: &[&Path], _output: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "processes cannot be limited on this system"))
}

/// The kernel's own fence, where it has one (Linux 5.13): what lies elsewhere cannot be opened, and no connection made.
#[cfg(target_os = "linux")]
fn files(reads: &[&Path], writes: &[&Path]) -> io::Result<()> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, path_beneath_rules};
    let abi = ABI::V4;
    let fence = || -> Result<_, landlock::RulesetError> {
        Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(reads, AccessFs::from_read(abi)))?
            .add_rules(path_beneath_rules(writes, AccessFs::from_all(abi)))?
            .restrict_self()
    };
    fence().map(|_status| ()).map_err(io::Error::other)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn files(_reads: &[&Path], _writes: &[&Path]) -> io::Result<()> {
    Ok(())
}

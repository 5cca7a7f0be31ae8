//! The limits that a worker sets itself before it reads a template: memory, processor time, file size, the files it may open, and no
//! connection. They cannot be lifted again by the process or by what it starts.

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
    fence(reads, &[output]).map(drop)
}

/// Elsewhere nothing can be limited.
#[cfg(not(unix))]
fn limit(_reads: &[&Path], _output: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "processes cannot be limited on this system"))
}

#[cfg(not(target_os = "linux"))]
fn fence(_reads: &[&Path], _writes: &[&Path]) -> io::Result<Fence> {
    Ok(Fence { files: false, network: false })
}

/// What the system refuses from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    /// Files beyond the project.
    pub files: bool,
    /// Every connection.
    pub network: bool,
}

/// Whether the system has fences, tried on a thread that ends with it.
pub(super) fn fences() -> Fence {
    let tried = std::thread::spawn(|| fence(&[], &[])).join();
    tried.ok().and_then(Result::ok).unwrap_or(Fence { files: false, network: false })
}

/// The kernel's own fences, for this thread and those that it starts: what lies elsewhere cannot be opened (Landlock, Linux 5.13), and
/// no socket can be made (seccomp, any Linux; Landlock refuses TCP as well from 6.7 on).
#[cfg(target_os = "linux")]
fn fence(reads: &[&Path], writes: &[&Path]) -> io::Result<Fence> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, path_beneath_rules,
    };
    let abi = ABI::V4;
    let files = || -> Result<_, landlock::RulesetError> {
        Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules(reads, AccessFs::from_read(abi)))?
            .add_rules(path_beneath_rules(writes, AccessFs::from_all(abi)))?
            .restrict_self()
    };
    let files = files().map_err(io::Error::other)?.ruleset != RulesetStatus::NotEnforced;
    Ok(Fence { files, network: sockets()? })
}

/// Refuses every socket, and the other way to one; whether the processor is one for which that can be said.
#[cfg(target_os = "linux")]
fn sockets() -> io::Result<bool> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};
    let Ok(processor) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(false) };
    let calls = [libc::SYS_socket, libc::SYS_socketpair, libc::SYS_io_uring_setup];
    let refuse = SeccompAction::Errno(libc::EACCES.unsigned_abs());
    let rules = calls.into_iter().map(|call| (call, Vec::new())).collect();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, processor).map_err(io::Error::other)?;
    let program = BpfProgram::try_from(filter).map_err(io::Error::other)?;
    match apply_filter(&program) {
        Ok(()) => Ok(true),
        // A kernel without it.
        Err(seccompiler::Error::Seccomp(error) | seccompiler::Error::Prctl(error))
            if matches!(error.raw_os_error(), Some(libc::EINVAL | libc::ENOSYS)) =>
        {
            Ok(false)
        }
        Err(error) => Err(io::Error::other(error)),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::ErrorKind;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::{UnixDatagram, UnixStream};

    use super::*;

    #[test]
    fn behind_the_fence_no_connection_can_be_made() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        TcpStream::connect(address).expect("without the fence there is a connection");
        let behind = move || {
            let fence = fence(&[Path::new("/proc")], &[]).expect("a fence");
            let inside = std::thread::spawn(move || TcpStream::connect(address).err().map(|error| error.kind()));
            let tried = [
                TcpStream::connect(address).err(),
                TcpListener::bind("127.0.0.1:0").err(),
                UdpSocket::bind("127.0.0.1:0").err(),
                UnixStream::pair().err(),
                UnixDatagram::unbound().err(),
            ];
            (fence, tried.map(|error| error.map(|error| error.kind())), inside.join().expect("it ends"))
        };
        let (fence, tried, inside) = std::thread::spawn(behind).join().expect("it ends");
        if !fence.network {
            eprintln!("skipped: no fence around the network on this processor");
            return;
        }
        assert_eq!(tried, [Some(ErrorKind::PermissionDenied); 5]);
        assert_eq!(inside, Some(ErrorKind::PermissionDenied), "threads that it starts are behind it too");
        TcpStream::connect(address).expect("others are not behind it");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tries to read what lies beyond the fence")]
    fn behind_the_fence_only_the_project_can_be_read() {
        let (inside, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let [own, other] = [&inside, &outside].map(|folder| folder.path().join("file"));
        std::fs::write(&own, "own").expect("a file");
        std::fs::write(&other, "other").expect("a file");
        let behind = move || {
            let fence = fence(&[own.parent().expect("a folder")], &[]).expect("a fence");
            (fence, std::fs::read(&own).is_ok(), std::fs::read(&other).is_ok(), std::fs::write(&own, "x").is_ok())
        };
        let (fence, own, other, written) = std::thread::spawn(behind).join().expect("it ends");
        if !fence.files {
            eprintln!("skipped: this kernel has no Landlock");
            return;
        }
        assert_eq!((own, other, written), (true, false, false));
    }
}

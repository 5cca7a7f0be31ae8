//! Surroundings that go wrong: files that come and go, folders that cannot be written, a clock that stands at 1970, an impatient
//! user. Each is told with its exit code, and nothing half-written stays.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::faults::{Small, briefs, expected, files, project};
use crate::project::{PROFILE, Project};

#[test]
fn documents_that_come_go_and_change_under_a_run_leave_whole_briefs() {
    let project = project();
    let whole = expected(&project);
    let over = AtomicBool::new(false);
    let seeds = project.path("seeds/acme");
    let texts: Vec<(std::path::PathBuf, Vec<u8>)> =
        files(&seeds).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "txt")).collect();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0;
            while !over.load(Ordering::Relaxed) {
                let (name, text) = &texts[turn % texts.len()];
                let path = seeds.join(name);
                let _gone = match turn % 5 {
                    0 => fs::remove_file(&path),
                    1 => fs::write(&path, &text[..text.len() / 2]),
                    2 => fs::write(&path, b"\xFF\x00"),
                    3 => fs::remove_file(&path).and_then(|()| fs::create_dir(&path)),
                    _ => fs::write(&path, [text.as_slice(), text].concat()),
                };
                thread::sleep(Duration::from_millis(3));
                let _was_a_folder = fs::remove_dir(&path);
                let _back = fs::write(&path, text);
                turn += 1;
            }
        });
        for _ in 0..10 {
            let output = project.command("build --jobs 2").output().expect("it starts");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{:?} {said}", output.status);
            assert!(!said.contains("panicked") && !said.contains("the program has a fault"), "{said}");
            for (path, bytes) in briefs(&project.path("output")) {
                assert!(bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"), "{}", path.display());
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    for (name, text) in &texts {
        fs::write(seeds.join(name), text).expect("a file");
    }
    let said = project.run("build");
    assert!(said.contains("exit code 0"), "{said}");
    assert!(files(&project.path("output")) == whole, "a brief of what is no longer there stayed, or debris");
}

#[test]
fn an_impatient_user_finds_no_debris() {
    let project = project();
    let whole = expected(&project);
    let mut stopped = 0;
    for moment in 0..8 {
        let _gone = fs::remove_dir_all(project.path("output"));
        let mut run =
            project.command("build --jobs 2").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(20 + moment * 40));
        let told = Command::new("kill").args(["-INT", &run.id().to_string()]).stderr(Stdio::null()).status();
        let _over_already = told.expect("kill is there");
        let code = run.wait().expect("it ends").code();
        // Before the program listens, the system itself ends it: without a code.
        assert!(matches!(code, Some(0 | 130) | None), "{code:?}");
        stopped += usize::from(code == Some(130));
        for (path, bytes) in files(&project.path("output")) {
            let is_record = path.extension().is_some_and(|end| end == "json");
            assert!(is_record || whole.get(&path) == Some(&bytes), "{} after {moment}", path.display());
        }
    }
    println!("{stopped} of 8 runs were interrupted");
    project.run("build");
    assert!(files(&project.path("output")) == whole);
}

#[test]
fn a_disk_that_cannot_be_written_is_io_and_said() {
    let project = project();
    let Some(disk) = Small::mounted(project.path("small"), 1024) else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let fixed = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.0).status().expect("mount starts");
    assert!(fixed.success());
    let said = project.run("build --output small");
    assert!(said.contains("exit code 4") && said.contains("the file system is read-only"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

/// The program as a user without rights; none where that cannot be.
fn unprivileged(project: &Project, line: &str) -> Option<(Option<i32>, String)> {
    let program = project.command(line);
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(project.path("."))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (!said.starts_with("setpriv:")).then(|| (output.status.code(), said))
}

#[test]
fn what_may_not_be_read_or_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let mode =
        |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    let project = project();
    mode(&project.path("."), 0o755);
    let Some((code, said)) = unprivileged(&project, "facts") else {
        eprintln!("skipped: no other user can be taken on here");
        return;
    };
    assert_eq!(code, Some(0), "{said}");
    mode(&project.path("seeds/acme/2013-08-08-results.txt"), 0);
    let (code, said) = unprivileged(&project, "facts").expect("as before");
    assert!(code == Some(1) && said.contains("left out a document: permission denied"), "{code:?} {said}");
    let (code, said) = unprivileged(&project, "build").expect("as before");
    assert!(code == Some(4) && said.contains("permission denied"), "{code:?} {said}");
    mode(&project.path("seeds/acme/company.toml"), 0);
    let (code, said) = unprivileged(&project, "facts").expect("as before");
    assert!(code == Some(3) && said.contains("cannot read its profile: permission denied"), "{code:?} {said}");
    mode(&project.path("seeds"), 0);
    let (code, said) = unprivileged(&project, "facts").expect("as before");
    assert!(code == Some(4) && said.contains("permission denied"), "{code:?} {said}");
    mode(&project.path("seeds"), 0o755);
}

#[test]
fn another_user_makes_the_same_bytes() {
    use std::os::unix::fs::PermissionsExt;
    let project = project().folder("other");
    let whole = expected(&project);
    for path in [".", "other"] {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o777)).expect("permissions");
    }
    let Some((code, said)) = unprivileged(&project, "build --output other") else {
        eprintln!("skipped: no other user can be taken on here");
        return;
    };
    assert_eq!(code, Some(0), "{said}");
    assert!(files(&project.path("other")) == whole, "another user's bytes differ");
}

#[test]
fn what_a_killed_run_left_beside_the_report_is_taken_away() {
    let project =
        project().folder("reports").file("reports/.tanshin-abc123.tmp", "torn").file("reports/.tanshin-keep", "own");
    let said = project.run("build --report reports/run.json");
    assert!(said.contains("exit code 0"), "{said}");
    let mut names: Vec<_> = files(&project.path("reports")).into_keys().collect();
    names.sort();
    assert_eq!(names, [Path::new(".tanshin-keep"), Path::new("run.json")]);
}

/// A clock that says what it is told, put before the system's.
const CLOCK: &str = "#include <time.h>\n#include <sys/time.h>\n#include <stddef.h>\n\
    int clock_gettime(clockid_t id, struct timespec *now) { static long n; now->tv_sec = id == CLOCK_REALTIME ? SECONDS : 5; \
    now->tv_nsec = id == CLOCK_REALTIME ? 0 : (n += 1000) % 1000000000; return 0; }\n\
    time_t time(time_t *at) { if (at) *at = SECONDS; return SECONDS; }\n\
    int gettimeofday(struct timeval *now, void *zone) { now->tv_sec = SECONDS; now->tv_usec = 0; return 0; }\n";

#[test]
fn a_clock_at_1970_or_far_ahead_changes_no_byte() {
    let project = project().file("clock.c", CLOCK);
    let whole = expected(&project);
    for (name, seconds) in [("epoch", "0"), ("before", "-86400"), ("ahead", "4102444800")] {
        let library = project.path(&format!("{name}.so"));
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", &format!("-DSECONDS={seconds}L"), "-o"])
            .args([&library, &project.path("clock.c")])
            .status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("skipped: no C compiler to make a clock with");
            return;
        }
        let output =
            project.command(&format!("build --output {name}")).env("LD_PRELOAD", &library).output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(files(&project.path(name)) == whole, "the clock is in the bytes");
    }
}

#[test]
fn exit_codes_tell_what_to_try_again() {
    let good = "Acme 1Q17 Results\n2017-05-08\nUnit: USD million\n\t1Q17\nRevenues\t41.0\nOperating income\t6.1\n";
    let project = Project::new()
        .file("seeds/acme/company.toml", PROFILE)
        .file("seeds/acme/1q17.txt", good)
        .file("mixed/acme/company.toml", PROFILE)
        .file("mixed/acme/1q17.txt", good)
        .file("mixed/acme/2q17.txt", b"\xFF")
        .file("bad/acme/company.toml", "name = 3")
        .file("bad/acme/1q17.txt", good)
        .file("wrong.toml", "[breif]\n")
        .file("file", "")
        .file("report.json", r#"{"schema":1}"#)
        .file("endless.json", r#"{"schema":1,"program":"x","shards":[{"index":1,"count":18446744073709551615}],"dry_run":false,"interrupted":false,"companies_left":0,"briefs_left":0,"unreadable":[],"warnings":0,"totals":{},"briefs":[]}"#);
    for (line, code) in [
        ("build", 0),
        ("build --seeds mixed --output mixed-output", 1),
        ("build --shard 4/3", 2),
        ("build --shard 0/3", 2),
        ("build --shard 1/18446744073709551615", 2),
        ("build --seeds bad", 3),
        ("build --seeds nowhere", 3),
        ("build --config wrong.toml", 3),
        ("report merge report.json", 3),
        ("report merge endless.json", 3),
        ("build --output file/below", 4),
    ] {
        let said = project.run(line);
        assert!(said.contains(&format!("\nexit code {code}\n")), "expected {code}: {said}");
        assert!(code == 0 || said.contains("hint: "), "{said}");
    }
}

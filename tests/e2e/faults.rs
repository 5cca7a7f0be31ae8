//! Faults from outside: killed at any moment, no room, two runs at once, other surroundings. Every file is whole or not there, and
//! the next run goes on.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::project::Project;

const PROFILE: &str = "name = \"Acme Inc.\"\nshort_name = \"Acme\"\ncurrency = \"JPY\"\n\n[fiscal_year]\nfirst_month = 4\nnamed_after = \"start\"\n";

/// A company with six quarters.
pub fn project() -> Project {
    (0..6).fold(Project::new().file("seeds/acme/company.toml", PROFILE), |project, at| {
        let (year, revenue, income) = (2012 + at, 30_000 + at * 811, 900 + at * 37);
        let text = format!(
            "Acme 1Q{:02} Results\n{year}-08-08\nUnit: JPY million\n\t1Q{:02}\nRevenues\t{revenue}\nOperating income\t{income}\n",
            year % 100,
            year % 100
        );
        project.file(&format!("seeds/acme/{year}-08-08-results.txt"), text)
    })
}

/// Every file below a folder with its bytes, hidden ones too.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).unwrap_or_default();
                found.insert(path.strip_prefix(folder).expect("below it").to_owned(), bytes);
            }
        }
    }
    found
}

pub fn briefs(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "pdf")).collect()
}

/// What an undisturbed run leaves.
pub fn expected(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let said = project.run("build --output expected");
    assert!(said.contains("6 briefs: 6 new"), "{said}");
    let whole = files(&project.path("expected"));
    // Another program reads them; whatever has the same bytes is a whole PDF.
    for (_, bytes) in whole.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "pdf")) {
        assert!(crate::pdf::text(bytes).contains("Revenue"), "no PDF with a text");
    }
    whole
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_run_goes_on() {
    let project = project();
    let began = Instant::now();
    let whole = expected(&project);
    let length = began.elapsed().as_millis() as u64;
    // More moments by hand: `TANSHIN_KILLS=300`.
    let kills: u64 = std::env::var("TANSHIN_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(12);
    let mut killed = 0;
    for moment in 0..kills {
        let output = project.path("output");
        if moment % 6 == 0 && output.exists() {
            fs::remove_dir_all(&output).expect("removed");
        }
        let mut run =
            project.command("build --jobs 2").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        // Spread over the length of a run, in an order without order.
        sleep(Duration::from_millis(5 + moment * 7_919 % length));
        run.kill().expect("killed");
        killed += usize::from(run.wait().expect("it ends").code().is_none());
        for (path, bytes) in briefs(&output) {
            assert!(whole.get(&path) == Some(&bytes), "{} is not whole after kill {moment}", path.display());
        }
    }
    println!("{killed} of {kills} runs were killed before their end");
    assert!(killed > 0, "every run was over before it was killed");
    let said = project.run("build");
    assert!(said.contains("exit code 0") && said.contains("0 failed"), "{said}");
    let left = files(&project.path("output"));
    let names: Vec<_> =
        left.iter().filter(|(path, bytes)| whole.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(left == whole, "debris or a difference is left: {names:?}");
}

#[test]
fn two_runs_at_once_leave_what_one_leaves() {
    let project = project();
    let whole = expected(&project);
    let start = || project.command("build").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let runs = [start(), start(), start()];
    for mut run in runs {
        assert_eq!(run.wait().expect("it ends").code(), Some(0));
    }
    assert!(files(&project.path("output")) == whole);
    assert!(project.run("build").contains("0 new, 0 changed, 6 unchanged"));
}

#[test]
fn other_surroundings_give_the_same_bytes() {
    let project = project();
    let whole = expected(&project);
    let surroundings = [
        ("a", "--jobs 1", [("TZ", "Asia/Tokyo"), ("LANG", "ja_JP.UTF-8"), ("HOME", "/nonexistent")]),
        ("b", "--jobs 7", [("TZ", "America/St_Johns"), ("LC_ALL", "tr_TR.UTF-8"), ("SOURCE_DATE_EPOCH", "0")]),
        ("c", "", [("TMPDIR", "/nonexistent"), ("NO_COLOR", "1"), ("COLUMNS", "20")]),
    ];
    for (folder, flags, variables) in surroundings {
        let status = project
            .command(&format!("build --output {folder} {flags}"))
            .envs(variables)
            .stdout(Stdio::null())
            .status()
            .expect("it starts");
        assert_eq!(status.code(), Some(0), "{folder}");
        assert!(files(&project.path(folder)) == whole, "{variables:?} changed the bytes");
    }
    // Another folder and another order of entries.
    let moved = Project::new();
    for (path, bytes) in files(&project.path("seeds")).into_iter().rev() {
        let path = moved.path("seeds").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    moved.run("build --output expected");
    assert!(briefs(&moved.path("expected")) == briefs(&project.path("expected")));
}

/// A file system of its own in a folder; it goes with it.
pub struct Small(pub PathBuf);

impl Small {
    /// A file system of so much room; none where nothing can be mounted.
    pub fn mounted(at: PathBuf, kilobytes: u32) -> Option<Self> {
        fs::create_dir_all(&at).ok()?;
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&at)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        mounted.then_some(Self(at))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _left_to_the_system = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_loses_no_brief_that_was_there() {
    let project = project();
    let whole = expected(&project);
    let size = whole.values().map(|bytes| bytes.len() as u32 / 1024 + 5).sum::<u32>();
    let Some(disk) = Small::mounted(project.path("small"), size / 2) else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let said = project.run("build --output small");
    assert!(said.contains("exit code 4") && said.contains("the disk is full"), "{said}");
    let there = briefs(&disk.0);
    assert!(!there.is_empty() && there.len() < 6, "{} briefs", there.len());
    assert!(there.iter().all(|(path, bytes)| whole.get(path) == Some(bytes)), "a brief is torn");
    let left: Vec<_> = files(&disk.0).into_keys().filter(|path| !whole.contains_key(path)).collect();
    assert!(left.is_empty(), "debris: {left:?}");
    let grown = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&disk.0).status().expect("mount starts");
    assert!(grown.success());
    let said = project.run("build --output small");
    assert!(said.contains("exit code 0") && said.contains("0 failed"), "{said}");
    assert!(files(&disk.0) == whole);
}

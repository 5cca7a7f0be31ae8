//! Sizes beyond what companies publish: left out with the limit named, or read in bounded memory.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::Instant;

use insta::assert_snapshot;

use crate::project::{PROFILE, Project};

/// A file of so many bytes that takes no room on the disk.
fn sparse(project: &Project, path: &str, megabytes: u64) {
    let file = fs::File::create(project.path(path)).expect("a file");
    file.set_len(megabytes * 1024 * 1024).expect("a long file");
}

#[test]
fn what_is_beyond_a_limit_is_left_out_and_the_limit_is_named() {
    let project = Project::acme()
        .file("seeds/acme/b-line.txt", format!("Acme\n{}\n", "Revenues 41.0 ".repeat(500_000)))
        .file("seeds/acme/c-numbers.txt", "1 2 3 4 5 6 7 8 9 10\n".repeat(100_000))
        .file("seeds/other/company.toml", PROFILE);
    sparse(&project, "seeds/acme/a-large.txt", 100);
    sparse(&project, "seeds/acme/d-line-of-50-MB.txt", 50);
    let profile = project.path("seeds/other/company.toml");
    fs::write(profile, format!("# {}\n{PROFILE}", "x".repeat(2_000_000))).expect("a file");
    assert_snapshot!("limit", project.run("facts"));
}

#[test]
fn a_company_with_too_many_documents_is_left_out_whole() {
    let project = Project::acme().folder("seeds/acme/many");
    // Together beyond the limit, each within it: sparse, and not read at all.
    for number in 0..17 {
        sparse(&project, &format!("seeds/acme/{number:02}.txt"), 8);
    }
    let said = project.run("facts");
    assert!(
        said.contains("left out `acme`: its documents have 137 MB together, more than the limit of 128 MB"),
        "{said}"
    );
    assert!(said.contains("exit code 3"), "{said}");
}

#[test]
fn nested_and_cyclic_folders_are_not_walked_without_end() {
    let project = Project::acme().file("seeds/acme/1q17.txt", rows(1, |_| "Revenues\t41.0\t36.2".to_owned()));
    let deep = vec!["deep"; 60].join("/");
    for root in ["seeds/acme", "templates", "fonts"] {
        let project = project.path(root);
        fs::create_dir_all(project.join(&deep)).expect("folders");
        fs::write(project.join(&deep).join("far.txt"), "Revenues 41.0\n").expect("a file");
        symlink("..", project.join("deep/up")).expect("a link");
        symlink(".", project.join("self")).expect("a link");
        symlink("two", project.join("one")).expect("a link");
        symlink("one", project.join("two")).expect("a link");
    }
    let facts = project.run("facts");
    assert!(
        facts.contains("exit code 0") && facts.contains("acme/1q17.txt") || facts.contains("1q17.txt:5"),
        "{facts}"
    );
    assert!(!facts.contains("far.txt"), "documents lie in the company's folder itself: {facts}");
    let built = project.run("build --templates templates --fonts fonts");
    assert!(built.contains("0 failed"), "{built}");
}

/// The seconds that a command takes within so many kilobytes of memory, and the last line it says.
fn within(project: &Project, line: &str, kilobytes: u32) -> (u64, String) {
    let program = project.command(line);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -v $0; exec \"$@\"", &kilobytes.to_string()])
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(project.path("."))
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let began = Instant::now();
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code <= 1), "{line}: {:?} {said}", output.status);
    (began.elapsed().as_secs(), said.lines().last().unwrap_or_default().to_owned())
}

/// A document with so many rows below its opening.
fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    let mut text =
        b"Acme 1Q17 Results\n2017-05-08\nConsolidated Results\tUnit: USD million\n\t1Q17\t1Q16\tYoY\n".to_vec();
    for number in 0..count {
        writeln!(text, "{}", row(number)).expect("room");
    }
    String::from_utf8(text).expect("text")
}

/// `cargo test --release --test e2e sizes -- --ignored --nocapture`: minutes, and a table for `SECURITY.md`.
#[test]
#[ignore = "minutes: sizes at their limits"]
fn what_is_within_the_limits_is_read_in_bounded_memory() {
    let table = rows(16_000, |at| format!("Revenues\t{}\t{}\t+13.2%", 30_000 + at, 20_000 + at));
    let unknown = rows(20_000, |at| {
        format!("Own thing with a name of its own {at} of\t{at}.0\t{at}.5").replacen(&at.to_string(), "x", 1)
    });
    let prose = rows(12_000, |_| {
        "Revenues were USD 41.0 million, up 13.2% year on year, and rose by USD 1.0 million.".to_owned()
    });
    let words = rows(80_000, |_| "word ".repeat(20));
    let labels = rows(80_000, |_| "Own label of words".to_owned());
    let line = rows(1, |_| "12,345 ".repeat(14_000)) + &rows(1, |_| "Revenues were 41.0 ".repeat(5_000));
    let cases = [
        ("same figure", table),
        ("unknown labels", unknown),
        ("prose", prose),
        ("words", words),
        ("labels", labels),
        ("long lines", line),
    ];
    println!("case | bytes | facts, s | check, s (each within 2 GB of addresses)");
    for (name, text) in cases {
        let bytes = text.len();
        let project = Project::acme().file("seeds/acme/a.txt", text);
        let (facts, _) = within(&project, "facts", 2_000_000);
        let (check, _) = within(&project, "check", 2_000_000);
        println!("{name} | {bytes} | {facts} | {check}");
    }
    let mut project = Project::new().file("seeds/acme/company.toml", PROFILE);
    for number in 0..10_000 {
        let year = 2000 + number % 25;
        let text = format!(
            "Acme 1Q{:02} Results\n{year}-05-08\nUnit: USD million\n\t1Q{:02}\nRevenues\t{}\nOperating income\t{}\n",
            year % 100,
            year % 100,
            30_000 + number,
            900 + number
        );
        project = project.file(&format!("seeds/acme/{number:05}.txt"), text);
    }
    let (facts, _) = within(&project, "facts", 2_000_000);
    let (check, _) = within(&project, "check", 2_000_000);
    println!("10,000 documents | - | {facts} | {check}");
    let mut project = Project::new().file("seeds/acme/company.toml", PROFILE);
    for document in 0..25 {
        let text = rows(20_000, |at| format!("Revenues\t{}\t{}", 30_000 + at, document));
        project = project.file(&format!("seeds/acme/{document}.txt"), text);
    }
    let (facts, _) = within(&project, "facts", 4_000_000);
    println!("a million facts | - | {facts} | -");
}

/// Seconds of processor time of a command.
fn processor(project: &Project, line: &str) -> f64 {
    let program = project.command(line);
    let mut command = Command::new("sh");
    command.args(["-c", "\"$@\" >/dev/null 2>&1; times", "sh"]).arg(program.get_program()).args(program.get_args());
    let output = command.current_dir(project.path(".")).env_clear().output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    // The last line: minutes and seconds of the children, by the user and in the system.
    let seconds = said.lines().last().and_then(|line| line.split_whitespace().next()).and_then(|time| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    });
    seconds.unwrap_or_else(|| panic!("no times in {said}"))
}

#[test]
fn a_figure_stated_thousands_of_times_is_checked_in_time_linear_in_them() {
    let at = |count: usize| {
        let table = rows(count, |at| format!("Revenues\t{}\t{}\t+13.2%", 30_000 + at, 20_000 + at));
        processor(&Project::acme().file("seeds/acme/a.txt", table), "check")
    };
    let (some, four_times) = (at(2_000), at(8_000));
    println!("check of 2,000 and 8,000 rows: {some:.2} s and {four_times:.2} s");
    // Four times the rows: quadratic would be sixteen times.
    assert!(four_times < some * 8.0, "{some:.2} s and {four_times:.2} s");
}

/// Millions of instructions of a command; none where they cannot be counted.
fn instructions(project: &Project, line: &str) -> Option<f64> {
    let program = project.command(line);
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program.get_program())
        .args(program.get_args());
    let output = command.current_dir(project.path(".")).env_clear().env("PATH", "/usr/bin:/bin").output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = said.split("Collected : ").nth(1)?.split_whitespace().next()?.parse::<f64>().ok()?;
    Some(count / 1e6)
}

/// Counted, not timed: what twice the document takes more than the document, against what the document takes more than half of it.
#[test]
#[ignore = "minutes: instructions are counted"]
fn twice_the_document_takes_twice_the_instructions() {
    let release =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/iij/2017-08-08-1q17-results-deck.txt"));
    let release = release.expect("a seed");
    let forms: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("a deck, again and again", &|size| release.repeat(size)),
        ("one figure in many rows", &|size| {
            rows(150 * size, |at| format!("Revenues\t{}\t{}", 30_000 + at, 20_000 + at))
        }),
        ("sentences", &|size| {
            rows(100 * size, |at| format!("Revenues were USD {at}.0 million, up 13.2% year on year."))
        }),
        ("damaged numbers", &|size| rows(150 * size, |at| format!("Revenues 4 1.{at} 3 6 .{at} ( 13. 2%) \u{25B2}"))),
    ];
    println!("form | command | millions of instructions at 1, 2, 4 | growth of the growth");
    for (name, form) in forms {
        for line in ["facts", "check"] {
            let at = |size: usize| instructions(&Project::acme().file("seeds/acme/1q17.txt", form(size)), line);
            let (Some(one), Some(two), Some(four)) = (at(1), at(2), at(4)) else {
                eprintln!("skipped: no valgrind");
                return;
            };
            let growth = (four - two) / (two - one) / 2.0;
            println!("{name} | {line} | {one:.0} {two:.0} {four:.0} | {growth:.2}");
            assert!(growth < 1.5, "{line} of {name}: {one:.0}, {two:.0}, {four:.0}");
        }
    }
}

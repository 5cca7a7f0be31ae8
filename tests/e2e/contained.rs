//! Templates of unknown origin: each brief in a process of its own, and what a template does there ends there.
#![cfg(unix)]

use std::fs;

use crate::project::Project;

const PROFILE: &str = "name = \"Acme Inc.\"\nshort_name = \"Acme\"\ncurrency = \"JPY\"\n\n[fiscal_year]\nfirst_month = 4\nnamed_after = \"start\"\n";
const RESULTS: &str =
    "Acme 1Q15 Results\n2015-08-08\nUnit: JPY million\n\t1Q15\nRevenues\t30,345\nOperating income\t987\n";

fn project() -> Project {
    Project::new().file("seeds/acme/company.toml", PROFILE).file("seeds/acme/2015-08-08-1q15.txt", RESULTS)
}

#[test]
fn a_process_of_its_own_makes_the_same_brief() {
    let project = project();
    let said = project.run("build --output own");
    assert!(said.contains("exit code 0"), "{said}");
    let said = project.run("build --output contained --untrusted-templates --report report.json");
    assert!(said.contains("exit code 0") && said.contains("1 brief: 1 new"), "{said}");
    let read = |folder: &str| fs::read(project.path(&format!("{folder}/acme/1Q15.pdf"))).expect("a brief");
    assert!(read("own") == read("contained"));
    let report = fs::read_to_string(project.path("report.json")).expect("a report");
    assert!(report.contains("\"status\": \"new\""), "{report}");
    let again = project.run("build --output contained --untrusted-templates");
    assert!(again.contains("1 brief: 0 new, 0 changed, 1 unchanged"), "{again}");
}

#[test]
fn a_template_that_takes_all_memory_is_one_failed_brief() {
    let style = include_str!("../../templates/style.typ");
    let project = project().file("templates/style.typ", format!("{style}\n#let bomb = \"a\" * 4000000000\n"));
    let said = project.run("build --untrusted-templates");
    assert!(said.contains("exit code 4") && said.contains("failed     output/acme/1Q15.pdf"), "{said}");
    assert!(said.contains("it asked for more than 1024 MB of memory"), "{said}");
    let left = fs::read_dir(project.path("output")).map(Iterator::count).unwrap_or_default();
    let brief = project.path("output/acme/1Q15.pdf");
    assert!(!fs::exists(&brief).expect("a readable folder"), "{left} entries are left");
}

#[test]
fn a_template_with_a_fault_is_told_as_ever() {
    let project = project().file("templates/en/title.hbs", "{{#sentence \"a\"}}{{lead.perod}}{{/sentence}}\n");
    let said = project.run("build --untrusted-templates");
    assert!(said.contains("exit code 3") && said.contains("--> templates/en/title.hbs:1:25"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_opens_no_file_beyond_the_project() {
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("1q16.txt");
    fs::write(&secret, RESULTS.replace("1Q15", "1Q16").replace("2015", "2016")).expect("a file");
    let project = project();
    std::os::unix::fs::symlink(&secret, project.path("seeds/acme/2016-08-08-1q16.txt")).expect("a link");
    let own = project.run("build --output own");
    assert!(own.contains("own/acme/1Q16.pdf"), "{own}");
    let said = project.run("build --untrusted-templates");
    // Where the kernel has no fence, the worker reads as its parent does.
    if fs::exists("/sys/kernel/security/landlock").unwrap_or(false) || said.contains("failed") {
        assert!(said.contains("left out a document") && !said.contains("new        output/acme/1Q16.pdf"), "{said}");
    }
}

/// What the kernel says of a process that the program started.
#[cfg(target_os = "linux")]
fn status_of_worker(parent: u32) -> Option<String> {
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    let threads = children.split_whitespace().flat_map(|child| {
        let tasks = fs::read_dir(format!("/proc/{child}/task")).into_iter().flatten().flatten();
        tasks.filter_map(|task| fs::read_to_string(task.path().join("status")).ok())
    });
    threads.into_iter().find(|status| status.contains("Seccomp:\t2"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_stands_behind_the_fence_around_the_network_while_it_works() {
    if !fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("Seccomp:")) {
        eprintln!("skipped: this kernel filters no calls");
        return;
    }
    let style = include_str!("../../templates/style.typ");
    let endless = format!(
        "{style}\n#let go(n) = {{ let i = 0; while i < n {{ i += 1 }} }}\n#for _ in range(100000) {{ go(9000) }}\n"
    );
    let project = project().file("templates/style.typ", endless);
    let mut run = project
        .command("build --untrusted-templates")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let began = std::time::Instant::now();
    let mut status = None;
    while status.is_none() && began.elapsed().as_secs() < 60 && run.try_wait().expect("a child").is_none() {
        status = status_of_worker(run.id());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let _ended = run.kill();
    let _ended = run.wait();
    let status = status.expect("a worker whose calls are filtered");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
}

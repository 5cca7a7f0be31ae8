//! The batch: what is built again and why, shards, reports, interrupts, and a store that is damaged.

use std::fs;
use std::path::Path;

use crate::project::Project;

const PROFILE: &str = "\
name = \"Acme Inc.\"
short_name = \"Acme\"
currency = \"JPY\"

[fiscal_year]
first_month = 4
named_after = \"start\"
";

/// Two quarters that share no figure, each in a document of its own.
const EARLY: &str =
    "Acme 1Q15 Results\n2015-08-08\nUnit: JPY million\n\t1Q15\nRevenues\t30,345\nOperating income\t987\n";
const LATE: &str =
    "Acme 1Q17 Results\n2017-08-08\nUnit: JPY million\n\t1Q17\nRevenues\t41,012\nOperating income\t1,234\n";

fn project(companies: &[&str]) -> Project {
    companies.iter().fold(Project::new(), |project, company| {
        project
            .file(&format!("seeds/{company}/company.toml"), PROFILE)
            .file(&format!("seeds/{company}/2015-08-08-1q15.txt"), EARLY)
            .file(&format!("seeds/{company}/2017-08-08-1q17.txt"), LATE)
    })
}

/// The data lines of a run.
fn stdout(project: &Project, line: &str) -> String {
    let output = project.command(line).output().expect("the program starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a text");
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn only_what_changed_is_built_again_and_the_reason_is_said() {
    let project = project(&["acme"]);
    let explain = || stdout(&project, "build --explain");
    let (early, late) = ("output/acme/1Q15.pdf", "output/acme/1Q17.pdf");
    assert_eq!(
        explain(),
        format!(
            "new        {early}  (not built before)\nnew        {late}  (not built before)\n\
             2 briefs: 2 new, 0 changed, 0 unchanged, 0 failed\n"
        )
    );
    let same = "(nothing it depends on changed)";
    let unchanged = format!(
        "unchanged  {early}  {same}\nunchanged  {late}  {same}\n2 briefs: 0 new, 0 changed, 2 unchanged, 0 failed\n"
    );
    assert_eq!(explain(), unchanged);

    fs::remove_file(project.path(early)).expect("removed");
    assert!(explain().starts_with(&format!("new        {early}  (its file is gone)\nunchanged  {late}")));
    fs::write(project.path(late), "scribble").expect("written");
    assert!(explain().contains(&format!("changed    {late}  (its file was changed by another program)\n")));

    edit(&project.path("seeds/acme/2017-08-08-1q17.txt"), "1,234", "1,243");
    let said = explain();
    assert!(said.contains(&format!("unchanged  {early}")), "{said}");
    assert!(said.contains(&format!("changed    {late}  (changed: figures")), "{said}");

    edit(&project.path("output/.tanshin/acme.json"), "1Q17", "1Q18");
    let output = project.command("build --explain").output().expect("the program starts");
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(warned.contains("left out the record of an earlier run, which is damaged"), "{warned}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("(no record of an earlier build)"));
    assert_eq!(explain(), unchanged);
}

#[test]
fn a_dry_run_writes_nothing_and_force_makes_all() {
    let project = project(&["acme"]);
    assert!(
        stdout(&project, "build --dry-run")
            .ends_with("2 briefs: 2 to build, 0 unchanged, 0 failed; nothing was written\n")
    );
    assert!(!project.path("output").exists());
    stdout(&project, "build");
    assert!(stdout(&project, "build --dry-run").contains("2 unchanged"));
    assert!(stdout(&project, "build --force --explain").contains("(forced)"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let project = project(&["a", "b", "c"]);
    stdout(&project, "build --jobs 1 --output one");
    stdout(&project, "build --jobs 5 --output many");
    for company in ["a", "b", "c"] {
        for quarter in ["1Q15", "1Q17"] {
            let bytes =
                |folder: &str| fs::read(project.path(&format!("{folder}/{company}/{quarter}.pdf"))).expect("a brief");
            assert_eq!(bytes("one"), bytes("many"));
        }
    }
}

#[test]
fn shards_share_the_companies_and_their_reports_become_one() {
    let project = project(&["a", "b", "c", "d"]);
    for shard in 1..=3 {
        stdout(&project, &format!("build --shard {shard}/3 --report reports/{shard}.json"));
    }
    let merged = stdout(&project, "report merge reports/1.json reports/2.json reports/3.json");
    assert!(merged.contains("\"new\": 8"), "{merged}");
    let partly = project.run("report merge reports/1.json reports/3.json --output all.json");
    assert!(partly.contains("exit code 1") && partly.contains("found no report of shard 2/3"), "{partly}");
    let foreign = project.file("notes.json", "{}");
    let said = foreign.run("report merge reports/1.json notes.json");
    assert!(said.contains("exit code 3") && said.contains("error: cannot read a report: missing field"), "{said}");
    let said = foreign.run("build --shard 4/3");
    assert!(said.contains("exit code 2") && said.contains("part 4 is not between 1 and 3"), "{said}");
    let scheduled = foreign
        .command("build --shard auto/3 --dry-run")
        .env("JOB_COMPLETION_INDEX", "0")
        .output()
        .expect("the program starts");
    assert_eq!(
        String::from_utf8_lossy(&scheduled.stdout),
        stdout(&foreign, "build --shard 1/3 --dry-run"),
        "Kubernetes counts from 0"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_finishes_what_is_in_hand_and_can_be_taken_up_again() {
    use std::process::{Command, Stdio};

    let names: Vec<String> = (0..40).map(|number| format!("c{number:02}")).collect();
    let project = project(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut command = project.command("build --jobs 1");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    while !project.path("output/c01/1Q17.pdf").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert!(child.try_wait().expect("a child").is_none());
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill starts");
    assert!(killed.success());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("warning: interrupted: ") && said.contains("are left"), "{said}");
    let again = stdout(&project, "build");
    assert!(
        again.contains("unchanged  output/c00/1Q15.pdf") && again.contains("new        output/c39/1Q17.pdf"),
        "{again}"
    );
}

#[test]
fn one_version_of_the_cache_that_typst_fills_is_in_the_program() {
    let lock = include_str!("../../Cargo.lock");
    assert_eq!(lock.matches("name = \"comemo\"\n").count(), 1, "another version would never be emptied");
}

/// A running `tanshin watch`; it ends with the test.
#[cfg(unix)]
struct Watching {
    child: std::process::Child,
    lines: std::sync::mpsc::Receiver<String>,
}

#[cfg(unix)]
impl Watching {
    fn start(project: &Project) -> Self {
        use std::io::{BufRead, BufReader};

        // One pipe, so that the lines stand in the order in which they were written.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let mut command = project.command("watch");
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let child = command.spawn().expect("the program starts");
        let (sender, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(reader).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
        });
        Self { child, lines }
    }

    /// What is said up to a line that begins with these words, the line among it.
    fn until(&self, words: &str) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(std::time::Duration::from_secs(120));
            let line = line.unwrap_or_else(|_| panic!("no `{words}` after\n{said}"));
            said.push_str(&line);
            said.push('\n');
            if line.starts_with(words) {
                return said;
            }
        }
    }
}

#[cfg(unix)]
impl Drop for Watching {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn watch_builds_what_a_save_changed_tells_why_and_goes_on_after_errors() {
    let project = project(&["acme"]);
    let mut watching = Watching::start(&project);
    let first = watching.until("watching");
    assert!(first.contains("new        output/acme/1Q15.pdf  (not built before)"), "{first}");
    let text = || project.text("output/acme/1Q17.pdf");
    let write = |path: &str, text: &str| {
        fs::create_dir_all(project.path(path).parent().expect("a folder")).expect("a folder");
        fs::write(project.path(path), text).expect("written");
    };

    let document = "seeds/acme/2017-08-08-1q17.txt";
    write(document, &LATE.replace("41,012", "41,013"));
    let said = watching.until("2 briefs");
    assert_eq!(
        said,
        format!(
            "saved: {document}\nchanged    output/acme/1Q17.pdf  (changed: figures, data)\n\
             2 briefs: 0 new, 1 changed, 1 unchanged, 0 failed\n"
        )
    );
    assert!(text().contains("41,013"), "{}", text());

    write("templates/en/moves.toml", "up = [\"rose\n");
    let said = watching.until("hint: ");
    assert!(said.starts_with("saved: templates/en/moves.toml\nerror: "), "{said}");
    fs::remove_file(project.path("templates/en/moves.toml")).expect("removed");
    let said = watching.until("2 briefs");
    assert!(said.ends_with("toml\n2 briefs: 0 new, 0 changed, 2 unchanged, 0 failed\n"), "{said}");
    write(
        "templates/en/result.hbs",
        "{{#sentence \"result/mine\"}}\n  Sales were {{money lead.revenue.level}}.\n{{/sentence}}\n",
    );
    let said = watching.until("2 briefs");
    assert!(said.contains("(changed: text, data)\n2 briefs: 0 new, 2 changed"), "{said}");
    assert!(text().contains("Sales were JPY41.0 billion"), "{}", text());

    write("tanshin.toml", "[brand]\nfoter = \"For investors\"\n");
    assert!(watching.until("hint: ").contains("did you mean `footer`?"));
    write("tanshin.toml", "[brand]\nfooter = \"For investors\"\n[folders]\noutput = \"out\"\n");
    let said = watching.until("2 briefs");
    assert!(said.contains("new        out/acme/1Q17.pdf  (not built before)"), "{said}");
    assert!(project.text("out/acme/1Q17.pdf").contains("For investors"));

    let told = std::process::Command::new("kill").args(["-INT", &watching.child.id().to_string()]).status();
    assert!(told.expect("kill is there").success());
    assert_eq!(watching.child.wait().expect("an end").code(), Some(130));
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(project.path(folder)).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    };
    let mut left = names("out/acme");
    left.sort();
    assert_eq!(left, ["1Q15.pdf", "1Q17.pdf"], "no debris");
}

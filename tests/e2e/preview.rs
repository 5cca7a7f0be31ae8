//! `tanshin preview` as a hostile client sees it. What it shows is tested in a browser, in `tests/browser`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::project::{PROFILE, Project};

const DOCUMENT: &str = "\
Acme Inc. First Quarter Results for the Three Months Ended March 31, 2017
May 8, 2017

Revenues were USD 41.0 million, up 13.2% year on year, and operating income was USD 6.1 million.
";

/// A running preview; it ends with the test.
pub struct Preview {
    child: Child,
    port: u16,
    /// The project that it shows.
    pub project: Project,
}

impl Preview {
    /// Starts a preview of a project's last quarter.
    pub fn start(project: Project) -> Self {
        let mut child = project.command("preview").stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a stream")).read_line(&mut line).expect("a line");
        let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no address in `{line}`"));
        Self { child, port, project }
    }

    fn acme() -> Self {
        let project = Project::acme().file("seeds/acme/1q17.txt", DOCUMENT);
        Self::start(project)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        stream
    }

    /// The whole answer to these very bytes; `PORT` stands for the port.
    fn send(&self, request: &str) -> String {
        let mut stream = self.connect();
        // The server may have heard enough before all is said.
        let _heard_enough = stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes());
        let mut answer = Vec::new();
        let _cut = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"))
    }

    /// The body of the answer as JSON. Where there is no news yet, it is asked for again.
    pub fn json(&self, path: &str) -> serde_json::Value {
        let mut asked = (0..8).map(|_| self.get(path));
        let answer = asked.find(|answer| !answer.starts_with("HTTP/1.1 204")).expect("news");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        serde_json::from_str(body).expect("JSON")
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

fn status(answer: &str) -> &str {
    answer.lines().next().unwrap_or("no answer")
}

#[test]
fn hostile_requests_are_refused_and_the_next_one_is_answered() {
    let preview = Preview::acme();
    let host = "Host: 127.0.0.1:PORT\r\n";
    let check = |request: &str, expected: &str| {
        let answer = preview.send(request);
        assert_eq!(status(&answer), expected, "{:.80}", request);
        assert!(!answer.contains("root:") && !answer.contains("Acme"), "{answer}");
        assert_eq!(status(&preview.get("/")), "HTTP/1.1 200 OK");
    };
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page/../../../etc/passwd",
        "/page/",
        "/seeds",
        "/page/..%2f..%2fetc%2fpasswd.svg",
        "/tanshin.toml",
        "/.git/config",
        "/page",
        "//",
        "/index.html",
    ] {
        check(&format!("GET {path} HTTP/1.1\r\n{host}\r\n"), "HTTP/1.1 404 Not Found");
    }
    check("GET /brief HTTP/1.1\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 403 Forbidden");
    check("GET /brief HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", "HTTP/1.1 403 Forbidden");
    check(&format!("GET /brief HTTP/1.1\r\n{host}Origin: https://evil.example\r\n\r\n"), "HTTP/1.1 403 Forbidden");
    check(&format!("POST /brief HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc"), "HTTP/1.1 405 Method Not Allowed");
    check(&format!("GET /brief?company=../x HTTP/1.1\r\n{host}\r\n"), "HTTP/1.1 404 Not Found");
    check(&format!("GET /brief?period=9Q99 HTTP/1.1\r\n{host}\r\n"), "HTTP/1.1 404 Not Found");
    check(&format!("GET /figure?key=%00 HTTP/1.1\r\n{host}\r\n"), "HTTP/1.1 404 Not Found");
    check("GET / HTTP/9.9\r\n\r\n", "HTTP/1.1 400 Bad Request");
    check("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0", "HTTP/1.1 400 Bad Request");
    check(
        &format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: {}\r\n\r\n", "a".repeat(100_000)),
        "HTTP/1.1 431 Request Header Fields Too Large",
    );
    check(&format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(5_000)), "HTTP/1.1 414 URI Too Long");
}

#[test]
fn every_answer_forbids_what_a_page_does_not_need() {
    let preview = Preview::acme();
    let brief = preview.json("/brief");
    let page = &brief["pages"][0];
    let drawing = format!("/page/{}.svg", page["drawing"].as_str().expect("an id"));
    let layer = format!("/page/{}.json", page["layer"].as_str().expect("an id"));
    for path in ["/", "/brief", "/none", &drawing, &layer] {
        let answer = preview.get(path);
        for header in [
            "default-src 'none'",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
            "frame-ancestors 'none'",
        ] {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
        assert!(!answer.contains("Access-Control-Allow"), "{path}");
    }
    let nonce = |answer: String| answer.split("script-src 'nonce-").nth(1).map(|rest| rest[..32].to_owned());
    let (one, two) = (nonce(preview.get("/")), nonce(preview.get("/")));
    assert!(one.is_some() && one != two, "each page has a mark of its own");
}

#[test]
fn a_thousand_connections_and_slow_clients_hold_nobody_up() {
    let preview = Preview::acme();
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..1000 {
        let mut stream = preview.connect();
        // Some say nothing, some begin and never end.
        if number % 2 == 0 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").expect("a connection");
        }
        slow.push(stream);
    }
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(status(&preview.get("/")), "HTTP/1.1 200 OK");
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(slow);
    let answered: usize = thread::scope(|scope| {
        let ask = |_| scope.spawn(|| (0..20).filter(|_| status(&preview.get("/")) == "HTTP/1.1 200 OK").count());
        let asked: Vec<_> = (0..50).map(ask).collect();
        asked.into_iter().map(|thread| thread.join().expect("a thread")).sum()
    });
    assert_eq!(answered, 1000);
}

#[test]
fn a_client_that_never_ends_its_request_is_let_go() {
    let preview = Preview::acme();
    let mut slow = preview.connect();
    let began = Instant::now();
    let mut drops = 0;
    // A byte now and then does not prolong the deadline.
    while began.elapsed() < Duration::from_secs(15) && slow.write_all(b"G").is_ok() {
        drops += 1;
        thread::sleep(Duration::from_millis(250));
    }
    assert!((4..15).contains(&began.elapsed().as_secs()), "{drops} bytes in {:?}", began.elapsed());
}

#[test]
fn what_documents_and_profiles_say_arrives_as_text() {
    let name = "</script><script>alert(1)</script> {{nonce}} \\u001b[31mred \\u202eevil";
    let profile = PROFILE.replace("Acme Inc.", name).replace("\"Acme\"", "\"<img src=x onerror=alert(1)>\"");
    let preview =
        Preview::start(Project::new().file("seeds/acme/company.toml", profile).file("seeds/acme/1q17.txt", DOCUMENT));
    assert!(!preview.get("/").contains("alert(1)"), "the page itself holds nothing of the documents");
    let answer = preview.get("/brief");
    assert!(answer.contains("Content-Type: application/json\r\n"), "{answer}");
    let brief = preview.json("/brief");
    assert!(brief["title"].as_str().expect("a title").starts_with("<img src=x onerror=alert(1)>"), "{brief}");
    for page in brief["pages"].as_array().expect("pages") {
        let drawing = preview.get(&format!("/page/{}.svg", page["drawing"].as_str().expect("an id")));
        assert!(!drawing.contains("<script") && !drawing.contains("onerror"), "words are outlines");
    }
}

#[test]
fn an_edit_is_told_with_its_place_and_the_last_good_pages_stay() {
    let preview = Preview::acme();
    let first = preview.json("/brief");
    let after = |told: &serde_json::Value| preview.json(&format!("/brief?seen={}", told["seq"]));
    let template = preview.project.path("templates/en/result.hbs");
    fs::create_dir_all(template.parent().expect("a folder")).expect("a folder");
    let until = |what: &dyn Fn(&serde_json::Value) -> bool| {
        let mut told = preview.json("/brief");
        while !what(&told) {
            told = after(&told);
        }
        told
    };
    fs::write(&template, "{{#sentence \"result/mine\"}}\n  It was {{money lead.revenu.level}}.\n{{/sentence}}\n")
        .expect("a file");
    let wrong = until(&|told| !told["errors"].as_array().expect("a list").is_empty());
    assert_snapshot!("preview-errors", serde_json::to_string_pretty(&wrong["errors"]).expect("JSON"));
    assert_eq!(wrong["pages"], first["pages"], "the last good pages stay");
    fs::write(&template, "{{#sentence \"result/mine\"}}\n  It was {{money lead.revenue.level}}.\n{{/sentence}}\n")
        .expect("a file");
    let mine = |told: &serde_json::Value| {
        told["sentences"].as_array().expect("a list").iter().find(|sentence| sentence["name"] == "result/mine").cloned()
    };
    let mended = until(&|told| told["errors"].as_array().expect("a list").is_empty() && mine(told).is_some());
    assert_ne!(mended["pages"], first["pages"]);
    let own = mine(&mended).expect("the sentence is there");
    assert_eq!((own["template"]["own"].as_bool(), own["template"]["line"].as_u64()), (Some(true), Some(1)));
    assert!(mended["changed"].as_array().expect("a list").iter().any(|change| change["name"] == "result/mine"));
    let key = own["figures"][0]["key"].as_str().expect("a key").replace(' ', "%20");
    let figure = preview.json(&format!("/figure?key={key}"));
    assert_eq!(figure["trace"]["sources"][0]["printed"], "41.0");
}

#[test]
fn a_save_without_a_change_is_no_edit_and_what_is_saved_at_once_is_seen_at_once() {
    let settings = "[brand]\nfooter = \"One\"\n";
    let template = "{{#sentence \"result/mine\"}}\n  It was {{money lead.revenue.level}}.\n{{/sentence}}\n";
    let project = Project::acme().file("seeds/acme/1q17.txt", DOCUMENT).file("tanshin.toml", settings);
    let preview = Preview::start(project.file("templates/en/result.hbs", template));
    let first = preview.json("/brief");
    let write = |path: &str, text: &str| fs::write(preview.project.path(path), text).expect("a file");
    for (path, text) in [
        ("tanshin.toml", settings),
        ("templates/en/result.hbs", template),
        ("seeds/acme/1q17.txt", DOCUMENT),
        ("seeds/acme/company.toml", PROFILE),
    ] {
        write(path, text);
        thread::sleep(Duration::from_millis(120));
    }
    assert_eq!(preview.json("/brief")["edition"], first["edition"], "nothing was edited");
    write("tanshin.toml", &settings.replace("One", "Two"));
    write("seeds/acme/1q17.txt", &DOCUMENT.replace("41.0", "43.7"));
    let mut told = preview.json("/brief");
    let says = |told: &serde_json::Value, words: &str| told["sentences"].to_string().contains(words);
    while !says(&told, "43.7") {
        told = preview.json(&format!("/brief?seen={}", told["seq"]));
    }
    let drawing = |told: &serde_json::Value| told["pages"][0]["drawing"].as_str().expect("an id").to_owned();
    assert_ne!(drawing(&told), drawing(&first));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_nothing_is_written() {
    let mut preview = Preview::acme();
    preview.json("/brief");
    let names = |project: &Project| -> Vec<String> {
        let entries = fs::read_dir(project.path(".")).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(&preview.project), ["seeds"]);
    let told = std::process::Command::new("kill").args(["-INT", &preview.child.id().to_string()]).status();
    assert!(told.expect("kill is there").success());
    assert_eq!(preview.child.wait().expect("an end").code(), Some(0));
}

#[test]
fn a_preview_that_cannot_start_says_why() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let project = Project::acme().file("seeds/acme/1q17.txt", DOCUMENT);
    let lines = [
        format!("preview --port {port}"),
        "preview 3Q99".to_owned(),
        "preview 1Q".to_owned(),
        "preview --company acne".to_owned(),
    ];
    let said = lines.map(|line| project.run(&line)).join("\n").replace(&port.to_string(), "<port>");
    let empty = Project::acme().run("preview");
    assert_snapshot!("preview-refused", format!("{said}\n{empty}"));
}

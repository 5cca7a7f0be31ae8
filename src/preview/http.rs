//! The head of a request, read with care: who asks is checked before what is asked for. Only what a browser on this machine
//! sends for our own page passes; another web page that calls us by a name of its own does not.

use std::collections::BTreeMap;

use super::reply::Status;

/// The longest head that is read, in bytes.
pub const HEAD: usize = 8 * 1024;
/// The longest address in it.
const ADDRESS: usize = 2 * 1024;
/// The most header lines.
const HEADERS: usize = 64;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path as it was sent: compared with known ones, never opened.
    pub path: String,
    /// The values behind the `?`.
    pub query: BTreeMap<String, String>,
}

impl Request {
    /// A value of the query, empty where there is none.
    pub fn value(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }
}

/// What the bytes so far are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The beginning of a head.
    Part,
    /// A whole head that passes.
    Whole(Request),
    /// No head that we answer.
    Refused(Status),
}

/// Reads a head that came in on our port.
pub fn read(bytes: &[u8], port: u16) -> Head {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    match head.parse(bytes) {
        Ok(httparse::Status::Partial) if bytes.len() < HEAD => Head::Part,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => Head::Refused(Status::TooLarge),
        Err(_) => Head::Refused(Status::Malformed),
        Ok(httparse::Status::Complete(_)) => request(&head, port).map_or_else(Head::Refused, Head::Whole),
    }
}

fn request(head: &httparse::Request<'_, '_>, port: u16) -> Result<Request, Status> {
    let header = |name: &str| -> Result<Option<&str>, Status> {
        let mut values = head.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        let Some(value) = values.next() else { return Ok(None) };
        let text = std::str::from_utf8(value.value).map_err(|_| Status::Malformed)?;
        // Of two, one reader takes the first and another the last.
        if values.next().is_some() { Err(Status::Malformed) } else { Ok(Some(text.trim())) }
    };
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = header("host")?.ok_or(Status::Malformed)?;
    if !ours.iter().any(|name| name.eq_ignore_ascii_case(host)) {
        return Err(Status::Stranger);
    }
    if let Some(origin) = header("origin")?
        && !ours.iter().any(|name| origin.eq_ignore_ascii_case(&format!("http://{name}")))
    {
        return Err(Status::Stranger);
    }
    let (path, query) = address(head.path.unwrap_or_default())?;
    // A link to the page itself may be followed from anywhere; nothing else is for other pages.
    let followed = path == "/" && header("sec-fetch-mode")? == Some("navigate");
    if !followed && matches!(header("sec-fetch-site")?, Some("cross-site" | "same-site")) {
        return Err(Status::Stranger);
    }
    if head.method != Some("GET") {
        return Err(Status::Method);
    }
    let has_body = header("content-length")?.is_some_and(|length| length != "0");
    if has_body || header("transfer-encoding")?.is_some() {
        return Err(Status::Malformed);
    }
    Ok(Request { path, query })
}

/// Path and query of an address.
fn address(text: &str) -> Result<(String, BTreeMap<String, String>), Status> {
    if text.len() > ADDRESS {
        return Err(Status::TooLong);
    }
    if !text.starts_with('/') {
        return Err(Status::Malformed);
    }
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let mut values = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        values.insert(decoded(name).ok_or(Status::Malformed)?, decoded(value).ok_or(Status::Malformed)?);
    }
    Ok((path.to_owned(), values))
}

/// The text behind `%41`.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex(rest.next()?)? * 16 + hex(rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: &str) {
        let seen = match read(head.replace('\n', "\r\n").as_bytes(), 4000) {
            Head::Part => "more".to_owned(),
            Head::Whole(Request { path, query }) => format!("{path} {query:?}"),
            Head::Refused(status) => status.line().to_owned(),
        };
        assert_eq!(seen, expected, "{head}");
    }

    const HOST: &str = "Host: 127.0.0.1:4000\n";

    #[test]
    fn a_browser_on_our_page_is_answered() {
        check(&format!("GET / HTTP/1.1\n{HOST}\n"), "/ {}");
        check("GET /?a=%E2%96%B2+b&c HTTP/1.1\nHost: LOCALHOST:4000\n\n", "/ {\"a\": \"▲+b\", \"c\": \"\"}");
        check(&format!("GET / HTTP/1.1\n{HOST}Origin: http://localhost:4000\n\n"), "/ {}");
        check(&format!("GET /brief HTTP/1.1\n{HOST}Sec-Fetch-Site: same-origin\n\n"), "/brief {}");
        check(&format!("GET / HTTP/1.1\n{HOST}"), "more");
    }

    #[test]
    fn another_web_page_is_refused_by_the_names_it_calls_us() {
        check("GET / HTTP/1.1\nHost: evil.example:4000\n\n", "403 Forbidden");
        check("GET / HTTP/1.1\nHost: 127.0.0.1\n\n", "403 Forbidden");
        check("GET / HTTP/1.1\nHost: 127.0.0.1:4000.evil.example\n\n", "403 Forbidden");
        check(&format!("GET / HTTP/1.1\n{HOST}Origin: http://evil.example\n\n"), "403 Forbidden");
        check(&format!("GET / HTTP/1.1\n{HOST}Origin: null\n\n"), "403 Forbidden");
        check(&format!("GET /brief HTTP/1.1\n{HOST}Sec-Fetch-Site: cross-site\n\n"), "403 Forbidden");
        let link = "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\n";
        check(&format!("GET / HTTP/1.1\n{HOST}{link}\n"), "/ {}");
        check(&format!("GET /brief HTTP/1.1\n{HOST}{link}\n"), "403 Forbidden");
    }

    #[test]
    fn what_is_no_plain_request_is_refused() {
        check("GET / HTTP/1.1\n\n", "400 Bad Request");
        check(&format!("GET / HTTP/1.1\n{HOST}{HOST}\n"), "400 Bad Request");
        check(&format!("GET http://127.0.0.1:4000/ HTTP/1.1\n{HOST}\n"), "400 Bad Request");
        check(&format!("GET /?a=%zz HTTP/1.1\n{HOST}\n"), "400 Bad Request");
        check(&format!("GET /?a=%ff HTTP/1.1\n{HOST}\n"), "400 Bad Request");
        check(&format!("GET / HTTP/1.1\n{HOST}Transfer-Encoding: chunked\n\n"), "400 Bad Request");
        check(&format!("GET / HTTP/1.1\n{HOST}Content-Length: 5\n\n"), "400 Bad Request");
        check(&format!("POST / HTTP/1.1\n{HOST}\n"), "405 Method Not Allowed");
        check("\0\0\0\0", "400 Bad Request");
        check("PRI * HTTP/2.0\n\nSM\n\n", "400 Bad Request");
        check(&format!("GET /{} HTTP/1.1\n{HOST}\n", "a".repeat(ADDRESS)), "414 URI Too Long");
        check(&format!("GET / HTTP/1.1\n{HOST}X: {}", "a".repeat(HEAD)), "431 Request Header Fields Too Large");
        check(&format!("GET / HTTP/1.1\n{HOST}{}\n", "X: a\n".repeat(100)), "431 Request Header Fields Too Large");
    }
}

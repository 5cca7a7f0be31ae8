//! Replies: a status, a body, and the headers that keep what documents contain from acting in a browser.

use std::sync::Arc;

/// How a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// With what was asked for.
    Ok,
    /// There is nothing new.
    Nothing,
    /// The request is no request.
    Malformed,
    /// It comes from a page that is not ours.
    Stranger,
    /// There is no such thing.
    Missing,
    /// We answer `GET` only.
    Method,
    /// The address is too long.
    TooLong,
    /// The head is too large.
    TooLarge,
    /// The program has a fault.
    Fault,
}

impl Status {
    /// The number and the words.
    pub fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::Nothing => "204 No Content",
            Self::Malformed => "400 Bad Request",
            Self::Stranger => "403 Forbidden",
            Self::Missing => "404 Not Found",
            Self::Method => "405 Method Not Allowed",
            Self::TooLong => "414 URI Too Long",
            Self::TooLarge => "431 Request Header Fields Too Large",
            Self::Fault => "500 Internal Server Error",
        }
    }
}

/// What a body is, and what a browser may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The page; only the script and the style with this mark run.
    Page {
        /// The mark, made for this one reply.
        nonce: String,
    },
    /// Data for the page.
    Json,
    /// A drawing; its address names its content, so it may be kept.
    Drawing,
    /// Data whose address names its content.
    Kept,
    /// A few words.
    Text,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: Status,
    /// What the body is.
    pub kind: Kind,
    /// The body.
    pub body: Arc<[u8]>,
}

impl Reply {
    /// What was asked for.
    pub fn ok(kind: Kind, body: impl Into<Arc<[u8]>>) -> Self {
        Self { status: Status::Ok, kind, body: body.into() }
    }

    /// The status in words.
    pub fn status(status: Status) -> Self {
        let body = if status == Status::Nothing { Vec::new() } else { format!("{}\n", status.line()).into_bytes() };
        Self { status, kind: Kind::Text, body: body.into() }
    }

    /// Status line and headers.
    pub fn head(&self) -> String {
        let (kind, cache, policy) = match &self.kind {
            Kind::Page { nonce } => ("text/html; charset=utf-8", "no-store", page_policy(nonce)),
            Kind::Json => ("application/json", "no-store", NOTHING.to_owned()),
            Kind::Kept => ("application/json", "private, max-age=3600, immutable", NOTHING.to_owned()),
            Kind::Drawing => ("image/svg+xml", "private, max-age=3600, immutable", DRAWING.to_owned()),
            Kind::Text => ("text/plain; charset=utf-8", "no-store", NOTHING.to_owned()),
        };
        let allow = if self.status == Status::Method { "Allow: GET\r\n" } else { "" };
        format!(
            "HTTP/1.1 {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: {cache}\r\n\
             Content-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\n{allow}Connection: close\r\n\r\n",
            self.status.line(),
            self.body.len()
        )
    }
}

const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// A drawing that is opened by itself: its own styles and embedded pictures, no script.
const DRAWING: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";

fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

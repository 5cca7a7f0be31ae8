//! Whether a picture can be set: typst is asked with the very bytes.

use typst::foundations::Bytes;
use typst::syntax::Source;
use typst_layout::PagedDocument;

use super::template::interned;
use super::world::Desk;
use super::{Fonts, Template};

/// Why typst cannot set a logo; `name` is `logo.svg` or `logo.png`.
pub fn picture_fault(name: &str, bytes: &[u8]) -> Option<String> {
    let text = format!("#image(\"/{name}\", height: 9mm, alt: \"Logo\")");
    let template = Template { sources: vec![Source::new(interned("brief.typ"), text)] };
    let logo = Some(Bytes::new(bytes.to_vec()));
    let desk = Desk {
        template: &template,
        fonts: &Fonts::embedded(),
        content: Bytes::new(Vec::new()),
        density: 1.0,
        spare: 0.0,
        together: "",
        attachment: None,
        logo,
    };
    let errors = typst::compile::<PagedDocument>(&desk).output.err()?;
    errors.first().map(|error| error.message.to_string())
}

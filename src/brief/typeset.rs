//! The verb of this room: content, look and fonts become one PDF.

use serde_json::Value;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Smart};
use typst::layout::{Frame, FrameItem};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, pdf};

use super::compact::{self, Marks};
use super::density::{self, DENSITIES, Faults, MOST_ATTEMPTS, NONE, Outlook, TOGETHER};
use super::forget::Forget;
use super::geometry::Geometry;
use super::jump::Places;
use super::pack::Objects;
use super::thin::thinned;
use super::tree::{PageMarks, Tree};
use super::world::Desk;
use super::{BriefError, Content, Fonts, Problem, SourcesForm, Template, escape, jump, measure, reference, typeface};
use crate::model::{Warned, Warning};

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file: tagged, PDF/UA-1 and PDF/A-3a.
    pub bytes: Vec<u8>,
    /// The text of each page as it was set, for checks of what is printed.
    pub pages: Vec<String>,
}

/// Sets a brief. The same content, template and fonts give the same bytes.
///
/// # Errors
/// When the content or the template is at fault.
pub fn typeset(content: &Content, template: &Template, fonts: &Fonts) -> Result<Warned<Pdf>, BriefError> {
    lay_out(content, template, fonts)?.export()
}

/// Whether a brief can be set and made a file; what typst remembers is kept.
///
/// # Errors
/// As [`typeset`].
pub fn prove(content: &Content, template: &Template, fonts: &Fonts) -> Result<(), BriefError> {
    laid_out(content, template, fonts)?.exported().map(drop)
}

/// Sets the pages of a brief, which are still to be exported.
///
/// # Errors
/// When the content or the template is at fault.
pub fn lay_out<'a>(content: &'a Content, template: &'a Template, fonts: &'a Fonts) -> Result<Pages<'a>, BriefError> {
    let _forget = Forget::when_done();
    laid_out(content, template, fonts)
}

/// The same, and typst remembers.
pub(super) fn laid_out<'a>(
    content: &'a Content,
    template: &'a Template,
    fonts: &'a Fonts,
) -> Result<Pages<'a>, BriefError> {
    let (tree, doubts) = prepared(content, fonts)?;
    let desk = desk(&tree, content, template, fonts)?;
    let mut pages = Pages::set(desk, content)?;
    let mut outlook = Outlook::new(pages.length(), pages.most());
    let mut attempts = 0;
    for density in DENSITIES {
        if pages.faults() == NONE || attempts == MOST_ATTEMPTS {
            break;
        }
        if outlook.promises(density, pages.faults()) {
            attempts += 1;
            let other = Pages::set(Desk { density, ..pages.desk.clone() }, content)?;
            outlook.learn(density, other.length());
            if other.faults() < pages.faults() {
                pages = other;
            }
        }
    }
    for (least, together) in TOGETHER {
        if pages.ends_below(least) {
            let other = Pages::set(Desk { together, ..pages.desk.clone() }, content)?;
            if other.count() <= pages.count() && other.fill() > pages.fill() {
                pages = other;
            }
        }
    }
    pages.warnings.splice(0..0, doubts);
    Ok(pages)
}

/// The content as the page template reads it: with the template's files, a `density.json` that holds 1, a `spare.json` that holds 0
/// and a `together.json` that holds an empty text, any typst program can set it.
///
/// # Errors
/// When the content is at fault.
pub fn sheet(content: &Content, fonts: &Fonts) -> Result<Vec<u8>, BriefError> {
    Ok(serde_json::to_vec(&prepared(content, fonts)?.0)?)
}

/// The content as the template sees it, and what was cleaned away.
fn prepared(content: &Content, fonts: &Fonts) -> Result<(Value, Vec<Warning>), BriefError> {
    let mut tree = reference::resolve(content)?;
    if content.sources_form == SourcesForm::Lines {
        tree["source_lines"] = compact::of(&tree, Marks::of(fonts, content.brand.family()));
    }
    tree["attachment"] = content.attachment.as_ref().map(|file| file.description.as_str()).into();
    let doubts = escape::clean(&mut tree, fonts);
    measure::measure(&mut tree, fonts);
    Ok((tree, doubts))
}

/// Everything in the template's files that typst cannot even read, in the order of files and places.
pub fn faults(template: &Template, fonts: &Fonts) -> Vec<Problem> {
    let desk = Desk {
        template,
        fonts,
        content: Bytes::new(Vec::new()),
        density: 1.0,
        spare: 0.0,
        together: "",
        attachment: None,
        logo: None,
    };
    let errors = template.sources.iter().flat_map(|source| source.root().errors_and_warnings().0);
    let mut problems: Vec<Problem> = errors.map(|error| problem(&desk, &error.into())).collect();
    problems.sort_by_cached_key(|problem| order(problem.place.as_deref().unwrap_or_default()));
    problems
}

/// A place as its file and numbers, so that line 9 comes before line 10.
fn order(place: &str) -> (String, Vec<usize>) {
    let mut parts = place.split(':');
    let file = parts.next().unwrap_or_default().to_owned();
    (file, parts.filter_map(|number| number.parse().ok()).collect())
}

/// Sets the pages of a brief without keeping them: what typst finds wrong or doubtful. `as_file` asks for what only a file needs, like
/// a glyph for each character.
///
/// # Errors
/// When the content itself is at fault.
pub fn proof(content: &Content, template: &Template, fonts: &Fonts, as_file: bool) -> Result<Vec<Problem>, BriefError> {
    let (tree, _) = prepared(content, fonts)?;
    let _forget = Forget::when_done();
    let desk = desk(&tree, content, template, fonts)?;
    let compiled = typst::compile::<PagedDocument>(&desk);
    let errors = match compiled.output {
        Ok(document) if as_file => pdf(&document, &options(content)).err().unwrap_or_default(),
        Ok(_) => Default::default(),
        Err(errors) => errors,
    };
    Ok(errors.iter().chain(&compiled.warnings).map(|diagnostic| problem(&desk, diagnostic)).collect())
}

/// Points by which columns that are too low grow first, and the number of times that they grow by twice as much.
const GROWTH: f64 = 20.0;
const MOST_GROWTHS: usize = 8;

/// The pages of a brief before they become a file.
pub struct Pages<'a> {
    pub(super) document: PagedDocument,
    pub(super) places: Places,
    desk: Desk<'a>,
    pub(super) content: &'a Content,
    pub(super) warnings: Vec<Warning>,
}

impl<'a> Pages<'a> {
    /// Sets the pages, and once more with higher columns where the sources run out of theirs: lines of long words leave more room than
    /// their widths tell.
    fn set(desk: Desk<'a>, content: &'a Content) -> Result<Self, BriefError> {
        let mut pages = Self::set_once(desk, content)?;
        for _ in 0..MOST_GROWTHS {
            if !pages.places.spilled() {
                break;
            }
            let spare = 2.0 * pages.desk.spare + GROWTH;
            pages = Self::set_once(Desk { spare, ..pages.desk }, content)?;
        }
        Ok(pages)
    }

    fn set_once(desk: Desk<'a>, content: &'a Content) -> Result<Self, BriefError> {
        let compiled = typst::compile::<PagedDocument>(&desk);
        let warnings = compiled.warnings.iter().map(|diagnostic| warning(&desk, diagnostic)).collect();
        let document = compiled.output.map_err(|errors| failed(&desk, &errors))?;
        Ok(Self { places: Places::of(&document), document, desk, content, warnings })
    }

    /// The number of pages.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// The share of its height down to which the last page is filled.
    pub fn fill(&self) -> f64 {
        let Some((last, before)) = self.document.pages().split_last() else { return 0.0 };
        self.places.end(before.len()).map_or(1.0, |end| 1.0 - end / last.frame.height().to_pt())
    }

    /// What stands where on each page.
    pub fn geometry(&self) -> Vec<Geometry> {
        Geometry::all(&self.document)
    }

    /// Whether the last of several pages, which sources fill line by line, holds less than this share of its height.
    fn ends_below(&self, least: f64) -> bool {
        self.content.sources_form == SourcesForm::Lines && self.count() > 1 && self.fill() < least
    }

    /// The length in pages.
    fn length(&self) -> f64 {
        self.count().saturating_sub(1) as f64 + self.fill()
    }

    /// How many it may be.
    pub fn most(&self) -> usize {
        self.content.most_pages.unwrap_or(usize::MAX)
    }

    fn faults(&self) -> Faults {
        density::faults(self.length(), self.most())
    }

    /// Makes a file of the pages.
    ///
    /// # Errors
    /// When the pages break a rule of the standards, or a link leads nowhere.
    pub fn export(self) -> Result<Warned<Pdf>, BriefError> {
        let _forget = Forget::when_done();
        self.exported()
    }

    fn exported(self) -> Result<Warned<Pdf>, BriefError> {
        let bytes = pdf(&self.document, &options(self.content)).map_err(|errors| failed(&self.desk, &errors))?;
        let mut objects = Objects::of(&bytes).ok_or(BriefError::UnknownForm)?;
        jump::resolve(&mut objects.bodies, &self.places, &self.content.labels).map_err(BriefError::NoPlace)?;
        slim(&mut objects);
        let pages = self.document.pages().iter().map(|page| text(&page.frame)).collect();
        Ok(Warned { value: Pdf { bytes: objects.pack(), pages }, warnings: self.warnings })
    }
}

/// The same objects with less in them.
fn slim(objects: &mut Objects<'_>) {
    let mut tree = Tree::of(&objects.bodies);
    if let Some(tree) = &mut tree {
        tree.lift_underlines();
    }
    objects.each_content(|page, content, widths| {
        let thin = thinned(content, widths, PageMarks { tree: tree.as_ref(), page })?;
        if let Some(tree) = &mut tree {
            tree.renumber(page, &thin.numbers);
        }
        Some(thin.content)
    });
    if let Some(tree) = tree {
        tree.write(&mut objects.bodies);
    }
    typeface::slim(objects);
}

fn desk<'a>(tree: &Value, content: &Content, template: &'a Template, fonts: &'a Fonts) -> Result<Desk<'a>, BriefError> {
    Ok(Desk {
        template,
        fonts,
        content: Bytes::new(serde_json::to_vec(tree)?),
        density: 1.0,
        spare: 0.0,
        together: "",
        attachment: content.attachment.as_ref().map(|file| Bytes::new(file.bytes.clone())),
        logo: content.brand.logo.as_ref().map(|_| Bytes::new(content.brand.logo_bytes.clone())),
    })
}

fn options(content: &Content) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a]);
    PdfOptions {
        ident: Smart::Custom(format!("tanshin {} {} {}", content.company, content.period, content.date)),
        creator: Smart::Custom(Some("tanshin".to_owned())),
        standards: standards.expect("UA-1 and A-3a are both based on PDF 1.7"),
        ..PdfOptions::default()
    }
}

fn failed(desk: &Desk<'_>, errors: &[SourceDiagnostic]) -> BriefError {
    BriefError::Typst(errors.iter().map(|error| problem(desk, error)).collect())
}

fn warning(desk: &Desk<'_>, diagnostic: &SourceDiagnostic) -> Warning {
    debug_assert_eq!(diagnostic.severity, Severity::Warning);
    let Problem { message, place, hints } = problem(desk, diagnostic);
    Warning { message, place: place.unwrap_or_else(|| "brief.typ".to_owned()), hint: hints.join("; ") }
}

fn problem(desk: &Desk<'_>, diagnostic: &SourceDiagnostic) -> Problem {
    Problem {
        message: diagnostic.message.to_string(),
        place: place(desk, diagnostic),
        hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

/// `brief.typ:12:5`, counted from 1.
fn place(desk: &Desk<'_>, diagnostic: &SourceDiagnostic) -> Option<String> {
    let id = diagnostic.span.id()?;
    let start = desk.range(diagnostic.span)?.start;
    let (line, column) = desk.source(id).ok()?.lines().byte_to_line_column(start)?;
    Some(format!("{}:{}:{}", id.get().vpath().get_without_slash(), line + 1, column + 1))
}

/// The text of a frame in the order it was set; stretches that stand apart are separated by a line end.
fn text(frame: &Frame) -> String {
    let mut stretches = Vec::new();
    collect(frame, &mut stretches);
    stretches.join("\n")
}

fn collect(frame: &Frame, stretches: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, stretches),
            FrameItem::Text(text) => stretches.push(text.text.to_string()),
            _ => {}
        }
    }
}

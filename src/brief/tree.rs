//! The structure of a brief in fewer objects: typst makes an element of each underline within a link, and gives each line and each
//! colour of a paragraph a mark of its own. An underline is a property of its link here, and marks that follow one another in an element
//! become one (`thin` says which can).

use std::collections::BTreeMap;

use super::pack::{after, between, find, last};
use super::text_string::{text_of, text_string};
use super::thin::{Token, Tokens};

/// The elements by object, and which of them each mark of a page belongs to.
pub(super) struct Tree {
    elements: BTreeMap<usize, Element>,
    pages: BTreeMap<usize, Marks>,
}

/// The marks of a page.
pub(super) struct Marks {
    /// The object that lists the element of each mark.
    list: usize,
    owners: Vec<usize>,
}

struct Element {
    kind: Vec<u8>,
    parent: usize,
    /// What the element says of itself, as written.
    attributes: Vec<u8>,
    page: Option<usize>,
    kids: Vec<Kid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kid {
    Element(usize),
    Mark(usize),
    /// A mark of another page than the element's.
    MarkOf {
        page: usize,
        mark: usize,
    },
    /// An object, and the page that it names.
    Object {
        page: Option<usize>,
        object: usize,
    },
}

const ELEMENT: &[u8] = b"<</Type/StructElem/S/";
const ROOT: &[u8] = b"<</Type/StructTreeRoot";

impl Tree {
    /// The structure of some objects; none where it has a form that is not known here.
    pub fn of(bodies: &[Vec<u8>]) -> Option<Self> {
        let mut elements = BTreeMap::new();
        for (index, body) in bodies.iter().enumerate().filter(|(_, body)| body.starts_with(ELEMENT)) {
            elements.insert(index + 1, Element::read(body)?);
        }
        let root = bodies.iter().find(|body| body.starts_with(ROOT))?;
        let lists = parent_lists(root)?;
        let mut pages = BTreeMap::new();
        for (index, body) in bodies.iter().enumerate().filter(|(_, body)| body.starts_with(b"<</Type/Page/")) {
            let Some(key) = after(body, b"/StructParents ") else { continue };
            let list = *lists.get(&key)?;
            let owners = references(bodies.get(list.checked_sub(1)?)?)?;
            pages.insert(index + 1, Marks { list, owners });
        }
        Some(Self { elements, pages })
    }

    /// Makes underlines properties of their links.
    pub fn lift_underlines(&mut self) {
        let links: Vec<usize> =
            self.elements.iter().filter(|(_, element)| element.kind == b"Link").map(|(&id, _)| id).collect();
        for link in links {
            let Some(spans) = self.underlines(link) else { continue };
            let spans: BTreeMap<usize, Element> =
                spans.into_iter().filter_map(|span| Some((span, self.elements.remove(&span)?))).collect();
            for owner in self.pages.values_mut().flat_map(|marks| &mut marks.owners) {
                *owner = if spans.contains_key(owner) { link } else { *owner };
            }
            let Some(element) = self.elements.get_mut(&link) else { continue };
            element.kids = element.kids.iter().flat_map(|kid| inner(kid, &spans)).collect();
            if let Some(span) = spans.into_values().next() {
                (element.attributes, element.page) = (span.attributes, span.page);
            }
        }
    }

    /// The spans of a link, if it has nothing else but the object, and they are all alike.
    fn underlines(&self, link: usize) -> Option<Vec<usize>> {
        let element = self.elements.get(&link)?;
        let span = |id: usize| self.elements.get(&id).filter(|inner| inner.kind == b"Span" && inner.parent == link);
        let mut spans = Vec::new();
        for kid in &element.kids {
            match *kid {
                Kid::Element(id) => spans.push(id),
                Kid::Mark(_) | Kid::MarkOf { .. } => return None,
                Kid::Object { .. } => {}
            }
        }
        let first = span(*spans.first()?)?;
        let alike = |id: &usize| {
            span(*id).is_some_and(|inner| {
                let marks = inner.kids.iter().all(|kid| matches!(kid, Kid::Mark(_)));
                marks && inner.page == first.page && inner.attributes == first.attributes
            })
        };
        let lift = element.attributes.is_empty() && first.attributes.starts_with(b"/A[") && spans.iter().all(alike);
        lift.then_some(spans)
    }

    /// Gives the marks of a page new numbers; joined marks have the same.
    pub fn renumber(&mut self, page: usize, numbers: &[usize]) {
        let Some(marks) = self.pages.get_mut(&page) else { return };
        let count = numbers.iter().max().map_or(0, |most| most + 1);
        let mut owners = vec![0; count];
        for (owner, &number) in marks.owners.iter().zip(numbers) {
            owners[number] = *owner;
        }
        marks.owners = owners;
        for element in self.elements.values_mut() {
            let here = element.page == Some(page);
            for kid in &mut element.kids {
                match kid {
                    Kid::Mark(mark) if here => *mark = numbers.get(*mark).copied().unwrap_or(*mark),
                    Kid::MarkOf { page: other, mark } if *other == page => {
                        *mark = numbers.get(*mark).copied().unwrap_or(*mark);
                    }
                    _ => {}
                }
            }
            element.leave_out_joined();
        }
    }

    /// Writes the structure back; elements that are gone leave an empty object.
    pub fn write(&self, bodies: &mut [Vec<u8>]) {
        for (index, body) in bodies.iter_mut().enumerate().filter(|(_, body)| body.starts_with(ELEMENT)) {
            *body = self.elements.get(&(index + 1)).map(Element::written).unwrap_or_default();
        }
        for marks in self.pages.values() {
            let owners: Vec<String> = marks.owners.iter().map(|owner| format!("{owner} 0 R")).collect();
            if let Some(body) = bodies.get_mut(marks.list - 1) {
                *body = format!("[{}]\n", owners.join(" ")).into_bytes();
            }
        }
    }
}

/// What the structure says of the marks of a page.
#[derive(Clone, Copy)]
pub(super) struct PageMarks<'a> {
    pub tree: Option<&'a Tree>,
    pub page: usize,
}

impl PageMarks<'_> {
    fn owner(&self, mark: usize) -> Option<(usize, &Element)> {
        let tree = self.tree?;
        let owner = *tree.pages.get(&self.page)?.owners.get(mark)?;
        Some((owner, tree.elements.get(&owner)?))
    }

    /// How many there are; none where the structure is not known.
    pub fn count(&self) -> Option<usize> {
        Some(self.tree?.pages.get(&self.page)?.owners.len())
    }

    /// Whether two marks may be one: they follow one another in an element.
    pub fn join(&self, first: usize, second: usize) -> bool {
        let (Some((one, element)), Some((other, _))) = (self.owner(first), self.owner(second)) else { return false };
        let mut marks = element.kids.iter().filter(|kid| !matches!(kid, Kid::Object { .. }));
        one == other
            && element.page == Some(self.page)
            && marks.any(|kid| *kid == Kid::Mark(first))
            && marks.next() == Some(&Kid::Mark(second))
    }

    /// Whether the element of a mark says this of itself.
    pub fn say(&self, mark: usize, attribute: &[u8]) -> bool {
        self.owner(mark).is_some_and(|(_, element)| find(&element.attributes, attribute).is_some())
    }
}

/// A kid, or what it held when it is gone.
fn inner(kid: &Kid, gone: &BTreeMap<usize, Element>) -> Vec<Kid> {
    match kid {
        Kid::Element(id) => gone.get(id).map_or_else(|| vec![*kid], |element| element.kids.clone()),
        _ => vec![*kid],
    }
}

impl Element {
    fn read(body: &[u8]) -> Option<Self> {
        let rest = body.strip_prefix(ELEMENT)?.trim_ascii_end().strip_suffix(b">>")?;
        // Kids hold no text, so the last list of them is theirs.
        let (head, kids) = rest.split_at(last(rest, b"/K[")?);
        let end = last(kids, b"]")?;
        let page = match &kids[end + 1..] {
            [] => None,
            page => Some(after(page, b"/Pg ")?),
        };
        let (kind, head) = head.split_at(find(head, b"/P ")?);
        let parent = after(head, b"/P ")?;
        let attributes = head.strip_prefix(format!("/P {parent} 0 R").as_bytes())?.to_vec();
        Some(Self { kind: kind.to_vec(), parent, attributes, page, kids: kids_of(&kids[b"/K[".len()..end])? })
    }

    /// Joined marks are one, also where the element's object stands between them.
    fn leave_out_joined(&mut self) {
        let mut before = None;
        self.kids.retain(|kid| match kid {
            Kid::Object { .. } => true,
            _ => before.replace(*kid) != Some(*kid),
        });
    }

    /// What is the same for many elements stands together, so that it packs well.
    fn written(&self) -> Vec<u8> {
        let mut body = b"<</S/".to_vec();
        body.extend(&self.kind);
        if let Some(page) = self.page {
            body.extend(format!("/Pg {page} 0 R").bytes());
        }
        body.extend(format!("/P {} 0 R", self.parent).bytes());
        body.extend(short_text(&self.attributes));
        body.extend(b"/K[");
        for (index, kid) in self.kids.iter().enumerate() {
            let blank = if index > 0 && !matches!(kid, Kid::Object { .. }) { " " } else { "" };
            let written = match *kid {
                Kid::Element(id) => format!("{blank}{id} 0 R"),
                Kid::Mark(mark) => format!("{blank}{mark}"),
                Kid::MarkOf { page, mark } => format!("{blank}<</Type/MCR/Pg {page} 0 R/MCID {mark}>>"),
                Kid::Object { page, object } => match page.filter(|page| self.page != Some(*page)) {
                    Some(page) => format!("<</Type/OBJR/Pg {page} 0 R/Obj {object} 0 R>>"),
                    None => format!("<</Type/OBJR/Obj {object} 0 R>>"),
                },
            };
            body.extend(written.bytes());
        }
        body.extend(b"]>>\n");
        body
    }
}

/// Attributes whose spoken text takes as few bytes as it needs.
fn short_text(attributes: &[u8]) -> Vec<u8> {
    const ALT: &[u8] = b"/Alt<";
    let short = || {
        let from = find(attributes, ALT)? + ALT.len();
        let digits = &attributes[from..from + find(&attributes[from..], b">")?];
        let text = text_string(&text_of(digits)?);
        Some([&attributes[..from - 1], &text, &attributes[from + digits.len() + 1..]].concat())
    };
    short().unwrap_or_else(|| attributes.to_vec())
}

fn kids_of(list: &[u8]) -> Option<Vec<Kid>> {
    let (mut kids, mut tokens) = (Vec::new(), Tokens::of(list));
    while let Some(token) = tokens.next().ok()? {
        match token {
            Token::Operator(b"R") => {
                let (Some(Kid::Mark(0)), Some(Kid::Mark(id))) = (kids.pop(), kids.pop()) else { return None };
                kids.push(Kid::Element(id));
            }
            Token::Operand(object @ [b'<', b'<', ..]) if object.starts_with(b"<</Type/OBJR") => {
                kids.push(Kid::Object { page: after(object, b"/Pg "), object: after(object, b"/Obj ")? });
            }
            Token::Operand(mark @ [b'<', b'<', ..]) if mark.starts_with(b"<</Type/MCR") => {
                kids.push(Kid::MarkOf { page: after(mark, b"/Pg ")?, mark: after(mark, b"/MCID ")? });
            }
            Token::Operand(word) => kids.push(Kid::Mark(std::str::from_utf8(word).ok()?.parse().ok()?)),
            Token::Operator(_) => return None,
        }
    }
    Some(kids)
}

/// The objects of a list of references.
fn references(list: &[u8]) -> Option<Vec<usize>> {
    let inner = list.trim_ascii().strip_prefix(b"[")?.strip_suffix(b"]")?;
    let kids = kids_of(inner)?;
    kids.into_iter().map(|kid| if let Kid::Element(id) = kid { Some(id) } else { None }).collect()
}

/// The objects that the keys of the parent tree lead to.
fn parent_lists(root: &[u8]) -> Option<BTreeMap<usize, usize>> {
    let kids = kids_of(between(root, b"/ParentTree<</Nums[", b"]")?)?;
    let pair = |pair: &[Kid]| match pair {
        [Kid::Mark(key), Kid::Element(id)] => Some((*key, *id)),
        _ => None,
    };
    kids.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with a paragraph of two marks, a link with two underlines, and one more mark.
    fn bodies() -> Vec<Vec<u8>> {
        let underline = "/A[<</O/Layout/TextDecorationType/Underline>>]";
        [
            "<</Type/StructTreeRoot/K[2 0 R]/ParentTree<</Nums[0 3 0 R 1 7 0 R]>>/IDTree<</Names[(a)2 0 R]>>>>\n"
                .to_owned(),
            "<</Type/StructElem/S/P/P 1 0 R/Alt(a /K[ b)/K[0 1 3 0 R 4]/Pg 6 0 R>>\n".to_owned(),
            "<</Type/StructElem/S/Link/P 2 0 R/K[<</Type/OBJR/Pg 6 0 R/Obj 8 0 R>>4 0 R 5 0 R]>>\n".to_owned(),
            format!("<</Type/StructElem/S/Span/P 3 0 R{underline}/K[2]/Pg 6 0 R>>\n"),
            format!("<</Type/StructElem/S/Span/P 3 0 R{underline}/K[3]/Pg 6 0 R>>\n"),
            "<</Type/Page/Parent 9 0 R/StructParents 1>>\n".to_owned(),
            "[2 0 R 2 0 R 4 0 R 5 0 R 2 0 R]\n".to_owned(),
        ]
        .map(String::into_bytes)
        .to_vec()
    }

    fn told(bodies: &[Vec<u8>], ids: &[usize]) -> String {
        ids.iter().map(|id| String::from_utf8_lossy(&bodies[id - 1]).into_owned()).collect()
    }

    #[test]
    fn underlines_become_properties_of_their_link_and_marks_that_go_on_become_one() {
        let mut bodies = bodies();
        let mut tree = Tree::of(&bodies).expect("a structure");
        tree.lift_underlines();
        let page = PageMarks { tree: Some(&tree), page: 6 };
        let joins: Vec<bool> = [(0, 1), (1, 2), (2, 3), (3, 4), (1, 4)].map(|(a, b)| page.join(a, b)).to_vec();
        assert_eq!(joins, [true, false, true, false, false]);
        assert!(page.say(0, b"/Alt(a /K[ b)") && !page.say(2, b"/Alt(a /K[ b)"));
        tree.renumber(6, &[0, 0, 1, 1, 2]);
        tree.write(&mut bodies);
        let written = "<</S/P/Pg 6 0 R/P 1 0 R/Alt(a /K[ b)/K[0 3 0 R 2]>>\n\
            <</S/Link/Pg 6 0 R/P 2 0 R/A[<</O/Layout/TextDecorationType/Underline>>]/K[<</Type/OBJR/Obj 8 0 R>> 1]>>\n\
            [2 0 R 3 0 R 2 0 R]\n";
        assert_eq!(told(&bodies, &[2, 3, 4, 5, 7]), written);
    }

    #[test]
    fn spoken_text_is_short_and_other_text_that_looks_alike_stays() {
        assert_eq!(short_text(b"/Alt<FEFF22120037>/A[]"), b"/Alt(\x8A7)/A[]");
        for kept in [&b"/Alt(a /Alt<b)/A[]"[..], b"/Alt(a)", b"/Alt<zz>", b""] {
            assert_eq!(short_text(kept), kept);
        }
    }

    #[test]
    fn spans_that_say_something_else_stay_and_so_does_a_structure_of_another_form() {
        let mut others = bodies();
        others[3] = b"<</Type/StructElem/S/Span/P 3 0 R/Lang(ja)/K[2]/Pg 6 0 R>>\n".to_vec();
        let mut tree = Tree::of(&others).expect("a structure");
        tree.lift_underlines();
        assert_eq!(tree.elements.len(), 4);
        for broken in ["<</Type/StructElem/S/P/P 1 0 R/K[0 null]/Pg 6 0 R>>", "<</Type/StructElem/S/P/P 1 0 R>>"] {
            let mut bodies = bodies();
            bodies[1] = broken.as_bytes().to_vec();
            assert!(Tree::of(&bodies).is_none());
        }
    }
}

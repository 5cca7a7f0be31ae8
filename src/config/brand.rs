//! The brand: colors that words can be read in, a font, a logo, words at the head, the foot and the end.

use super::logo;
use super::small_file;
use super::take::{Origin, Taking};
use crate::brief::{Brand, FontFile, Fonts, LARGEST_FONT};
use crate::chart::Rgb;

/// The contrast that WCAG 2 AA asks of words on paper.
const READABLE: f64 = 4.5;

/// The brand, the font file that it names, and where it names the font.
pub(super) fn brand(taking: &mut Taking<'_>) -> (Brand, Option<FontFile>, String) {
    let mut brand = Brand {
        primary: color(taking, "brand.primary"),
        accent: color(taking, "brand.accent"),
        good: color(taking, "brand.good"),
        bad: color(taking, "brand.bad"),
        ..Brand::default()
    };
    let (font, place) = font(taking, &mut brand);
    logo(taking, &mut brand);
    let mut words = |key| taking.text(key).map(|(text, _)| text);
    brand.header = words("brand.header");
    brand.footer = words("brand.footer");
    brand.disclaimer = words("brand.disclaimer");
    (brand, font, place)
}

/// A color that words can be read in; a paler one is used and named.
fn color(taking: &mut Taking<'_>, key: &str) -> Option<String> {
    let (text, origin) = taking.text(key)?;
    let Some(color) = Rgb::parse(&text) else {
        taking.fault(origin, format!("`{text}` is not a color"), "write six hexadecimal digits like `#0c2340`");
        return None;
    };
    let ratio = color.contrast(Rgb(255, 255, 255));
    if ratio < READABLE {
        let message = format!("`{key}` has a contrast of {ratio:.2} on white, words need {READABLE}");
        taking.warn(origin, message, "choose a darker color");
    }
    Some(color.to_string())
}

/// A family by its name, or a file and the family in it.
fn font(taking: &mut Taking<'_>, brand: &mut Brand) -> (Option<FontFile>, String) {
    let Some((text, origin)) = taking.text("brand.font") else { return (None, String::new()) };
    (file(taking, brand, text, origin), taking.spot(origin))
}

fn file(taking: &mut Taking<'_>, brand: &mut Brand, text: String, origin: Origin) -> Option<FontFile> {
    let kind = text.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
    if !matches!(kind.as_deref(), Some("ttf" | "otf" | "ttc" | "woff" | "woff2")) {
        brand.font = Some(text);
        return None;
    }
    let path = taking.root.join(&text);
    taking.files.push(path.clone());
    let found = small_file::bytes(&path, LARGEST_FONT).and_then(|bytes| match Fonts::family_of(&bytes) {
        Some(family) => Ok((family, bytes)),
        None => Err("it is not a TTF, OTF or TTC font".to_owned()),
    });
    match found {
        Ok((family, bytes)) => {
            brand.font = Some(family);
            Some((path.display().to_string(), bytes))
        }
        Err(cause) => {
            let hint = "name a TTF or OTF file beside the settings, or a family from the fonts folder";
            taking.fault(origin, format!("cannot use the font: {cause}"), hint);
            None
        }
    }
}

fn logo(taking: &mut Taking<'_>, brand: &mut Brand) {
    let Some((text, origin)) = taking.text("brand.logo") else { return };
    let path = taking.root.join(text);
    taking.files.push(path.clone());
    match logo::load(&path) {
        Ok((name, bytes)) => {
            brand.logo = Some(name.to_owned());
            brand.logo_bytes = bytes;
        }
        Err(cause) => taking.fault(origin, format!("cannot use the logo: {cause}"), logo::HINT),
    }
}

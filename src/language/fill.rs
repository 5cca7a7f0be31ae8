//! Forms: a text with names in braces, and what is put in their place.

/// The form with each `{name}` replaced. A value is never searched for names again.
pub fn fill(form: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(form.len() + 16);
    let mut rest = form;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let behind = &rest[open + 1..];
        let value = behind.find('}').and_then(|close| {
            let (_, value) = values.iter().find(|(name, _)| *name == &behind[..close])?;
            Some((close, value))
        });
        match value {
            Some((close, value)) => {
                filled.push_str(value);
                rest = &behind[close + 1..];
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The names that a form asks for.
pub(super) fn names(form: &str) -> impl Iterator<Item = &str> {
    form.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_replaced_once() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{c} {", &[("a", "1")]), "{c} {");
        assert_eq!(names("{number}Q{yy}").collect::<Vec<_>>(), ["number", "yy"]);
    }
}

//! Thousands parted by blanks: `2 602` is one figure where the cells of tables hold such pairs again and again and no figure with a
//! comma in its thousands stands in any cell.

use rust_decimal::Decimal;

use super::number::Sign;
use super::scan::{Kind, Token};

/// So many cells show that the document writes its thousands so.
const FEWEST: usize = 4;

/// Joins the figures of such cells.
pub fn join(lines: &mut [Vec<Token>], text: &[Vec<char>]) {
    let tabbed = |tokens: &&mut Vec<Token>| tokens.iter().any(|token| token.is_tab());
    let has_comma = |token: &Token| token.number().is_some() && text[token.line][token.from..token.to].contains(&',');
    let mut rows: Vec<&mut Vec<Token>> = lines.iter_mut().filter(tabbed).collect();
    let groups = rows.iter().flat_map(|row| cells(row)).filter(|cell| is_one_figure(cell, text)).count();
    if groups < FEWEST || rows.iter().any(|row| row.iter().any(has_comma)) {
        return;
    }
    for row in &mut rows {
        let mut whole: Vec<Token> = Vec::with_capacity(row.len());
        let mut from = 0_usize;
        for cell in cells(row) {
            whole.extend(from.checked_sub(1).map(|tab| row[tab].clone()));
            whole.extend(joined(cell, text));
            from += cell.len() + 1;
        }
        **row = whole;
    }
}

fn cells(row: &[Token]) -> impl Iterator<Item = &[Token]> {
    row.split(|token| token.is_tab())
}

/// Groups of three behind the first digits, at most: fifteen digits, as many as a figure may have.
const MOST_GROUPS: usize = 4;

/// Up to three digits, then groups of three, one blank between.
fn is_one_figure(cell: &[Token], text: &[Vec<char>]) -> bool {
    let printed = |token: &Token| text[token.line][token.from..token.to].to_vec();
    let group = |token: &Token| printed(token).len() == 3 && printed(token).iter().all(char::is_ascii_digit);
    let [first, rest @ ..] = cell else { return false };
    let opens = first.number().is_some_and(|number| {
        let digits = printed(first).iter().filter(|c| c.is_ascii_digit()).count();
        let signed = matches!(number.sign, Sign::None | Sign::Minus | Sign::Plus);
        signed && digits <= 3 && number.magnitude.scale() == 0 && number.magnitude >= Decimal::ONE
    });
    let beside = cell.windows(2).all(|pair| pair[1].from == pair[0].to + 1);
    let bare = first.number().is_some_and(|number| number.currency.is_none() && number.scale.is_none());
    opens && bare && beside && (1..=MOST_GROUPS).contains(&rest.len()) && rest.iter().all(group)
}

fn joined(cell: &[Token], text: &[Vec<char>]) -> Vec<Token> {
    let (true, [first, rest @ ..]) = (is_one_figure(cell, text), cell) else { return cell.to_vec() };
    let mut whole = first.clone();
    if let Kind::Number(number) = &mut whole.kind {
        for group in rest.iter().filter_map(Token::number) {
            number.magnitude = number.magnitude * Decimal::ONE_THOUSAND + group.magnitude;
            number.to = group.to;
        }
        whole.to = number.to;
    }
    vec![whole]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::extract::Text;
    use crate::extract::cases::iij;
    use crate::model::Document;

    fn check(rows: &[&str], expected: &str) {
        let lines = rows.iter().map(|row| (*row).to_owned()).collect();
        let document = Document { name: Arc::from("a.txt"), path: "a.txt".to_owned(), lines };
        let text = Text::of(&document, &iij().fiscal_year);
        let numbers = text.tokens.iter().flatten().filter_map(|token| token.number());
        let seen: Vec<String> = numbers.map(|number| number.signed().to_string()).collect();
        assert_eq!(seen.join(" "), expected, "{rows:?}");
    }

    #[test]
    fn blanks_part_thousands_where_a_table_shows_it() {
        check(&["Sales\t2 602\t2 271", "Costs\t1 804\t-1 650 200"], "2602 2271 1804 -1650200");
        check(&["Sales\t2 602\t2 271", "Costs\t804\t650"], "2 602 2 271 804 650");
        check(&["Sales\t2 602\t2 271", "Costs\t1,804\t1 650", "Other\t1 604\t2"], "2 602 2 271 1804 1 650 1 604 2");
        let many = format!("Sales\t2{}\t2 271", " 602".repeat(11));
        check(&[&many, "Costs\t804\t650"], &format!("2{} 2 271 804 650", " 602".repeat(11)));
        check(&["Share\t26.1 380\t27.0 401", "Costs\t804\t650"], "26.1 380 27.0 401 804 650");
    }
}

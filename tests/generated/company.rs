//! Companies that do not exist, with histories as real ones have them: a size, growth, seasons, margins, segments that sum, targets
//! that are revised, a balance sheet and cash flows. The same numbers give the same text on every run and every machine.

#[path = "dice.rs"]
pub mod dice;

use std::fmt::Write;

use dice::Dice;

/// One generated company.
pub struct Company {
    /// Its folder and id.
    pub id: String,
    /// Its `company.toml`.
    pub profile: String,
    /// Its documents: file name and text, one for each quarter.
    pub documents: Vec<(String, String)>,
    /// Its quarters in order, as the documents state them.
    pub quarters: Vec<Quarter>,
}

/// One quarter's figures, in millions of yen.
#[derive(Clone, Debug)]
pub struct Quarter {
    /// Its code: `3Q17`.
    pub code: String,
    /// Fiscal year.
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
    /// Revenue of each segment.
    pub segments: [i64; 3],
    /// Cost of revenue.
    pub cost: i64,
    /// Selling, general and administrative expenses.
    pub sga: i64,
    /// Income tax expense.
    pub tax: i64,
    /// Cash at the end.
    pub cash: i64,
    /// Other assets at the end.
    pub other_assets: i64,
    /// Liabilities at the end.
    pub liabilities: i64,
    /// People at the end.
    pub employees: i64,
}

impl Quarter {
    /// Revenue.
    pub fn revenue(&self) -> i64 {
        self.segments.iter().sum()
    }

    /// Operating income.
    pub fn operating_income(&self) -> i64 {
        self.revenue() - self.cost - self.sga
    }

    /// Net income.
    pub fn net_income(&self) -> i64 {
        self.operating_income() - self.tax
    }
}

/// The parts of ten thousand of an amount, rounded down.
fn part(amount: i64, of_ten_thousand: i64) -> i64 {
    amount * of_ten_thousand / 10_000
}

const NAMES: [&str; 3] = ["Platform services", "Field services", "Equipment sales"];

/// Seasons of a year, in parts of ten thousand of the average quarter.
const SEASONS: [i64; 4] = [9_400, 9_800, 10_000, 10_800];

/// The company with this number, with a history of so many quarters that begins in fiscal year 2010.
pub fn company(number: usize, quarters: usize) -> Company {
    let mut dice = Dice::new(number as u64 + 1);
    let id = format!("company-{number:05}");
    let name = format!("Example {number:05} Holdings Inc.");
    let quarters = history(&mut dice, quarters);
    let mut documents = Vec::with_capacity(quarters.len());
    for at in 0..quarters.len() {
        documents.push(document(&name, &quarters, at));
    }
    Company { id, profile: profile(&name, number), documents, quarters }
}

fn history(dice: &mut Dice, count: usize) -> Vec<Quarter> {
    let mut base = dice.between(2_000, 90_000);
    let (growth, gross, overhead) = (dice.between(-40, 250), dice.between(1_800, 4_200), dice.between(900, 1_600));
    let (mut cash, mut other, mut people) = (base * 2, base * 5, base / 10 + 50);
    (0..count)
        .map(|at| {
            let (year, season) = (2010 + (at / 4) as i32, at % 4);
            base += part(base, growth + dice.between(-120, 120));
            let size = part(base, SEASONS[season] + dice.between(-150, 150));
            let first = part(size, dice.between(5_400, 5_700));
            let second = part(size, dice.between(2_500, 2_700));
            let revenue = size;
            let cost = revenue - part(revenue, gross + dice.between(-200, 200));
            let sga = part(revenue, overhead + dice.between(-60, 60));
            let tax = part((revenue - cost - sga).max(0), 3_000);
            cash += revenue - cost - sga - tax - part(base, 150);
            other += part(base, dice.between(-100, 220));
            people += dice.between(-5, 12);
            Quarter {
                code: format!("{}Q{:02}", season + 1, year % 100),
                year,
                number: season as u32 + 1,
                segments: [first, second, size - first - second],
                cost,
                sga,
                tax,
                cash,
                other_assets: other,
                liabilities: part(cash + other, 5_500),
                employees: people,
            }
        })
        .collect()
}

fn profile(name: &str, number: usize) -> String {
    let mut profile = format!(
        "name = \"{name}\"\nshort_name = \"Example {number:05}\"\ncurrency = \"JPY\"\n\n[fiscal_year]\nfirst_month = 4\nnamed_after = \"start\"\n"
    );
    for name in NAMES {
        let id = name.to_lowercase().replace(' ', "_");
        let _ = write!(profile, "\n[[segment]]\nid = \"{id}\"\nname = \"{name}\"\nlabels = [\"{name}\"]\n");
    }
    profile
}

/// A number with thousands separators; negative in parentheses, as statements print it.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if amount < 0 { format!("({text})") } else { text }
}

/// The growth of an amount over another, as printed: half up, one decimal; nothing where the older is not positive.
fn growth(now: i64, then: i64) -> String {
    if then <= 0 || now < 0 {
        return "-".to_owned();
    }
    let tenths = ((now - then) as f64 / then as f64 * 1_000.0).round() as i64;
    format!("{}{}.{}%", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

type Line = (&'static str, fn(&Quarter) -> i64);

const RESULTS: [Line; 6] = [
    ("Total revenues", Quarter::revenue),
    ("Cost of revenues", |quarter| quarter.cost),
    ("Gross profit", |quarter| quarter.revenue() - quarter.cost),
    ("SG&A expenses", |quarter| quarter.sga),
    ("Operating income", Quarter::operating_income),
    ("Net income attributable to owners of the parent", Quarter::net_income),
];

const SEGMENTS: [Line; 4] = [
    (NAMES[0], |quarter| quarter.segments[0]),
    (NAMES[1], |quarter| quarter.segments[1]),
    (NAMES[2], |quarter| quarter.segments[2]),
    ("Total revenues", Quarter::revenue),
];

const ENDS: [(&str, &str); 4] =
    [("June 30", "08-09"), ("September 30", "11-09"), ("December 31", "02-09"), ("March 31", "05-12")];

fn document(name: &str, quarters: &[Quarter], at: usize) -> (String, String) {
    let quarter = &quarters[at];
    let year_ago = at.checked_sub(4).map(|at| &quarters[at]);
    let (end, published) = ENDS[quarter.number as usize - 1];
    let end_year = quarter.year + i32::from(quarter.number == 4);
    let published_year = quarter.year + i32::from(quarter.number >= 3);
    let mut text =
        format!("{name}\nConsolidated Financial Results for {}\n{published_year}-{published}\n\n", quarter.code);
    table(&mut text, "Consolidated Results of Operations", quarter, year_ago, &RESULTS);
    table(&mut text, "Revenues", quarter, year_ago, &SEGMENTS);
    let assets = quarter.cash + quarter.other_assets;
    let _ = write!(text, "Consolidated Balance Sheet\nUnit: JPY million\n\t{end}, {end_year}\n");
    let sheet = [
        ("Cash and cash equivalents", quarter.cash),
        ("Total assets", assets),
        ("Total liabilities", quarter.liabilities),
        ("Total equity", assets - quarter.liabilities),
    ];
    for (label, amount) in sheet {
        let _ = writeln!(text, "{label}\t{}", grouped(amount));
    }
    text.push('\n');
    if let Some((revenue, income)) = target(quarters, at) {
        let year = quarter.year % 100;
        let _ = write!(text, "Targets for FY{year:02}\nUnit: JPY million\n\tFY{year:02} Target\n");
        let _ = write!(text, "Total revenues\t{}\nOperating income\t{}\n\n", grouped(revenue), grouped(income));
    }
    let direction = match year_ago {
        Some(before) if quarter.operating_income() >= before.operating_income() => {
            "increased, mainly because revenues of platform services grew"
        }
        Some(_) => "decreased, mainly because of larger costs of outsourcing",
        None => "was in line with the plan",
    };
    let people = grouped(quarter.employees);
    let _ = writeln!(text, "Operating income {direction}.");
    let _ = writeln!(text, "The number of employees was {people} as of {end}, {end_year}.");
    (format!("{published_year}-{published}-{}-release.txt", quarter.code.to_lowercase()), text)
}

/// The full-year target in force, revenue and operating income: last year's result and somewhat more, none in the first year.
fn target(quarters: &[Quarter], at: usize) -> Option<(i64, i64)> {
    let year = quarters[at].year;
    let last: Vec<&Quarter> = quarters.iter().filter(|quarter| quarter.year == year - 1).collect();
    let sum = |of: fn(&Quarter) -> i64| last.iter().map(|quarter| of(quarter)).sum::<i64>();
    let raised = if quarters[at].number >= 3 { 10_700 } else { 10_500 };
    (last.len() == 4).then(|| (part(sum(Quarter::revenue), raised), part(sum(Quarter::operating_income), raised)))
}

fn table(text: &mut String, title: &str, quarter: &Quarter, year_ago: Option<&Quarter>, lines: &[Line]) {
    let _ = write!(text, "{title}\nUnit: JPY million\n\t{}", quarter.code);
    if let Some(before) = year_ago {
        let _ = write!(text, "\t{}\tYoY", before.code);
    }
    text.push('\n');
    for (label, of) in lines {
        let _ = write!(text, "{label}\t{}", grouped(of(quarter)));
        if let Some(before) = year_ago {
            let _ = write!(text, "\t{}\t{}", grouped(of(before)), growth(of(quarter), of(before)));
        }
        text.push('\n');
    }
    text.push('\n');
}

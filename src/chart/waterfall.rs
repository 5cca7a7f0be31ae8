//! A bridge between totals: each contribution starts where the one above it ended. Rows, not columns, because the
//! contributions are a structure and their names are long.

use super::fit::widest;
use super::label::Anchor;
use super::mark::Fill;
use super::rows::{Rows, visible};
use super::scale::{Scale, from_zero};
use super::scene::{Drawing, Scene};
use super::words::{Font, Words};
use super::{Change, Datum, Faces, Scenario, Style};
use crate::language::{self, Alt};
use rust_decimal::Decimal;

/// A bridge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waterfall {
    /// What is shown, with its unit, for the alt text: `Operating income, 1Q16 to 1Q17, JPY million`.
    pub subject: String,
    /// From the first total over the contributions to the last total.
    pub steps: Vec<Step>,
}

/// One row of a bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A level, drawn from zero.
    Total {
        /// Its name.
        name: String,
        /// Its value; `None` is told as not available.
        level: Option<Datum>,
        /// In which sense.
        scenario: Scenario,
    },
    /// A contribution, drawn from where the bridge stands.
    Contribution {
        /// Its name.
        name: String,
        /// Its size; `None` is told as not available.
        change: Option<Change>,
        /// In which sense: what a target still asks for is a forecast.
        scenario: Scenario,
    },
}

impl Step {
    fn name(&self) -> &str {
        match self {
            Self::Total { name, .. } | Self::Contribution { name, .. } => name,
        }
    }

    fn is_total(&self) -> bool {
        matches!(self, Self::Total { .. })
    }
}

impl Waterfall {
    /// What the contributions leave unexplained, at the total where it is largest: rounding may, a bridge that is shown must not
    /// leave more. `None` when a row has no value.
    pub fn unexplained(&self) -> Option<Decimal> {
        let (mut stand, mut worst) = (None::<Decimal>, Decimal::ZERO);
        for step in &self.steps {
            match step {
                Step::Total { level, .. } => {
                    let level = level.as_ref()?.value;
                    let gap = stand.map_or(Decimal::ZERO, |stand| level.saturating_sub(stand));
                    worst = if gap.abs() > worst.abs() { gap } else { worst };
                    stand = Some(level);
                }
                Step::Contribution { change, .. } => {
                    stand = Some(stand.unwrap_or_default().saturating_add(change.as_ref()?.value));
                }
            }
        }
        Some(worst)
    }

    /// Where each row's bar begins and ends; `None` where there is no value.
    fn bars(&self) -> Vec<Option<(f64, f64)>> {
        let mut stand = 0.0;
        self.steps
            .iter()
            .map(|step| {
                let (from, to) = match step {
                    Step::Total { level, .. } => (0.0, level.as_ref()?.length()),
                    Step::Contribution { change, .. } => (stand, stand + change.as_ref()?.length()),
                };
                stand = to;
                Some((from, to))
            })
            .collect()
    }
}

const BAR: f64 = 10.0;
const PITCH: f64 = 15.0;

/// Draws the bridge.
pub fn draw(spec: &Waterfall, style: &Style, faces: &Faces<'_>) -> Drawing {
    let name = |step: &Step| {
        let words = if step.is_total() { Words::strong } else { Words::body };
        words(step.name().to_owned(), style)
    };
    let names: Vec<Words> = spec.steps.iter().map(name).collect();
    let labels: Vec<Words> = spec.steps.iter().map(|step| label(step, style)).collect();
    let rows = Rows::new(&names, 0.0, PITCH, 0.36, style, faces);
    let bars = spec.bars();
    let values = from_zero(bars.iter().flatten().flat_map(|(from, to)| [*from, *to]));
    let right = style.width - widest(&labels, faces) - 5.0;
    let scale = Scale::held(values, rows.left + 1.0, right.max(rows.left + 20.0), style);

    let mut scene = Scene::new(style, faces, rows.bottom.max(PITCH));
    connect(&mut scene, &bars, &rows, &scale, style);
    rows.draw(&mut scene);
    for (index, step) in spec.steps.iter().enumerate() {
        let middle = rows.middle(index);
        let bar = bars[index].map(|(from, to)| visible(scale.at(from), scale.at(to)));
        if let Some((from, to)) = bar {
            scene.bar((from, middle - BAR / 2.0), (to, middle + BAR / 2.0), fill(step, style));
        }
        let x = bar.map_or_else(|| scale.at(0.0), |(from, to)| from.max(to)) + 3.5;
        scene.write(&labels[index], (x, middle + labels[index].font.drop()), Anchor::Start);
    }
    let zero = scale.at(0.0);
    scene.rule((zero, 0.5), (zero, rows.bottom - 0.5), 0.7, style.palette.axis);
    scene.finish().at(&scale)
}

/// Thin lines from the end of a bar to the next one; dashed over a row without a value.
fn connect(scene: &mut Scene<'_>, bars: &[Option<(f64, f64)>], rows: &Rows, scale: &Scale, style: &Style) {
    let known: Vec<(usize, f64)> =
        bars.iter().enumerate().filter_map(|(index, bar)| Some((index, (*bar)?.1))).collect();
    for pair in known.windows(2) {
        let ((from, end), (to, _)) = (pair[0], pair[1]);
        let x = scale.at(end);
        let (a, b) = ((x, rows.middle(from) + BAR / 2.0), (x, rows.middle(to) - BAR / 2.0));
        if to == from + 1 {
            scene.rule(a, b, 0.6, style.palette.previous);
        } else {
            scene.dashes(a, b, 0.6, style.palette.previous);
        }
    }
}

fn fill(step: &Step, style: &Style) -> Fill {
    match step {
        Step::Total { scenario, .. } => scenario.fill(style),
        Step::Contribution { change: Some(change), scenario, .. } => {
            scenario.tint(change.color(style, style.palette.previous))
        }
        Step::Contribution { change: None, .. } => Fill::Outline(style.palette.hairline),
    }
}

fn label(step: &Step, style: &Style) -> Words {
    match step {
        Step::Total { level: Some(level), .. } => level.words(Font::semibold(style.body), style.palette.ink, style),
        Step::Contribution { change: Some(change), .. } => {
            change.words(Font::regular(style.body), style.palette.ink, style)
        }
        _ => Words::missing(style),
    }
}

/// The bridge in words.
pub fn alt(spec: &Waterfall, words: &Alt) -> String {
    let row = |step: &Step| {
        let (name, value) = match step {
            Step::Total { name, level, scenario } => {
                (scenario.told(name, words), level.as_ref().map(|level| level.label.clone()))
            }
            Step::Contribution { name, change, scenario } => {
                (scenario.told(name, words), change.as_ref().map(Change::signed))
            }
        };
        let value = value.unwrap_or_else(|| words.not_available.clone());
        language::fill(&words.row, &[("name", &name), ("n", &value)]).trim_end().to_owned()
    };
    let rows: Vec<String> = spec.steps.iter().map(row).collect();
    let changes = spec.steps.iter().filter_map(|step| match step {
        Step::Contribution { name, change: Some(change), .. } if !change.label.is_empty() => {
            Some((name.as_str(), change))
        }
        _ => None,
    });
    super::contribution::told(&words.waterfall_chart, &spec.subject, &rows, words)
        + &super::contribution::outliers(changes, words)
}

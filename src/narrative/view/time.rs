//! A span or a day of the view, with the calendar that names it: `{{period_of …}}` and `{{date_of …}}` print it.

use serde::{Deserialize, Serialize};

use crate::language::Calendared;
use crate::model::{Calendar, Period};

/// A span or a day. `{{period_of x}}` and `{{date_of x}}` print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Time {
    /// The span in its short form, `1Q17`, or the day, `2017-06-30`.
    #[schemars(with = "String")]
    pub period: Period,
    /// The company's fiscal year: its first month, and whether it is named after its start or its end.
    pub calendar: Calendar,
}

impl Time {
    /// A period in a calendar.
    pub fn of(period: Period, names: Calendared<'_>) -> Self {
        Self { period, calendar: names.of_company() }
    }
}

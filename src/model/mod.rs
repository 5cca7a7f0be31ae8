//! The domain's words as types. Files, wording and colors are others' business.

mod company;
mod fact;
mod figure;
mod metric;
mod period;
#[cfg(test)]
mod properties;
mod remark;
mod seed;
mod unit;
mod warning;

pub use company::{Bridge, Company, MetricEntry, MetricKind, Polarity, Reclassification, Segment, Spelling};
pub use fact::{Basis, Fact, Measure, Repair, Source};
pub use figure::{Digits, Figure, FigureId, Origin, Rule, round_to, whole_among};
pub use metric::{Metric, MetricError};
pub(crate) use period::full_year;
pub use period::{Calendar, FiscalYear, NamedAfter, Period, PeriodError, Quarter, short_year};
pub use remark::{Remark, RemarkKind};
pub use seed::{Document, Reading, Seed, Unread};
pub use unit::{Currency, Scale, Unit, UnitError};
pub use warning::{Warned, Warning};

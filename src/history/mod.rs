//! Facts become one figure per metric and period, by named rules.

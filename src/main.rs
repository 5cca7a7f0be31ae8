//! The command line's entry: nothing but the call.

fn main() {}

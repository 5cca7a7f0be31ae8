//! Numbers that only look random: the same on every run and every machine.

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall alike for the same number.
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    #[allow(dead_code, reason = "not every test throws for a number")]
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// A place in a list of this length, which is not empty.
    #[allow(dead_code, reason = "not every test throws for a place")]
    pub fn below(&mut self, length: usize) -> usize {
        (self.next() % length.max(1) as u64) as usize
    }
}

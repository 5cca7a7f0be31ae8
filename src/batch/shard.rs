//! Shards: one of several machines takes the companies that fall to it, whatever other companies there are.

use std::fmt;

/// One part of a run that several machines share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Numbers")]
pub struct Shard {
    /// Which one, from 1.
    pub index: u64,
    /// Of how many.
    pub count: u64,
}

/// A shard as a file has it.
#[derive(serde::Deserialize)]
struct Numbers {
    index: u64,
    count: u64,
}

impl TryFrom<Numbers> for Shard {
    type Error = String;

    fn try_from(Numbers { index, count }: Numbers) -> Result<Self, String> {
        Self::new(index, count).ok_or_else(|| format!("there is no shard {index}/{count}"))
    }
}

impl Shard {
    /// The most machines that share a run.
    pub const MOST: u64 = 1_000_000;

    /// The shard, where the numbers make sense.
    pub fn new(index: u64, count: u64) -> Option<Self> {
        (count <= Self::MOST && (1..=count).contains(&index)).then_some(Self { index, count })
    }

    /// Whether a company falls to it. Only the company's id decides, so that a retry takes the same ones.
    pub fn takes(self, company: &str) -> bool {
        let hash = blake3::hash(company.as_bytes());
        let number = hash.as_bytes()[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % self.count == self.index - 1
    }

    /// The shard that a scheduler's variables name: a Slurm job array, whatever its first index, or a Kubernetes Indexed Job,
    /// which does not say how many there are.
    ///
    /// # Errors
    /// Says which variable is missing or wrong.
    pub fn of_scheduler(count: Option<u64>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let number = |name: &str| match variable(name) {
            Some(text) => text.parse().map(Some).map_err(|_| format!("cannot read `{name}={text}`, expected a number")),
            None => Ok::<Option<u64>, String>(None),
        };
        let (index, known) = if let Some(id) = number("SLURM_ARRAY_TASK_ID")? {
            let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
            let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
            (id.checked_sub(first).map(|beyond| beyond / step), number("SLURM_ARRAY_TASK_COUNT")?)
        } else if let Some(index) = number("JOB_COMPLETION_INDEX")? {
            (Some(index), None)
        } else {
            return Err("found no scheduler's `SLURM_ARRAY_TASK_ID` or `JOB_COMPLETION_INDEX`".to_owned());
        };
        let count = count.or(known).ok_or("the scheduler does not say how many shards there are")?;
        let index = index.and_then(|index| index.checked_add(1)).unwrap_or(0);
        Self::new(index, count).ok_or_else(|| format!("shard {index} is not between 1 and {count}"))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_company_falls_to_exactly_one_shard() {
        for count in [1, 2, 3, 16] {
            let shards: Vec<Shard> = (1..=count).filter_map(|index| Shard::new(index, count)).collect();
            for company in (0..500).map(|number| format!("c{number}")) {
                assert_eq!(shards.iter().filter(|shard| shard.takes(&company)).count(), 1);
            }
            let smallest = shards.iter().map(|s| (0..500).filter(|n| s.takes(&format!("c{n}"))).count()).min();
            assert!(smallest.is_some_and(|smallest| smallest as u64 >= 250 / count), "{count}: {smallest:?}");
        }
    }

    /// Variables like `A=1 B=2`, and the shard or what is wrong.
    fn check(count: Option<u64>, variables: &str, expected: &str) {
        let variable = |name: &str| {
            let mut pairs = variables.split(' ').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        let seen = Shard::of_scheduler(count, &variable).map_or_else(|error| error, |shard| shard.to_string());
        assert_eq!(seen, expected, "{variables}");
    }

    #[test]
    fn a_scheduler_names_the_shard() {
        check(None, "SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4", "1/4");
        check(None, "SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=4", "4/4");
        check(
            None,
            "SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=3",
            "3/3",
        );
        check(Some(3), "JOB_COMPLETION_INDEX=2", "3/3");
        check(Some(2), "JOB_COMPLETION_INDEX=2", "shard 3 is not between 1 and 2");
        check(None, "JOB_COMPLETION_INDEX=2", "the scheduler does not say how many shards there are");
        check(None, "SLURM_ARRAY_TASK_ID=x", "cannot read `SLURM_ARRAY_TASK_ID=x`, expected a number");
        check(None, "", "found no scheduler's `SLURM_ARRAY_TASK_ID` or `JOB_COMPLETION_INDEX`");
    }
}

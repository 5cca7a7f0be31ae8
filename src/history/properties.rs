//! Properties of the whole: what must hold for any facts, and what the seeds must give.

use super::cases;

#[test]
fn look() {
    let seeds = cases::seeds();
    let (company, vocabulary) = (cases::company(), std::sync::Arc::new(cases::vocabulary()));
    let started = std::time::Instant::now();
    let seen = super::aggregate(company, vocabulary, &seeds);
    println!("aggregate {:?}", started.elapsed());
    for w in &seen.warnings {
        println!("{w}");
    }
    let h = seen.value;
    println!("{:?}", h.quarters().iter().map(|q| q.to_string()).collect::<Vec<_>>());
    for m in h.metrics() {
        println!("== {m}\n{}", cases::series(&h, m.as_str()));
    }
}

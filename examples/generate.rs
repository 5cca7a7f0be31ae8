//! Writes generated companies as seeds: `cargo run --release --example generate -- FOLDER COMPANIES QUARTERS`.
#![expect(clippy::disallowed_methods, reason = "writes the seeds")]

#[path = "../tests/generated/company.rs"]
mod company;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, companies, quarters] = arguments.as_slice() else {
        return Err("expected FOLDER COMPANIES QUARTERS, for instance `target/market 100 40`".into());
    };
    let (companies, quarters): (usize, usize) = (companies.parse()?, quarters.parse()?);
    for number in 1..=companies {
        let made = company::company(number, quarters);
        let folder = PathBuf::from(folder).join(&made.id);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("company.toml"), &made.profile)?;
        for (name, text) in &made.documents {
            fs::write(folder.join(name), text)?;
        }
        assert_eq!(made.quarters.len(), made.documents.len());
    }
    Ok(())
}

//! Writes briefs as other programs can set them: a folder each, with the page template, its data and ready-made charts.
//! `cargo bench --bench ready -- FOLDER [PERIOD]...`; `benches/peers/run.py` sets them.
#![expect(clippy::disallowed_methods, reason = "writes the folders of the peers")]

use std::path::Path;
use std::{env, fs, io};

use tanshin::brief::{self, BUILT_IN, Content, Fonts};
use tanshin::config::Look;
use tanshin::language::Language;
use tanshin::run::{self, Press};
use tanshin::seed;
use tanshin::templates::Templates;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some((folder, periods)) = arguments.split_first() else { return Ok(()) };
    let seeds = seed::load(Path::new("seeds")).expect("the seeds are there").value;
    let library = run::read(&seeds[0], None).value;
    let history = run::aggregate(&library).value;
    let press = Press::new(&Templates::built_in(), &[], &Look::default()).expect("the built-in templates are good");
    for period in periods {
        let quarter = period.parse().expect("a quarter");
        let content = press.compose(&library, &history, quarter, Language::default()).expect("a brief");
        write(&Path::new(folder).join(period), &content)?;
    }
    Ok(())
}

fn write(folder: &Path, content: &Content) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in BUILT_IN {
        fs::write(folder.join(name), text)?;
    }
    if let Some(attachment) = &content.attachment {
        fs::write(folder.join("brief.json"), &attachment.bytes)?;
    }
    fs::write(folder.join("density.json"), "1.0")?;
    fs::write(folder.join("spare.json"), "0.0")?;
    let sheet = brief::sheet(content, &Fonts::embedded()).expect("every figure has a proof");
    fs::write(folder.join("content.json"), sheet)
}

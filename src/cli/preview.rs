//! `tanshin preview`: finds what to show first, prints the address, and serves until Ctrl-C.

use std::ffi::OsString;
use std::io::Write;
use std::sync::Arc;

use super::args::{self, Refused};
use super::failure::{Exit, Failure};
use super::{Stop, interrupt};
use crate::cause::cause;
use crate::model::{Quarter, Warning};
use crate::near::near;
use crate::options::{Options, Preview as Wanted, Task};
use crate::preview::{Preview, Project, Read, Setup};
use crate::seed;

/// Serves the preview.
pub(super) fn preview(options: &Options, wanted: &Wanted, out: &mut dyn Write) -> Result<Exit, Stop> {
    seed::folders(&options.sources.seeds).map_err(Failure::from)?;
    let line = wanted.line.clone();
    let mut project = Project::new(setup(options, wanted, Vec::new()), Box::new(move || reread(&line)));
    let (company, quarter) = first(&mut project, options, wanted)?;
    let preview = Preview::listen(project, &company, quarter, wanted.port).map_err(|error| {
        let message = format!("cannot listen on port {}: {}", wanted.port, cause(&error));
        let hint = "leave out `--port` to take any that is free";
        Failure::at(Exit::Io, message, format_args!("--port {}", wanted.port), hint)
    })?;
    interrupt::listen();
    writeln!(out, "{}", preview.address())?;
    out.flush()?;
    preview.run(&interrupt::STOP)?;
    Ok(Exit::Ok)
}

fn setup(options: &Options, wanted: &Wanted, warnings: Vec<Warning>) -> Setup {
    Setup {
        sources: options.sources.clone(),
        templates: wanted.templates.clone(),
        fonts: wanted.fonts.clone(),
        look: options.look.clone(),
        files: wanted.files.clone(),
        warnings,
    }
}

/// Command line and settings as they are now.
fn reread(line: &[OsString]) -> Result<Setup, Vec<Warning>> {
    match args::parse(line.iter().cloned()) {
        Ok((options, warnings)) => match &options.task {
            Task::Preview(wanted) => Ok(setup(&options, wanted, warnings)),
            _ => unreachable!("the same line asks for the same command"),
        },
        Err(Refused::Settings(faults)) => Err(faults),
        Err(Refused::Argument(failure)) => {
            let place = failure.place.clone().unwrap_or_default();
            Err(vec![Warning { message: failure.message, place, hint: failure.hint }])
        }
        Err(Refused::Clap(_)) => unreachable!("clap has taken this line before"),
    }
}

/// The first company that can be read, and the quarter: as asked for, or its last one.
fn first(project: &mut Project, options: &Options, wanted: &Wanted) -> Result<(String, Quarter), Failure> {
    let place = options.sources.seeds.display();
    let ids: Vec<String> = project.companies().map(str::to_owned).collect();
    if let Some(unknown) = options.sources.companies.iter().find(|id| !ids.contains(id)) {
        let hint = near(unknown, ids.iter().map(String::as_str)).map_or_else(
            || "`tanshin quarters` lists the companies".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        return Err(Failure::usage(format!("found no company `{unknown}`"), place, hint));
    }
    let mut read: Vec<(String, Arc<Read>)> = Vec::new();
    let mut faults = Vec::new();
    for id in ids {
        match project.company(&id) {
            Ok(company) => read.push((id, company)),
            Err(found) => faults.extend(found),
        }
        let fits = |(_, company): &(String, Arc<Read>)| quarter_of(company, wanted.quarter).is_some();
        if let Some((id, company)) = read.iter().find(|company| fits(company)) {
            let quarter = quarter_of(company, wanted.quarter).expect("it fits");
            return Ok((id.clone(), quarter));
        }
    }
    match (wanted.quarter, faults.into_iter().next()) {
        (Some(quarter), _) if !read.is_empty() => {
            let hint = "`tanshin quarters` lists the quarters that have data";
            let message = format!("found no revenue and operating income for {quarter}");
            Err(Failure::usage(message, format_args!("preview {quarter}"), hint))
        }
        (_, Some(fault)) => Err(Failure::at(Exit::Input, fault.message, fault.place, fault.hint)),
        _ => {
            let hint = "add a document with revenue and operating income of a quarter";
            Err(Failure::at(Exit::Input, "found no quarter that a brief could be of".to_owned(), place, hint))
        }
    }
}

fn quarter_of(company: &Read, wanted: Option<Quarter>) -> Option<Quarter> {
    let quarters = company.history.quarters();
    match wanted {
        Some(quarter) => quarters.contains(&quarter).then_some(quarter),
        None => quarters.last().copied(),
    }
}

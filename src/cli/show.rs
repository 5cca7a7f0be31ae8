//! `tanshin show`: the text of one quarter's brief, or what its templates see.

use std::io::Write;

use super::Stop;
use super::failure::Failure;
use super::printable::printable;
use crate::config::Look;
use crate::model::Warning;
use crate::narrative;
use crate::options::{Show, ShowFormat};
use crate::rehearse;
use crate::run::{self, BriefError, Library, PressError, TemplateFaults};

/// Prints the quarter of the one company.
pub(super) fn show(
    libraries: &[Library],
    wanted: &Show,
    look: &Look,
    out: &mut dyn Write,
    warnings: &mut Vec<Warning>,
) -> Result<(), Stop> {
    let quarter = wanted.quarter;
    let [library] = libraries else {
        let message = format!("a text is of one company, found {}", libraries.len());
        return Err(Failure::usage(message, format_args!("show {quarter}"), "choose one with `--company ID`").into());
    };
    let templates = run::templates(&wanted.templates, look).map_err(Failure::from)?;
    warnings.extend(templates.warnings);
    let faults = rehearse::faults_of_text(&templates.value, look);
    if !faults.is_empty() {
        return Err(Stop::Faults(faults));
    }
    let engine =
        run::engine(&templates.value, wanted.language, look).map_err(PressError::from).map_err(Failure::from)?;
    let history = run::aggregate(library).value;
    if !history.quarters().contains(&quarter) {
        let message = format!("found no revenue and operating income for {quarter}");
        let hint = "`tanshin quarters` lists the quarters that have data";
        return Err(Failure::usage(message, format_args!("show {quarter}"), hint).into());
    }
    match wanted.format {
        ShowFormat::Json => {
            let view = narrative::view::view(&history, quarter, engine.phrases(), &look.voice.material).0;
            let text = serde_json::to_string_pretty(&view).map_err(std::io::Error::from)?;
            writeln!(out, "{}", narrative::unsealed(&text))?;
        }
        ShowFormat::Text => {
            let told = narrative::narrate(&history, quarter, &engine).map_err(|_| {
                let all = TemplateFaults(narrative::faults(&history, quarter, &engine));
                Stop::Faults(rehearse::told(BriefError::Narrate(all), &templates.value))
            })?;
            for line in told.plain(engine.phrases()).lines() {
                writeln!(out, "{}", printable(line))?;
            }
        }
    }
    Ok(())
}

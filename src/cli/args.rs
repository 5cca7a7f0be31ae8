//! The command line as clap reads it, and its way to checked [`Options`]. Names and help texts live here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::failure::Failure;
use super::flags::{self, FolderArguments, LookArguments, OutputArguments, SourceArguments};
use crate::batch::Shard;
use crate::config::{self, Config, Flag};
use crate::language::Language;
use crate::model::{Basis, FigureId, Measure, Metric, Period, Quarter, Warning};
use crate::near::near;
use crate::options::{
    Build, Check, CheckFormat, Compare, FactsFormat, FactsView, Lines, Options, Preview, Process, QuartersFormat,
    SeriesFormat, Show, ShowFormat, Sources, Task, TemplatesTask, TraceFormat, Verify, Watch,
};
use crate::several;

const EXIT_CODES: &str = "\
Exit codes:
    0  done, nothing left out
    1  done, but something was left out (a brief failed, a document or a profile could not be read),
       or `check` found an error
    2  usage: an argument is wrong or names what does not exist
    3  bad input: nothing could be read or built; trying again will not help
    4  a file operation failed or a limit was reached, be it for one brief; trying again may help
  130  interrupted

Data goes to standard output, messages to standard error.";

const EXAMPLES: &str = "\
Examples:
  tanshin init briefs                    a project to start from
  tanshin build                          every brief of every company, below output/
  tanshin build 1Q17 3Q18 --lang en,ja   only these quarters, in two languages
  tanshin watch                          build again what changed, at every save
  tanshin preview                        the briefs in a browser, following every edit
  tanshin show 1Q17                      the text of one brief
  tanshin templates check                every fault of the templates at once
  tanshin quarters                       which quarters have data, and from which documents
  tanshin facts --format csv > facts.csv
  tanshin series operating_income        the history of one metric
  tanshin trace operating_income 2Q16    how a figure came to be, down to the printed line
  tanshin check                          what the documents say, against itself
  tanshin verify output/iij/1Q17.pdf     whether a brief can be made again, byte for byte
";

/// Turns a company's earnings documents into investor briefs; every figure keeps the line it came from.
#[derive(Debug, Parser)]
#[command(name = "tanshin", version, max_term_width = 100, after_help = format!("{EXAMPLES}\n{EXIT_CODES}"))]
struct Arguments {
    #[command(flatten)]
    sources: SourceArguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a project that works: settings, a made-up company with a document, a folder for templates
    #[command(after_help = "Examples:\n  tanshin init\n  tanshin init briefs && cd briefs && tanshin build")]
    Init {
        /// The folder; nothing in it is replaced
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Write a PDF brief for every quarter, or for those named
    #[command(after_help = "Examples:\n  tanshin build\n  tanshin build 1Q17 3Q18 --output briefs\n  \
        tanshin build 1Q17 --as-of 2017-08-31    as it could be written on that day")]
    Build(BuildArguments),
    /// Build, and at every save of a file build again what it changed
    #[command(
        after_help = "Templates, settings, profiles, documents and fonts are watched. Tells of each brief that it makes why, \
        goes on after errors, and ends with Ctrl-C (exit code 130).\n\nExamples:\n  tanshin watch\n  tanshin watch 1Q17 --lang en,ja"
    )]
    Watch(BuildArguments),
    /// Show the briefs in a browser, following every edit of templates, settings, profiles and documents
    #[command(
        after_help = "Nothing is written. Only this machine is answered, on any free port unless one is named; Ctrl-C \
        ends it, with exit code 0.\n\nExamples:\n  tanshin preview\n  tanshin preview 1Q17 --port 8017\n\n\
        What the page shows is explained in docs/preview.md."
    )]
    Preview {
        /// The quarter to show first, like 1Q17 [default: the last one]
        #[arg(value_name = "PERIOD")]
        period: Option<String>,
        /// Port to listen on [default: any that is free]
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        #[command(flatten)]
        looks: LookArguments,
    },
    /// Print the text of one quarter's brief, or what its templates see
    #[command(after_help = "Examples:\n  tanshin show 1Q17\n  tanshin show 1Q17 --format json\n\n\
        `*` stands behind each figure that was calculated.")]
    Show {
        /// A quarter like 1Q17
        #[arg(value_name = "PERIOD")]
        period: String,
        /// Language of the text [default: en]
        #[arg(long, value_enum, value_name = "LANG")]
        lang: Option<Language>,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ShowFormat,
        /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
        #[arg(long, value_name = "DIR")]
        templates: Option<PathBuf>,
    },
    /// Show, copy out, compare and check the templates: words and looks of the briefs
    #[command(after_help = "Examples:\n  tanshin templates list\n  tanshin templates export result\n  \
        tanshin templates check\n  tanshin templates test --accept\n  tanshin templates diff     after an upgrade")]
    Templates {
        /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
        #[arg(long, value_name = "DIR", global = true)]
        templates: Option<PathBuf>,
        #[command(subcommand)]
        action: TemplatesCommand,
    },
    /// Print the settings of the project
    #[command(after_help = "Examples:\n  tanshin config show\n  tanshin config show --origin")]
    Config {
        #[command(subcommand)]
        action: ConfigCommand,
    },
    /// Print the JSON Schema of what templates see of a quarter
    Schema,
    /// Print which quarters have data: which headline figures, stated or derived, from which documents
    #[command(after_help = "Examples:\n  tanshin quarters\n  tanshin quarters --format json\n\n\
        The fields are explained in docs/formats.md.")]
    Quarters {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: QuartersFormat,
    },
    /// Print every figure that the documents state, with its place
    #[command(after_help = "Examples:\n  tanshin facts\n  tanshin facts --format jsonl | head -1\n\n\
        The fields are explained in docs/formats.md.")]
    Facts {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: FactsFormat,
        /// Print the numbers that look like business figures and did not become facts, with the reason
        #[arg(long)]
        unread: bool,
        /// Print for each document how many of its figures became facts
        #[arg(long, conflicts_with = "unread")]
        coverage: bool,
    },
    /// Print the history of one metric: one figure a period, stated or derived
    #[command(after_help = "Examples:\n  tanshin series revenue\n  \
        tanshin series revenue.network_services --format jsonl\n\nThe fields are explained in docs/formats.md.")]
    Series {
        /// Id of the metric like operating_income
        metric: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: SeriesFormat,
    },
    /// Print how a figure came to be: rule, inputs, and each source with its line
    #[command(after_help = "Examples:\n  tanshin trace operating_income 2Q16\n  \
        tanshin trace revenue FY17 --basis target --format json\n  tanshin trace revenue 1Q17 --measure yoy_pct")]
    Trace {
        /// Id of the metric like operating_income
        metric: String,
        /// Period like 2Q16, 1H16, 9M18, FY16 or 2017-06-30
        period: String,
        /// What of the metric: level, yoy_pct, yoy_abs, qoq_pct, margin_pct, …
        #[arg(long, default_value = "level")]
        measure: String,
        /// In which sense: actual, target, target_initial, target_revised or outlook
        #[arg(long, default_value = "actual")]
        basis: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: TraceFormat,
    },
    /// Print the ledger of targets: first issued, revised, in force, outcome and difference
    #[command(after_help = "Examples:\n  tanshin targets\n  tanshin targets --as-of 2017-08-31\n\n\
        The fields are explained in docs/formats.md.")]
    Targets {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: SeriesFormat,
    },
    /// Check that the documents' figures agree: totals, changes, margins, spans, the same figure in two places
    #[command(
        after_help = "Exit code 1 where a finding is an error that no rounding explains; with --strict also for \
        warnings.\n\nExamples:\n  tanshin check\n  tanshin check --strict --format json\n\n\
        The rules and the fields are explained in docs/formats.md."
    )]
    Check {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
        /// Let warnings fail as errors do
        #[arg(long)]
        strict: bool,
    },
    /// Print what two editions of the briefs say differently: quarters, figures, sentences
    #[command(
        after_help = "Each side is a day (what was known then), a folder of briefs or one PDF (what a build wrote), \
        a folder of templates or of seeds. Exit code 1 where something differs.\n\nExamples:\n  \
        tanshin diff 2017-08-31 2019-12-31\n  tanshin diff old-output output\n  \
        tanshin diff output templates --format json\n\nThe fields are explained in docs/formats.md."
    )]
    Diff {
        /// The old side
        old: String,
        /// The new side
        new: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: TraceFormat,
        /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
        #[arg(long, value_name = "DIR")]
        templates: Option<PathBuf>,
    },
    /// Say whether briefs can be made again byte for byte, or what differs
    #[command(
        after_help = "Each brief carries the manifest of what made it: documents, profile, templates, fonts, settings, program. \
        It is made\nagain from what there is now, with its own length and day.\n\nExit code 1 where a brief differs, 3 where a file is no \
        brief of tanshin.\n\nExamples:\n  tanshin verify output/iij/1Q17.pdf"
    )]
    Verify {
        /// Briefs that `tanshin build` wrote
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        folders: FolderArguments,
    },
    /// Work with the reports that builds write
    #[command(subcommand)]
    Report(ReportCommand),
    /// Print the metric ids with their standard terms
    #[command(hide = true)]
    Metrics {
        /// How to print
        #[arg(long, value_parser = ["markdown"], default_value = "markdown")]
        format: String,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting that counts
    Show {
        /// Say where each comes from: a flag, a line of the file, the default
        #[arg(long)]
        origin: bool,
        #[command(flatten)]
        looks: LookArguments,
        #[command(flatten)]
        output: OutputArguments,
    },
    /// Print the page `docs/configuration.md`: every setting
    Reference,
}

#[derive(Debug, Subcommand)]
enum TemplatesCommand {
    /// Name all templates, where each comes from and what it says
    List,
    /// Print one template
    Show {
        /// Its name, like en/result.hbs or result
        name: String,
    },
    /// Copy built-in templates out, to be edited; edited files are kept
    Export {
        /// Names like result; all where none is given
        names: Vec<String>,
        /// Folder to copy to [default: the project's templates]
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// Replace edited files too
        #[arg(long)]
        force: bool,
    },
    /// Show how your templates differ from the built-in ones
    Diff,
    /// Print the page `docs/templates.md`: every helper and field
    Reference,
    /// Compare the text of every quarter with the one that was accepted, word by word
    Test {
        /// Take the texts as they are
        #[arg(long)]
        accept: bool,
    },
    /// Try all templates against all quarters, and without figures; name every fault
    Check {
        /// Folder of more fonts [default: fonts, where it exists]
        #[arg(long, value_name = "DIR")]
        fonts: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum ReportCommand {
    /// Make the reports of all shards of a run one, and say which shards are missing
    #[command(after_help = "Example:\n  tanshin report merge shard-*.json --output report.json")]
    Merge {
        /// Reports that `tanshin build --report FILE` wrote; of a shard that ran twice the last one counts
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// File for the merged report [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct BuildArguments {
    /// Quarters like 1Q17; all that have data where none is named
    #[arg(value_name = "PERIOD")]
    periods: Vec<String>,
    #[command(flatten)]
    looks: LookArguments,
    #[command(flatten)]
    output: OutputArguments,
    #[command(flatten)]
    batch: BatchArguments,
}

#[derive(Debug, Args)]
struct BatchArguments {
    /// Make briefs on this many threads [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Make all briefs, also those that did not change
    #[arg(long)]
    force: bool,
    /// Say what would be made, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Say of each brief why it is made or left alone
    #[arg(long)]
    explain: bool,
    /// Write what became of each brief to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Make each brief in a process of its own, with limits on memory and time and with no file but the project's
    #[arg(long)]
    untrusted_templates: bool,
    /// Make one brief of one company, with limits, and print the report
    #[arg(long, hide = true, num_args = 2, value_names = ["COMPANY", "PERIOD"], requires = "untrusted_templates")]
    worker: Option<Vec<String>>,
    /// Take only the companies of part I of N; `auto` or `auto/N` asks Slurm or Kubernetes for I
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
}

/// Why there are no options.
pub(super) enum Refused {
    /// Clap has its own words: help, version, an unknown flag.
    Clap(clap::Error),
    /// An argument of ours.
    Argument(Failure),
    /// The settings are at fault; all of it.
    Settings(Vec<Warning>),
}

/// Reads and checks a command line, program name first.
pub(super) fn parse(line: impl IntoIterator<Item = OsString>) -> Result<(Options, Vec<Warning>), Refused> {
    let line: Vec<OsString> = line.into_iter().collect();
    let arguments = Arguments::try_parse_from(&line).map_err(Refused::Clap)?;
    if let Some(text) = &arguments.sources.as_of {
        day(text).map_err(Refused::Argument)?;
    }
    let (config, warnings) = match &arguments.command {
        // A new project has no settings yet, and those above it are none of its own.
        Command::Init { .. } => Ok((config::defaults(), Vec::new())),
        _ => config::load(arguments.sources.config.as_deref(), &flags(&arguments)),
    }
    .map_err(Refused::Settings)?;
    Ok((check(arguments, &config, line).map_err(Refused::Argument)?, warnings))
}

fn check(arguments: Arguments, config: &Config, line: Vec<OsString>) -> Result<Options, Failure> {
    let mut companies = config.companies.clone();
    let task = match arguments.command {
        Command::Build(BuildArguments { periods, batch, .. }) => {
            Task::Build(build(batch, &mut companies, periods, config, Lines::All)?)
        }
        Command::Watch(BuildArguments { periods, batch, .. }) => {
            let build = build(batch, &mut companies, periods, config, Lines::Made)?;
            match build.process {
                Process::Worker => Task::Build(build),
                _ => Task::Watch(Watch { build, files: config.files.clone(), line }),
            }
        }
        Command::Verify { files, .. } => {
            Task::Verify(Verify { files, templates: config.templates.clone(), fonts: config.fonts.clone() })
        }
        Command::Report(ReportCommand::Merge { files, output }) => Task::MergeReports { files, output },
        Command::Facts { format, unread, coverage } => {
            let view = match (unread, coverage) {
                (true, _) => FactsView::Unread,
                (_, true) => FactsView::Coverage,
                _ => FactsView::Facts,
            };
            Task::Facts(view, format)
        }
        Command::Series { metric: id, format } => Task::Series(metric(&id, "series")?, format),
        Command::Quarters { format } => Task::Quarters(format),
        Command::Show { period, format, .. } => Task::Show(Show {
            quarter: quarter("show", &period)?,
            language: config.look.languages.first().copied().unwrap_or_default(),
            templates: config.templates.clone(),
            format,
        }),
        Command::Check { format, strict } => Task::Check(Check { format, strict }),
        Command::Trace { metric: id, period: text, measure, basis, format } => {
            let id = FigureId {
                metric: metric(&id, "trace")?,
                period: period(&text)?,
                basis: named(&basis, "--basis", &Basis::ALL, Basis::name)?,
                measure: named(&measure, "--measure", &Measure::ALL, Measure::name)?,
            };
            Task::Trace(id, format)
        }
        Command::Targets { format } => Task::Targets(format),
        Command::Diff { old, new, format, .. } => {
            Task::Compare(Compare { old, new, templates: config.templates.clone(), format })
        }
        Command::Metrics { .. } => Task::Metrics,
        Command::Init { folder } => Task::Init(folder),
        Command::Preview { period, port, .. } => Task::Preview(Preview {
            quarter: period.map(|text| quarter("preview", &text)).transpose()?,
            templates: config.templates.clone(),
            fonts: config.fonts.clone(),
            port: port.unwrap_or(0),
            files: config.files.clone(),
            line,
        }),
        Command::Schema => Task::Schema,
        Command::Config { action: ConfigCommand::Show { origin, .. } } => {
            Task::Config { rows: config.rows.clone(), origin }
        }
        Command::Config { action: ConfigCommand::Reference } => Task::ConfigReference,
        Command::Templates { action, .. } => {
            let task = match action {
                TemplatesCommand::List => TemplatesTask::List,
                TemplatesCommand::Show { name } => TemplatesTask::Show(name),
                TemplatesCommand::Export { names, to, force } => {
                    let to = to.unwrap_or_else(|| config.templates.path.clone());
                    TemplatesTask::Export { names, to, force }
                }
                TemplatesCommand::Diff => TemplatesTask::Diff,
                TemplatesCommand::Reference => TemplatesTask::Reference,
                TemplatesCommand::Test { accept } => TemplatesTask::Test { accepted: config.accepted.clone(), accept },
                TemplatesCommand::Check { .. } => TemplatesTask::Check(config.fonts.clone()),
            };
            Task::Templates(config.templates.clone(), task)
        }
    };
    let sources = Sources { seeds: config.seeds.clone(), companies, as_of: config.as_of };
    Ok(Options { look: config.look.clone(), sources, task })
}

/// What a build is to do; without `--explain` it prints these lines.
fn build(
    mut batch: BatchArguments,
    companies: &mut Vec<String>,
    mut periods: Vec<String>,
    config: &Config,
    lines: Lines,
) -> Result<Build, Failure> {
    let process = process(&mut batch, companies, &mut periods);
    Ok(Build {
        quarters: periods.iter().map(|text| quarter("build", text)).collect::<Result<_, _>>()?,
        templates: config.templates.clone(),
        fonts: config.fonts.clone(),
        output: config.output.clone(),
        jobs: batch.jobs.map_or_else(several::cores, std::num::NonZeroUsize::get),
        force: batch.force,
        dry_run: batch.dry_run,
        lines: if batch.explain { Lines::Explained } else { lines },
        report: batch.report,
        shard: batch.shard.map(|text| shard(&text)).transpose()?,
        process,
    })
}

/// What the command line says in place of settings.
fn flags(arguments: &Arguments) -> Vec<Flag> {
    let templates = |found: &Option<PathBuf>| flags::path("folders.templates", "--templates", found.as_ref());
    let own = match &arguments.command {
        Command::Build(BuildArguments { looks, output, .. })
        | Command::Watch(BuildArguments { looks, output, .. })
        | Command::Config { action: ConfigCommand::Show { looks, output, .. } } => {
            let mut flags = looks.flags();
            flags.push(output.flag());
            flags
        }
        Command::Preview { looks, .. } => looks.flags(),
        Command::Verify { folders, .. } => folders.flags(),
        Command::Show { lang, templates: folder, .. } => {
            vec![templates(folder), flags::languages(lang.as_slice())]
        }
        Command::Diff { templates: folder, .. } => vec![templates(folder)],
        Command::Templates { templates: folder, action: TemplatesCommand::Check { fonts } } => {
            vec![templates(folder), flags::path("folders.fonts", "--fonts", fonts.as_ref())]
        }
        Command::Templates { templates: folder, .. } => vec![templates(folder)],
        _ => Vec::new(),
    };
    arguments.sources.flags().into_iter().chain(own).collect()
}

/// In which process briefs are made. A worker has the command line of its parent, and makes one brief of it.
fn process(batch: &mut BatchArguments, company: &mut Vec<String>, periods: &mut Vec<String>) -> Process {
    let Some([one, period]) = batch.worker.as_deref() else {
        return if batch.untrusted_templates { Process::Contained } else { Process::Own };
    };
    (*company, *periods) = (vec![one.clone()], vec![period.clone()]);
    (batch.shard, batch.report, batch.jobs) = (None, None, Some(std::num::NonZeroUsize::MIN));
    Process::Worker
}

/// `2/8`; `auto` where a scheduler says which part is ours, `auto/8` where it does not say of how many.
#[expect(clippy::disallowed_methods, reason = "the command line may know the environment")]
fn shard(text: &str) -> Result<Shard, Failure> {
    let refuse = |message: String| {
        Failure::usage(message, format_args!("--shard {text}"), "write it like `2/8`, the second of eight parts")
    };
    let (index, count) = text.split_once('/').map_or((text, None), |(index, count)| (index, Some(count)));
    let number = |text: &str| {
        text.parse::<u64>().map_err(|_| refuse(format!("cannot read the part `{text}`, expected two numbers")))
    };
    let count = count.map(number).transpose()?;
    if index == "auto" {
        return Shard::of_scheduler(count, &|name| std::env::var(name).ok()).map_err(refuse);
    }
    let index = number(index)?;
    let count = count.ok_or_else(|| refuse("found a part without the number of parts".to_owned()))?;
    if count > Shard::MOST {
        return Err(refuse(format!("found {count} parts, more than the limit of {}", Shard::MOST)));
    }
    Shard::new(index, count).ok_or_else(|| refuse(format!("part {index} is not between 1 and {count}")))
}

fn day(text: &str) -> Result<chrono::NaiveDate, Failure> {
    text.parse().map_err(|_| {
        let message = format!("cannot read the date `{text}`, expected year, month and day");
        Failure::usage(message, format_args!("--as-of {text}"), "write it like `2017-08-08`")
    })
}

fn quarter(command: &str, text: &str) -> Result<Quarter, Failure> {
    text.parse().map_err(|error: crate::model::PeriodError| {
        Failure::usage(
            error.to_string(),
            format_args!("{command} {text}"),
            "`tanshin quarters` lists those that have data",
        )
    })
}

fn metric(id: &str, command: &str) -> Result<Metric, Failure> {
    id.parse().map_err(|error: crate::model::MetricError| {
        let hint = "the metrics are those that `tanshin facts` prints";
        Failure::usage(error.to_string(), format_args!("{command} {id}"), hint)
    })
}

fn period(text: &str) -> Result<Period, Failure> {
    text.parse().map_err(|error: crate::model::PeriodError| {
        Failure::usage(error.to_string(), format_args!("trace {text}"), "`tanshin series METRIC` lists those it has")
    })
}

/// One of a few words, with the nearest for one that is none of them.
fn named<T: Copy>(text: &str, option: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, Failure> {
    let found = all.iter().copied().find(|known| name(*known) == text);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|known| name(*known)).collect();
        let hint = match near(text, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("one of `{}`", names.join("`, `")),
        };
        Failure::usage(format!("`{text}` is not known to {option}"), format_args!("{option} {text}"), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let words = std::iter::once("tanshin").chain(line.split(' ')).map(OsString::from);
        let seen = match parse(words) {
            Ok((options, _)) => format!("{:?}", options.task),
            Err(Refused::Argument(failure)) => failure.to_string(),
            Err(Refused::Settings(faults)) => format!("{faults:?}"),
            Err(Refused::Clap(error)) => error.to_string().lines().next().unwrap_or_default().to_owned(),
        };
        assert_eq!(seen, expected, "{line}");
    }

    #[test]
    fn the_command_line_is_consistent() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn arguments_become_options_or_say_what_they_should_be() {
        check("facts --format csv", "Facts(Facts, Csv)");
        check("facts --unread", "Facts(Unread, Table)");
        check("check --strict", "Check(Check { format: Table, strict: true })");
        check(
            "trace revenue 1Q17 --measure yoy_pc",
            "`yoy_pc` is not known to --measure\n  --> --measure yoy_pc\nhint: did you mean `yoy_pct`?",
        );
        check(
            "trace revenue 1Q",
            "`1Q` is not a period, expected a form like `1Q17`, `1H16`, `9M18`, `FY16`, `2012-03` or `2017-06-30`\n  \
             --> trace 1Q\nhint: `tanshin series METRIC` lists those it has",
        );
        check("series eps_basic", "Series(Metric(\"eps_basic\"), Table)");
        check(
            "build 5Q13",
            "quarter 5 is not between 1 and 4\n  --> build 5Q13\nhint: `tanshin quarters` lists those that have data",
        );
        check(
            "facts --as-of 2017-13-01",
            "cannot read the date `2017-13-01`, expected year, month and day\n  --> --as-of 2017-13-01\n\
             hint: write it like `2017-08-08`",
        );
        check("fact", "error: unrecognized subcommand 'fact'");
    }
}

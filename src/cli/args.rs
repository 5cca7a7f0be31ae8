//! The command line as clap reads it, and its way to checked [`Options`]. Names and help texts live here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::failure::Failure;
use crate::model::{Metric, Quarter};
use crate::options::{
    Build, FactsFormat, Folder, Length, Options, QuartersFormat, SeriesFormat, Show, ShowFormat, Sources, Task,
};

const EXIT_CODES: &str = "\
Exit codes:
    0  done, nothing left out
    1  done, but something was left out: a brief failed, a document or a profile could not be read
    2  usage: an argument is wrong or names what does not exist
    3  bad input: nothing could be read or built; trying again will not help
    4  a file operation failed or a limit was reached; trying again may help
  130  interrupted

Data goes to standard output, messages to standard error.";

const EXAMPLES: &str = "\
Examples:
  tanshin build                          every brief of every company, below output/
  tanshin build 1Q17 3Q18                only these quarters
  tanshin facts --format csv > facts.csv
  tanshin series operating_income        the history of one metric
  tanshin show 1Q17                      the text of one brief
  tanshin quarters                       which quarters have data, and from which documents
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

#[derive(Debug, Args)]
#[command(next_help_heading = "Documents")]
struct SourceArguments {
    /// Folder of company folders, each with a `company.toml` and its documents as `*.txt`
    #[arg(long, value_name = "DIR", default_value = "seeds", global = true)]
    seeds: PathBuf,
    /// Take only this company, by the name of its folder; may be given several times
    #[arg(long, value_name = "ID", global = true)]
    company: Vec<String>,
    /// Take only documents published on or before this day, like 2017-08-08
    #[arg(long, value_name = "DATE", global = true)]
    as_of: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a PDF brief for every quarter, or for those named
    #[command(after_help = "Examples:\n  tanshin build\n  tanshin build 1Q17 3Q18 --output briefs\n  \
        tanshin build 1Q17 --as-of 2017-08-31    as it could be written on that day")]
    Build {
        /// Quarters like 1Q17; all that have data where none is named
        #[arg(value_name = "PERIOD")]
        periods: Vec<String>,
        #[command(flatten)]
        looks: LookArguments,
        /// How much each brief holds
        #[arg(long, value_enum, default_value_t)]
        length: Length,
        /// Folder for the briefs, `<company>/<period>.pdf` below it
        #[arg(long, value_name = "DIR", default_value = "output")]
        output: PathBuf,
    },
    /// Print every figure that the documents state, with its place
    #[command(after_help = "Examples:\n  tanshin facts\n  tanshin facts --format jsonl | head -1\n\n\
        The fields are explained in docs/formats.md.")]
    Facts {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: FactsFormat,
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
    /// Print which quarters have data: which headline figures, stated or derived, from which documents
    #[command(after_help = "Examples:\n  tanshin quarters\n  tanshin quarters --format json\n\n\
        The fields are explained in docs/formats.md.")]
    Quarters {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: QuartersFormat,
    },
    /// Print the text of one quarter's brief, or what its templates see
    #[command(after_help = "Examples:\n  tanshin show 1Q17\n  tanshin show 1Q17 --format json\n\n\
        `*` stands behind each figure that was calculated.")]
    Show {
        /// A quarter like 1Q17
        #[arg(value_name = "PERIOD")]
        period: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ShowFormat,
        /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
        #[arg(long, value_name = "DIR")]
        templates: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct LookArguments {
    /// Folder of templates that replace the built-in ones of the same name [default: templates, where it exists]
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Folder of more fonts [default: fonts, where it exists]
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

/// Why there are no options.
pub(super) enum Refused {
    /// Clap has its own words: help, version, an unknown flag.
    Clap(clap::Error),
    /// An argument of ours.
    Argument(Failure),
}

/// Reads and checks a command line, program name first.
pub(super) fn parse(line: impl IntoIterator<Item = OsString>) -> Result<Options, Refused> {
    let arguments = Arguments::try_parse_from(line).map_err(Refused::Clap)?;
    check(arguments).map_err(Refused::Argument)
}

fn check(arguments: Arguments) -> Result<Options, Failure> {
    let SourceArguments { seeds, company, as_of } = arguments.sources;
    let as_of = as_of.map(|text| day(&text)).transpose()?;
    let task = match arguments.command {
        Command::Build { periods, looks, length, output } => Task::Build(Build {
            quarters: periods.iter().map(|text| quarter("build", text)).collect::<Result<_, _>>()?,
            templates: folder(looks.templates, "templates"),
            fonts: folder(looks.fonts, "fonts"),
            length,
            output,
        }),
        Command::Facts { format } => Task::Facts(format),
        Command::Series { metric: id, format } => Task::Series(metric(&id)?, format),
        Command::Quarters { format } => Task::Quarters(format),
        Command::Show { period, format, templates } => {
            Task::Show(Show { quarter: quarter("show", &period)?, templates: folder(templates, "templates"), format })
        }
    };
    Ok(Options { sources: Sources { seeds, companies: company, as_of }, task })
}

fn folder(named: Option<PathBuf>, default: &str) -> Folder {
    Folder { named: named.is_some(), path: named.unwrap_or_else(|| default.into()) }
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

fn metric(id: &str) -> Result<Metric, Failure> {
    id.parse().map_err(|error: crate::model::MetricError| {
        let hint = "the metrics are those that `tanshin facts` prints";
        Failure::usage(error.to_string(), format_args!("series {id}"), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let words = std::iter::once("tanshin").chain(line.split(' ')).map(OsString::from);
        let seen = match parse(words) {
            Ok(options) => format!("{:?}", options.task),
            Err(Refused::Argument(failure)) => failure.to_string(),
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
        check("facts --format csv", "Facts(Csv)");
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

//! The command line's entry: nothing but the call.

fn main() -> std::process::ExitCode {
    tanshin::cli::main()
}

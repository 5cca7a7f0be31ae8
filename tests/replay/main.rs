//! A short replay of the fuzz targets: the inputs that once found a fault, and the seeds in pieces.
#![expect(clippy::disallowed_methods, reason = "reads the inputs and the seeds")]

mod targets;

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a piece of a seed.
const PIECE: usize = 12;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn inputs_that_once_found_a_fault_find_none() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions");
    let mut replayed = 0;
    // What was a fault of one reader is an input for all.
    for file in targets::TARGETS.iter().flat_map(|(name, _)| files(&folder.join(name))) {
        let bytes = fs::read(&file).unwrap();
        targets::TARGETS.iter().for_each(|(_, run)| run(&bytes));
        replayed += 1;
    }
    assert!(replayed > 0, "no input in {}", folder.display());
}

#[test]
fn what_the_fuzzer_found_worth_keeping_finds_no_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/kept");
    let mut replayed = 0;
    for file in targets::TARGETS.iter().flat_map(|(name, _)| files(&folder.join(name))) {
        let bytes = fs::read(file).unwrap();
        targets::TARGETS.iter().for_each(|(_, run)| run(&bytes));
        replayed += 1;
    }
    assert!(replayed > 100, "only {replayed} inputs in {}", folder.display());
}

#[test]
fn the_seeds_in_pieces_find_no_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/iij");
    let mut pieces = 0;
    for file in files(&folder).iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let text = fs::read_to_string(file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        // Every fourth piece keeps the test quick; the fuzzer sees them all.
        for piece in lines.chunks(PIECE).step_by(4) {
            let piece = piece.join("\n");
            targets::TARGETS.iter().for_each(|(_, run)| run(piece.as_bytes()));
            pieces += 1;
        }
    }
    assert!(pieces > 50, "only {pieces} pieces");
}

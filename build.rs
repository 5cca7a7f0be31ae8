//! The fingerprint of the program: a brief made by other code, templates, fonts or dependencies is made again.
#![expect(clippy::disallowed_methods, reason = "the build reads what the program is made of")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What a brief's bytes depend on besides its documents.
const PARTS: [&str; 4] = ["src", "templates", "fonts", "Cargo.lock"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hasher = blake3::Hasher::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        add(&root, &root.join(part), &mut hasher)?;
    }
    println!("cargo::rustc-env=TANSHIN_BUILD={}", &hasher.finalize().to_hex()[..16]);
    Ok(())
}

/// Adds a file, or all files below a folder in the order of their names.
fn add(root: &Path, path: &Path, hasher: &mut blake3::Hasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(root, entry, hasher));
    }
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let bytes = fs::read(path)?;
    hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(&bytes);
    Ok(())
}

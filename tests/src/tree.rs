//! Where things are: the tree, what was built in it, the private copy of the server.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The root of the source tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A folder below `target/`, by its real path: the server's user may be unable to go through the tree.
pub fn target(name: &str) -> Result<PathBuf> {
    let path = root().join("target").join(name);
    std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path.canonicalize()?)
}

/// The gateway's binary, as `make build` leaves it.
pub fn gateway_binary() -> Result<PathBuf> {
    let path = env::var_os("CS_GATEWAY_BINARY")
        .map_or_else(|| root().join("target/release/cs-gateway"), PathBuf::from);
    ensure!(
        path.is_file(),
        "{} is missing: run make build",
        path.display()
    );
    Ok(path)
}

/// A PostgreSQL server that has the extension installed.
#[derive(Debug, Clone)]
pub struct Server {
    /// The folder of its programs.
    pub bin: PathBuf,
    /// Its major version.
    pub major: u32,
    /// The extension's library.
    pub library: PathBuf,
}

impl Server {
    /// The server that `CS_PG_CONFIG` names, else the newest private copy under `target/`.
    pub fn find() -> Result<Self> {
        let named = env::var_os("CS_PG_CONFIG").map(PathBuf::from);
        let pg_config = named
            .or_else(newest_private_copy)
            .context("no private copy of a server under target/: run make build")?;
        let pg_config = pg_config
            .canonicalize()
            .with_context(|| format!("{} is missing: run make build", pg_config.display()))?;
        let version = ask(&pg_config, "--version")?;
        let major = version
            .trim_start_matches("PostgreSQL ")
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .and_then(|digits| digits.parse().ok())
            .with_context(|| format!("no version in {version:?}"))?;
        Ok(Self {
            bin: ask(&pg_config, "--bindir")?.into(),
            major,
            library: Path::new(&ask(&pg_config, "--pkglibdir")?).join("customer_success.so"),
        })
    }

    /// The path of one of the server's programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

fn newest_private_copy() -> Option<PathBuf> {
    (15..=18)
        .rev()
        .map(|major| root().join(format!("target/pg{major}/pg_config")))
        .find(|path| path.exists())
}

fn ask(pg_config: &Path, what: &str) -> Result<String> {
    let output = Command::new(pg_config).arg(what).output()?;
    ensure!(
        output.status.success(),
        "{} {what} failed",
        pg_config.display()
    );
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

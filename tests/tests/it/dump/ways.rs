//! The ways a DBA dumps a database of the shared cluster and restores it elsewhere, under the name `restored`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cs_tests::cluster::Cluster;
use cs_tests::{stack, tree};

pub const RESTORED: &str = "restored";

/// Who dumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Superuser,
    /// A log-in that is in `cs_backup`, by `--role=cs_backup`.
    Backup,
}

/// How the dump is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `pg_restore -1 -e`
    OneTransaction,
    /// `pg_restore -e -j2`
    TwoJobs,
    /// `psql -1` of a plain dump
    Psql,
}

impl Way {
    fn format(self) -> &'static str {
        match self {
            Self::OneTransaction | Self::TwoJobs => "-Fc",
            Self::Psql => "-Fp",
        }
    }

    fn restore(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::OneTransaction => ("pg_restore", &["-1", "-e", "--dbname", RESTORED]),
            Self::TwoJobs => ("pg_restore", &["-e", "-j2", "--dbname", RESTORED]),
            Self::Psql => (
                "psql",
                &[
                    "-X",
                    "-q",
                    "-1",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-d",
                    RESTORED,
                    "-f",
                ],
            ),
        }
    }
}

/// A dump, removed with its value.
#[derive(Debug)]
pub struct Dump {
    file: PathBuf,
    way: Way,
}

impl Drop for Dump {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

impl Dump {
    /// Dumps a database of the shared cluster.
    pub fn take(database: &str, way: Way, by: By) -> Self {
        let folder = tree::target("test").unwrap();
        let file = folder.join(format!("{}-{database}.dump", std::process::id()));
        let dump = Self { file, way };
        let command = stack::with_cluster(|cluster| {
            let mut command = cluster.program("pg_dump");
            if by == By::Backup {
                let login = format!("backup_{database}");
                cluster
                    .connect("postgres")?
                    .batch_execute(&format!("create role {login} login in role cs_backup"))?;
                command.args(["--username", &login, "--role=cs_backup"]);
            }
            Ok(command)
        });
        let mut command = command.unwrap();
        command
            .args([way.format(), "--dbname", database, "--file"])
            .arg(&dump.file);
        run(command);
        dump
    }

    /// Restores it as a new database of another cluster.
    pub fn restore(&self, other: &Cluster) {
        let mut admin = other.connect("postgres").unwrap();
        admin
            .batch_execute(&format!("create database {RESTORED}"))
            .unwrap();
        let (program, arguments) = self.way.restore();
        let mut command = other.program(program);
        command.args(arguments).arg(&self.file);
        run(command);
    }
}

fn run(mut command: Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

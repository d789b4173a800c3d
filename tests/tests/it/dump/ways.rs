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
    /// `pg_restore -1 -e -O`
    WithoutOwners,
    /// `pg_restore -1 -e -x`
    WithoutPrivileges,
    /// `pg_restore -1 -e -O -x`
    WithoutOwnersAndPrivileges,
    /// `pg_restore -1 -e --enable-row-security`
    RowSecurity,
    /// `psql -1` of a plain dump that `pg_dump --enable-row-security` made
    PsqlRowSecurity,
}

const PSQL: &[&str] = &[
    "-X",
    "-q",
    "-1",
    "-v",
    "ON_ERROR_STOP=1",
    "-d",
    RESTORED,
    "-f",
];

impl Way {
    fn dump_options(self) -> &'static [&'static str] {
        match self {
            Self::Psql => &["-Fp"],
            Self::PsqlRowSecurity => &["-Fp", "--enable-row-security"],
            Self::RowSecurity => &["-Fc", "--enable-row-security"],
            _ => &["-Fc"],
        }
    }

    fn restore(self) -> (&'static str, Vec<&'static str>) {
        let options: &[&str] = match self {
            Self::Psql | Self::PsqlRowSecurity => return ("psql", PSQL.to_vec()),
            Self::TwoJobs => &["-j2"],
            Self::OneTransaction => &["-1"],
            Self::WithoutOwners => &["-1", "-O"],
            Self::WithoutPrivileges => &["-1", "-x"],
            Self::WithoutOwnersAndPrivileges => &["-1", "-O", "-x"],
            Self::RowSecurity => &["-1", "--enable-row-security"],
        };
        let always = ["-e", "--dbname", RESTORED];
        ("pg_restore", [options, &always].concat())
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
            .args(way.dump_options())
            .args(["--dbname", database, "--file"])
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

    /// Its rows alone, into a database of that name that has the extension already. Returns what `pg_restore` complained of.
    pub fn restore_rows(&self, other: &Cluster) -> String {
        let mut command = other.program("pg_restore");
        command
            .args(["--data-only", "--disable-triggers", "--dbname", RESTORED])
            .arg(&self.file);
        let output = command.output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
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

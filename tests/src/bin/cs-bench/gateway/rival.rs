//! What the gateway is measured against: pgbench without any HTTP, and PostGraphile, which does the same job.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use cs_tests::cluster::{Cluster, free_port};
use cs_tests::database::Database;
use cs_tests::tree;

use super::load::CONNECTIONS;
use super::{Case, Served, answers};

/// The gateway's own statement, so that both check and state the same.
const IDENTITY: &str = include_str!("../../../../../gateway/src/database/sql/identity.sql");

/// The call, as the gateway writes it.
pub const CALL: &str = "select pg_catalog.to_json(_item)::pg_catalog.text \
    from cs.\"risk_level\"(\"score\" => '38'::pg_catalog.text::pg_catalog.int4) as _item where current_user = 'cs_member'";
/// The read, as the gateway writes it.
pub const READ: &str = "select pg_catalog.to_json(_item.*)::pg_catalog.text from \
    (select _source.\"name\" as \"name\", _source.\"current_stage\" as \"current_stage\", _source.\"arr\" as \"arr\" \
     from cs.\"accounts\" as _source where current_user = 'cs_member' \
     and _source.\"id\" = :account::pg_catalog.text::pg_catalog.uuid \
     limit '1000'::pg_catalog.text::pg_catalog.int8) as _item";

/// The call in GraphQL.
pub const CALL_GRAPH: &str = "{ riskLevel(score: 38) }";

/// The read in GraphQL.
pub fn read_graph(case: &Case) -> String {
    format!(
        "{{ accountByRowId(rowId: \"{}\") {{ name currentStage arr }} }}",
        case.account
    )
}

/// pgbench, as the gateway's role.
pub struct PgBench<'a> {
    pub cluster: &'a Cluster,
    pub database: &'a Database,
    /// An open session of the gateway.
    pub session: String,
    pub case: &'a Case,
    /// Where the script may lie.
    pub folder: PathBuf,
}

impl PgBench<'_> {
    /// Runs the transaction around this statement so many times in all.
    pub fn run(&self, statement: &str, transactions: u32) -> Result<()> {
        let parts = [":session", ":user", ":tenant", "''", "'15000'"];
        let identity = parts
            .iter()
            .enumerate()
            .fold(IDENTITY.to_owned(), |sql, (place, part)| {
                sql.replace(&format!("${}", place + 1), part)
            });
        let identity: Vec<&str> = identity
            .lines()
            .filter(|line| !line.starts_with("--"))
            .collect();
        let script = format!(
            "\\startpipeline\nbegin read only;\n{};\nset local role cs_member;\n{statement};\ncommit;\n\\endpipeline\n",
            identity.join("\n")
        );
        let file = self.folder.join("pgbench.sql");
        fs::write(&file, script)?;
        let output = self
            .cluster
            .program("pgbench")
            .args([
                "--no-vacuum",
                "--protocol=prepared",
                "--jobs=2",
                "--username=cs_web",
            ])
            .arg(format!("--client={CONNECTIONS}"))
            .arg(format!("--transactions={}", transactions / CONNECTIONS))
            .args([
                format!("--define=session={}", self.session),
                format!("--define=user={}", self.case.user),
                format!("--define=tenant={}", self.case.tenant),
                format!("--define=account={}", self.case.account),
            ])
            .arg("--file")
            .arg(&file)
            .arg(&self.database.name)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success() && !said.contains("ERROR"),
            "pgbench: {said}"
        );
        Ok(())
    }
}

/// Installs what we are measured against, as the lock file names it.
pub fn install() -> Result<()> {
    let folder = tree::root().join("tests/bench");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    let done = Command::new("npm")
        // Graphile Worker asks for a newer node than it needs
        .args(["ci", "--silent", "--engine-strict=false"])
        .current_dir(&folder)
        .status()?;
    ensure!(done.success(), "npm ci failed in tests/bench");
    Ok(fs::write(stamp, lock)?)
}

/// PostGraphile over the same database and its port; none where node is missing.
pub fn postgraphile(against: &PgBench<'_>, case: &Case) -> Result<Option<(u16, Served)>> {
    if Command::new("node").arg("--version").output().is_err() {
        println!("gateway: without PostGraphile, since node is not installed");
        return Ok(None);
    }
    install()?;
    let folder = tree::root().join("tests/bench");
    let port = free_port()?;
    let mut command = Command::new("node");
    command
        .arg("postgraphile.mjs")
        .current_dir(&folder)
        .env("DATABASE_URL", against.database.gateway_url())
        .env("PORT", port.to_string())
        .env("USER_ID", &case.user)
        .env("TENANT_ID", &case.tenant)
        .env("NODE_ENV", "production")
        .env("GRAPHILE_ENV", "production")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        // what of the schema it cannot show, at length
        .stderr(fs::File::create(against.folder.join("postgraphile.log"))?);
    let served = Served::start(command)?;
    answers(port, &served)?;
    Ok(Some((port, served)))
}

//! Every example runs: SQL by psql as the sample's administrator, or as a superuser where it says so; shell by bash, with a gateway.
//! A `text` block below one is its answer, in which … stands for anything. What cannot run here is fenced as such, and counted.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cs_tests::database::{Database, make_analyst_role};
use cs_tests::gateway::Gateway;
use cs_tests::{stack, tree};

use super::page::{Block, Page, all};

/// Languages of what is no example.
const SHOWN: [&str; 7] = ["text", "console", "ini", "mermaid", "json", "js", "yaml"];

/// How many examples of SQL and shell are left out, as `not-run`: what would never end, or needs another server.
const NOT_RUN: usize = 4;

/// One end of an example's output.
const MARK: &str = "@@ end of an example";

#[test]
fn examples_run_and_answer_as_printed() {
    let (database, _receiver) = stack::sample_database().unwrap();
    make_analyst_role(&mut database.connect().unwrap()).unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let pages = all();
    let mut faults = Vec::new();
    let mut left_out = 0;
    let mut ran = 0;
    for page in &pages {
        for block in &page.blocks {
            let is_known =
                SHOWN.contains(&&*block.language) || ["sql", "sh"].contains(&&*block.language);
            if !is_known {
                faults.push(format!(
                    "{}:{}: no example has the language {:?}",
                    page.name(),
                    block.line,
                    block.language
                ));
            }
        }
        let of = |language: &str, how: &str| -> Vec<usize> {
            let is_it = |block: &Block| block.language == language && block.how == how;
            (0..page.blocks.len())
                .filter(|place| is_it(&page.blocks[*place]))
                .collect()
        };
        left_out += of("sql", "not-run").len() + of("sh", "not-run").len();
        let as_member = of("sql", "");
        let as_superuser = of("sql", "superuser");
        let in_shell = of("sh", "");
        ran += as_member.len() + as_superuser.len() + in_shell.len();
        for (places, run) in [
            (as_member, psql(&database, "alice")),
            (as_superuser, psql(&database, "postgres")),
            (in_shell, shell(&database, &gateway)),
        ] {
            faults.extend(check(page, &places, run));
        }
    }
    fs::remove_dir_all(demo_folder()).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(left_out, NOT_RUN, "examples that are not run");
    assert!(ran > 45, "only {ran} examples found");
}

/// A way to run examples, and how it says that one is over.
struct Run {
    command: Command,
    begin: String,
    end: &'static str,
    mark: String,
}

/// All of a page in one transaction that is taken back.
fn psql(database: &Database, role: &str) -> Run {
    let mut command = stack::with_cluster(|cluster| Ok(cluster.program("psql"))).unwrap();
    command.args([
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-U",
        role,
        "-d",
        &database.name,
    ]);
    let mut client = database.connect().unwrap();
    for (name, query) in [
        (
            "account",
            "select id::text from cs.accounts where name = 'GlobalTech Europe'",
        ),
        (
            "colleague",
            "select id::text from cs.users where email = 'bob@acme.com'",
        ),
    ] {
        let id: String = client.query_one(query, &[]).unwrap().get(0);
        command.args(["-v", &format!("{name}='{id}'")]);
    }
    command.arg("-f");
    Run {
        command,
        begin: "\\pset footer off\nbegin;\n".to_owned(),
        end: "rollback;\n",
        mark: format!("\\echo {MARK}\n"),
    }
}

/// Where shell examples run, as if a demo had been started there.
fn demo_folder() -> PathBuf {
    std::env::temp_dir().join(format!("cs-docs-{}", std::process::id()))
}

/// With what `target/demo/env` of a demo says.
fn shell(database: &Database, gateway: &Gateway) -> Run {
    let folder = demo_folder();
    fs::create_dir_all(folder.join("target/demo")).unwrap();
    let env = format!(
        "export PGHOST=127.0.0.1 PGPORT={} PGDATABASE={} PGUSER=postgres GATEWAY_URL={}\n",
        database.port, database.name, gateway.url
    );
    fs::write(folder.join("target/demo/env"), env).unwrap();
    let programs = tree::Server::find().unwrap().program("psql");
    let path = format!(
        "{}:{}",
        programs.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut command = Command::new("bash");
    command.current_dir(&folder).env("PATH", path);
    Run {
        command,
        begin: "set -euo pipefail; shopt -s expand_aliases\n".to_owned(),
        end: "",
        mark: format!("\necho {MARK}\n"),
    }
}

/// Runs these examples of a page, in order, and says what is not as printed.
fn check(page: &Page, places: &[usize], mut run: Run) -> Vec<String> {
    if places.is_empty() {
        return Vec::new();
    }
    let mut script = run.begin;
    for place in places {
        write!(script, "{}{}", page.blocks[*place].text, run.mark).unwrap();
    }
    script.push_str(run.end);
    let file = std::env::temp_dir().join(format!("cs-docs-{}.script", std::process::id()));
    fs::write(&file, script).unwrap();
    let output = run.command.arg(&file).output().unwrap();
    fs::remove_file(&file).unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<_> = printed.split(&format!("{MARK}\n")).collect();
    let mut faults = Vec::new();
    for (place, answer) in places.iter().zip(&answers) {
        let (block, next) = (&page.blocks[*place], page.blocks.get(place + 1));
        let expected = next.filter(|it| it.language == "text").map(|it| &it.text);
        if let Some(expected) = expected.filter(|expected| !fits(answer, expected)) {
            faults.push(format!(
                "{}:{}: printed\n{expected}\nbut it answers\n{answer}",
                page.name(),
                block.line
            ));
        }
    }
    if !output.status.success() {
        let block = places
            .get(answers.len() - 1)
            .map_or(0, |place| page.blocks[*place].line);
        faults.push(format!(
            "{}:{block}: {}",
            page.name(),
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    faults
}

/// Line by line, without blanks at the ends; … stands for anything.
fn fits(answer: &str, expected: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let (answer, expected) = (lines(answer), lines(expected));
    answer.len() == expected.len()
        && answer
            .iter()
            .zip(&expected)
            .all(|(line, wanted)| line_fits(line, wanted))
}

fn line_fits(line: &str, wanted: &str) -> bool {
    let mut parts = wanted.split('…');
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    let mut is_open = false;
    for part in parts {
        is_open = true;
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty() || is_open && wanted.ends_with('…')
}

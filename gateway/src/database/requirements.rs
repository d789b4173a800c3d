//! Owns what has to be there before the gateway serves: the database, the extension in it, of a version that fits, and the
//! rights of the role.

use super::connection::Database;
use std::error::Error;
use std::time::Duration;
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;

const REQUIREMENTS: &str = include_str!("sql/requirements.sql");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A database that says nothing for so long is as one that is away.
const LONGEST: Duration = Duration::from_secs(15);

/// What is missing, in words.
pub(crate) async fn check(database: Database) -> Result<(), String> {
    let asked = tokio::time::timeout(LONGEST, ask(database)).await;
    asked.unwrap_or_else(|_| Err("the database of --database-url does not answer".to_owned()))
}

async fn ask(database: Database) -> Result<(), String> {
    let connected = database.config.connect(database.tls).await;
    let (client, connection) = connected.map_err(|error| unreachable(&error))?;
    let serving = tokio::spawn(connection);
    let row = client.query_typed_one(REQUIREMENTS, &[]).await;
    let found = row.and_then(|row| Found::read(&row));
    drop(client);
    serving.abort();
    let found = found.map_err(|error| unreachable(&error))?;
    if found.is_superuser {
        tracing::warn!(
            "{} is a superuser: log in as a role that is a member of cs_gateway and nothing else",
            found.role
        );
    }
    found.missing().map_or(Ok(()), Err)
}

fn unreachable(error: &tokio_postgres::Error) -> String {
    let cause = match error.as_db_error() {
        Some(refusal) => refusal.message().to_owned(),
        None => error
            .source()
            .map_or_else(|| error.to_string(), ToString::to_string),
    };
    let hint = match error.code() {
        Some(&SqlState::INVALID_PASSWORD) => PASSWORD,
        None if cause == "password missing" => PASSWORD,
        _ => "",
    };
    format!("the database of --database-url cannot be used: {cause}{hint}")
}

const PASSWORD: &str =
    "; a password is read from --database-url, --database-password-file, PGPASSWORD or PGPASSFILE";

/// What there is.
#[derive(Debug, Clone)]
struct Found {
    database: String,
    role: String,
    version: Option<String>,
    is_gateway: bool,
    is_complete: bool,
    becomes_member: bool,
    states_caller: bool,
    is_superuser: bool,
}

impl Found {
    fn read(row: &Row) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            database: row.try_get("database")?,
            role: row.try_get("role")?,
            version: row.try_get("version")?,
            is_gateway: row.try_get("is_gateway")?,
            is_complete: row.try_get("is_complete")?,
            becomes_member: row.try_get("becomes_member")?,
            states_caller: row.try_get("states_caller")?,
            is_superuser: row.try_get("is_superuser")?,
        })
    }

    fn missing(&self) -> Option<String> {
        let Self { database, role, .. } = self;
        let Some(version) = &self.version else {
            return Some(format!(
                "database {database} has no extension customer_success: \
                 a superuser runs CREATE EXTENSION customer_success in it"
            ));
        };
        if series(version) != series(VERSION) {
            return Some(format!(
                "the extension in database {database} is of version {version}, this gateway of {VERSION}: \
                 install both alike, then run ALTER EXTENSION customer_success UPDATE"
            ));
        }
        if self.is_gateway && !self.is_complete {
            return Some(format!(
                "privileges of the extension are missing in database {database}, as after a restore without them: \
                 a superuser runs SELECT cs.install() in it"
            ));
        }
        match self.is_gateway && self.becomes_member && self.states_caller {
            true => None,
            false => Some(format!(
                "role {role} lacks the rights of the gateway: a superuser runs GRANT cs_gateway TO {role}, \
                 and ALTER ROLE {role} INHERIT"
            )),
        }
    }
}

/// Versions that differ in their last number alone work with each other.
fn series(version: &str) -> &str {
    version
        .rsplit_once('.')
        .map_or(version, |(series, _)| series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let good = Found {
            database: "d".to_owned(),
            role: "web".to_owned(),
            version: Some(format!("{}.99", series(VERSION))),
            is_gateway: true,
            is_complete: true,
            becomes_member: true,
            states_caller: true,
            is_superuser: false,
        };
        assert_eq!(good.missing(), None);
        for (found, word) in [
            (
                Found {
                    version: None,
                    ..good.clone()
                },
                "CREATE EXTENSION",
            ),
            (
                Found {
                    version: Some("99.0.0".to_owned()),
                    ..good.clone()
                },
                "99.0.0",
            ),
            (
                Found {
                    is_complete: false,
                    ..good.clone()
                },
                "SELECT cs.install()",
            ),
            (
                Found {
                    is_gateway: false,
                    ..good.clone()
                },
                "GRANT cs_gateway TO web",
            ),
            (
                Found {
                    becomes_member: false,
                    ..good.clone()
                },
                "GRANT",
            ),
            (
                Found {
                    states_caller: false,
                    ..good.clone()
                },
                "GRANT",
            ),
        ] {
            let missing = found.missing().unwrap();
            assert!(missing.contains(word), "{missing}");
        }
    }
}

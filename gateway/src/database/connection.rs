//! How the database is reached: its address, and what libpq's `sslmode` and `sslrootcert` in it ask for.

use super::tls::{self, Mode};
use crate::config::{Config, ConfigError};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A database host that does not answer at all must not hold a request longer.
const CONNECT: Duration = Duration::from_secs(3);
const KEEPALIVE: Duration = Duration::from_secs(30);

/// What is needed to connect.
pub(crate) struct Database {
    pub(crate) config: tokio_postgres::Config,
    pub(crate) tls: MakeRustlsConnect,
}

/// Reads the settings; the database need not be there yet.
pub(crate) fn of(config: &Config) -> Result<Database, ConfigError> {
    let mut database = at(&config.database_url)?;
    // statements of the gateway's own are bounded too; those of people set the same for their transaction
    // compiling the short queries of pages would cost more than it saves
    let timeout = format!(
        "-c jit=off -c statement_timeout={}",
        config.statement_timeout_ms
    );
    let options = match database.config.get_options() {
        Some(more) => format!("{more} {timeout}"),
        None => timeout,
    };
    database.config.options(options);
    Ok(database)
}

/// What an address says.
pub(crate) fn at(url: &str) -> Result<Database, ConfigError> {
    let (url, wish) = Wish::cut(url)?;
    let mut config: tokio_postgres::Config = url.parse().map_err(|_| ConfigError::DatabaseUrl)?;
    config
        .application_name("cs-gateway")
        .keepalives_idle(KEEPALIVE)
        .tcp_user_timeout(KEEPALIVE)
        .ssl_mode(wish.mode.of_driver());
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    let tls = tls::connector(wish.mode, wish.root.as_deref())?;
    Ok(Database { config, tls })
}

/// What the address says about TLS, which the driver understands only in part.
#[derive(Debug, PartialEq)]
struct Wish {
    mode: Mode,
    root: Option<String>,
}

impl Wish {
    /// The address without it, and it.
    fn cut(url: &str) -> Result<(String, Self), ConfigError> {
        let mut url = url.to_owned();
        let mode = match cut(&mut url, "sslmode") {
            Some(text) => Mode::parse(&text).ok_or(ConfigError::SslMode)?,
            None => Mode::Prefer,
        };
        let root = cut(&mut url, "sslrootcert");
        Ok((url, Self { mode, root }))
    }
}

/// Takes one setting out of an address, be it a URL or `key=value` words.
fn cut(address: &mut String, key: &str) -> Option<String> {
    let (from, separator) = match address.contains("://") {
        true => (address.find('?')? + 1, '&'),
        false => (0, ' '),
    };
    let mut place = from;
    let mut found = None;
    for part in address[from..].split(separator) {
        if let Some(value) = part
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix('='))
        {
            found = Some((place, part.len(), value.to_owned()));
        }
        place += part.len() + 1;
    }
    let (start, length, value) = found?;
    let end = (start + length + 1).min(address.len());
    address.replace_range(start..end, "");
    let kept = address.trim_end_matches(['?', '&', ' ']).len();
    address.truncate(kept);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_from(url: &str) -> (String, Mode, Option<String>) {
        let (url, wish) = Wish::cut(url).unwrap();
        (url, wish.mode, wish.root)
    }

    #[test]
    fn tls_is_cut_out_of_urls() {
        let root = || Some("/ca.pem".to_owned());
        for (given, url, mode, cert) in [
            ("postgres://u@h/d", "postgres://u@h/d", Mode::Prefer, None),
            (
                "postgres://u@h/d?sslmode=disable",
                "postgres://u@h/d",
                Mode::Disable,
                None,
            ),
            (
                "postgres://u@h/d?sslmode=verify-full&sslrootcert=/ca.pem",
                "postgres://u@h/d",
                Mode::VerifyFull,
                root(),
            ),
            (
                "postgres://u@h/d?a=1&sslrootcert=/ca.pem&sslmode=require&b=2",
                "postgres://u@h/d?a=1&b=2",
                Mode::Require,
                root(),
            ),
            (
                "host=h sslmode=verify-ca user=u password='a  b' sslrootcert=/ca.pem",
                "host=h user=u password='a  b'",
                Mode::VerifyCa,
                root(),
            ),
        ] {
            assert_eq!(cut_from(given), (url.to_owned(), mode, cert), "{given}");
        }
        assert!(Wish::cut("postgres://u@h/d?sslmode=maybe").is_err());
    }
}

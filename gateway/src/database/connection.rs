//! Owns how the database is reached: its address, and the TLS that libpq's `sslmode` and `sslrootcert` in it ask for.

use super::server_password;
use super::tls::{self, TlsMode};
use crate::config::{Config, ConfigError};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A database host that does not answer at all must not hold a request for longer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const KEEPALIVE: Duration = Duration::from_secs(30);

/// What is needed to connect.
pub(crate) struct Database {
    pub(crate) config: tokio_postgres::Config,
    pub(crate) tls: MakeRustlsConnect,
}

/// How values are written and read as text, whatever database and role have set: an answer means the same everywhere.
const SPELLING: &str =
    "-c DateStyle=ISO,YMD -c TimeZone=UTC -c IntervalStyle=postgres -c bytea_output=hex";

/// Reads the settings; the database need not be there yet.
pub(crate) fn from_config(config: &Config) -> Result<Database, ConfigError> {
    let mut database = from_url(&config.database_url)?;
    if database.config.get_password().is_none()
        && let Some(password) = server_password::find(config, &database.config)?
    {
        database.config.password(password);
    }
    // this bounds the gateway's own statements; a caller's transaction sets the same for itself
    // compiling the short queries of pages would cost more than it saves
    let timeout = format!(
        "-c jit=off {SPELLING} -c statement_timeout={}",
        config.statement_timeout_ms
    );
    let options = match database.config.get_options() {
        Some(more) => format!("{more} {timeout}"),
        None => timeout,
    };
    database.config.options(options);
    Ok(database)
}

/// Reads an address.
fn from_url(url: &str) -> Result<Database, ConfigError> {
    let (url, tls) = TlsSettings::split_off(url)?;
    let mut config: tokio_postgres::Config = url.parse().map_err(|_| ConfigError::DatabaseUrl)?;
    config
        .application_name("cs-gateway")
        .keepalives_idle(KEEPALIVE)
        .tcp_user_timeout(KEEPALIVE)
        .ssl_mode(tls.mode.for_driver());
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    let tls = tls::connector(tls.mode, tls.root.as_deref())?;
    Ok(Database { config, tls })
}

/// What the address says about TLS, only part of which the driver understands.
#[derive(Debug, PartialEq)]
struct TlsSettings {
    mode: TlsMode,
    root: Option<String>,
}

impl TlsSettings {
    /// Splits an address into the rest of it and its TLS settings.
    fn split_off(url: &str) -> Result<(String, Self), ConfigError> {
        let mut url = url.to_owned();
        let mode = match remove_setting(&mut url, "sslmode") {
            Some(text) => TlsMode::parse(&text).ok_or(ConfigError::SslMode)?,
            None => TlsMode::Prefer,
        };
        let root = remove_setting(&mut url, "sslrootcert");
        Ok((url, Self { mode, root }))
    }
}

/// Removes one setting from an address, be it a URL or `key=value` words, and returns its value.
fn remove_setting(address: &mut String, key: &str) -> Option<String> {
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

    fn cut_from(url: &str) -> (String, TlsMode, Option<String>) {
        let (url, tls) = TlsSettings::split_off(url).unwrap();
        (url, tls.mode, tls.root)
    }

    #[test]
    fn tls_is_cut_out_of_urls() {
        let root = || Some("/ca.pem".to_owned());
        for (given, url, mode, cert) in [
            (
                "postgres://u@h/d",
                "postgres://u@h/d",
                TlsMode::Prefer,
                None,
            ),
            (
                "postgres://u@h/d?sslmode=disable",
                "postgres://u@h/d",
                TlsMode::Disable,
                None,
            ),
            (
                "postgres://u@h/d?sslmode=verify-full&sslrootcert=/ca.pem",
                "postgres://u@h/d",
                TlsMode::VerifyFull,
                root(),
            ),
            (
                "postgres://u@h/d?a=1&sslrootcert=/ca.pem&sslmode=require&b=2",
                "postgres://u@h/d?a=1&b=2",
                TlsMode::Require,
                root(),
            ),
            (
                "host=h sslmode=verify-ca user=u password='a  b' sslrootcert=/ca.pem",
                "host=h user=u password='a  b'",
                TlsMode::VerifyCa,
                root(),
            ),
        ] {
            assert_eq!(cut_from(given), (url.to_owned(), mode, cert), "{given}");
        }
        assert!(TlsSettings::split_off("postgres://u@h/d?sslmode=maybe").is_err());
    }
}

//! Owns the settings, by flag and by environment, and what is refused at start.

use crate::cors::CorsOrigin;
use crate::trusted_proxies::TrustedProxies;
use clap::Parser;
use clap::builder::BoolishValueParser;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Shorter secrets can be guessed from one token.
const MIN_SECRET_BYTES: usize = 32;

/// Log-in, sessions, functions, views and pages of a customer_success database over HTTP.
#[derive(Parser)]
#[command(name = "cs-gateway", version)]
pub struct Config {
    /// Address and port to listen on; TLS is left to a proxy in front
    #[arg(long, env = "CS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// The database, with a log-in role that is a member of cs_gateway. For TLS add sslmode (disable, prefer, require,
    /// verify-ca, verify-full; default prefer) and sslrootcert, the file of the root certificate to verify with
    #[arg(
        long,
        env = "CS_DATABASE_URL",
        default_value = "postgres://cs_web@127.0.0.1:54320/cs",
        hide_env_values = true
    )]
    pub database_url: String,

    /// File with the password for the database, if --database-url has none. Without it PGPASSWORD, PGPASSFILE and ~/.pgpass
    /// count, as for libpq
    #[arg(long, env = "CS_DATABASE_PASSWORD_FILE")]
    pub database_password_file: Option<PathBuf>,

    /// File with the secret that signs session tokens, at least 32 bytes; or set the environment variable CS_JWT_SECRET
    #[arg(long, env = "CS_JWT_SECRET_FILE")]
    pub jwt_secret_file: Option<PathBuf>,

    /// Files with the secrets before the current one, separated by commas: tokens signed with them are still accepted,
    /// but no new ones are signed with them
    #[arg(long, env = "CS_JWT_OLD_SECRET_FILE", value_delimiter = ',')]
    pub jwt_old_secret_file: Vec<PathBuf>,

    /// Development only: a cookie that browsers and curl keep over plain http; refused unless --listen is loopback
    #[arg(long, env = "CS_INSECURE_COOKIE", value_parser = BoolishValueParser::new())]
    pub insecure_cookie: bool,

    /// Show the sample log-in on the log-in page
    #[arg(long, env = "CS_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,

    /// Nobody can sign up: new people come by invitation, new organisations from whoever runs the database
    #[arg(long, env = "CS_NO_SIGN_UP", value_parser = BoolishValueParser::new())]
    pub no_sign_up: bool,

    /// Connections to the database; with 5 or more, one always remains for log-in
    #[arg(long, env = "CS_POOL_SIZE", default_value_t = 10)]
    pub pool_size: usize,

    /// Connections of clients. One address, which is not a trusted proxy, has at most a quarter of them; what is beyond is closed
    #[arg(long, env = "CS_MAX_CONNECTIONS", default_value_t = 10_000)]
    pub max_connections: usize,

    /// How long a client may take to send the headers of a request, to send its body, or to read some of an answer, in
    /// seconds
    #[arg(long, env = "CS_CLIENT_TIMEOUT_SECONDS", default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=600))]
    pub client_timeout_seconds: u64,

    /// How long a statement of a request may run, in milliseconds
    #[arg(long, env = "CS_STATEMENT_TIMEOUT_MS", default_value_t = 15_000,
        value_parser = clap::value_parser!(u32).range(1..=600_000))]
    pub statement_timeout_ms: u32,

    /// The maximum number of rows in a JSON answer
    #[arg(long, env = "CS_MAX_ROWS", default_value_t = 10_000,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_rows: u32,

    /// How long a client may take to read a whole answer, in seconds
    #[arg(long, env = "CS_ANSWER_SECONDS", default_value_t = 900,
        value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub answer_seconds: u32,

    /// The maximum size of a request body, in bytes
    #[arg(long, env = "CS_BODY_BYTES", default_value_t = 1024 * 1024)]
    pub body_bytes: usize,

    /// Origins whose pages may read and call /rest/v1, /openapi.json and /events with an API token, separated by commas, such
    /// as `https://app.example`; * is all of them. Without it browsers let no page of another origin do so
    #[arg(long, env = "CS_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<CorsOrigin>,

    /// Proxies whose X-Forwarded-For is trusted: addresses and networks, separated by commas, such as
    /// "10.0.0.0/8, fd00::/8". Other headers, such as Forwarded, are not read
    #[arg(
        long,
        env = "CS_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true
    )]
    pub trusted_proxies: TrustedProxies,
}

/// Why the gateway does not start.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The development switch outside development.
    #[error("--insecure-cookie is for development: --listen must be a loopback address")]
    InsecureCookie,
    /// A pool without connections.
    #[error("--pool-size must be at least 1")]
    NoPool,
    /// Neither file nor environment.
    #[error("a secret is needed: --jwt-secret-file, or the environment variable CS_JWT_SECRET")]
    NoSecret,
    /// Too short to sign with.
    #[error("the secret of {0} is shorter than 32 bytes")]
    ShortSecret(String),
    /// The file is missing, or may not be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The path of the file.
        path: String,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Nothing in it.
    #[error("{0} has no password in it")]
    NoPassword(String),
    /// The address of the database is not valid. It may contain a password, so it is not repeated.
    #[error("--database-url is not a PostgreSQL address")]
    DatabaseUrl,
    /// Not one of libpq's modes, or one that the driver does not support.
    #[error("sslmode of --database-url must be disable, prefer, require, verify-ca or verify-full")]
    SslMode,
    /// Nothing to verify with.
    #[error("sslmode verify-ca and verify-full need sslrootcert, the file of a root certificate")]
    NoRootCertificate,
    /// Missing, or not a certificate.
    #[error("sslrootcert {0} contains no usable root certificate")]
    RootCertificate(String),
}

impl Config {
    pub(crate) fn validate(&self) -> Result<(), ConfigError> {
        if self.insecure_cookie && !self.listen.ip().is_loopback() {
            return Err(ConfigError::InsecureCookie);
        }
        if self.pool_size == 0 {
            return Err(ConfigError::NoPool);
        }
        Ok(())
    }

    /// The current secret, and the ones before it.
    pub(crate) fn secrets(&self) -> Result<(Vec<u8>, Vec<Vec<u8>>), ConfigError> {
        let current = match &self.jwt_secret_file {
            Some(path) => read_secret_file(path)?,
            None => read_secret_variable()?,
        };
        let old: Vec<Vec<u8>> = self
            .jwt_old_secret_file
            .iter()
            .map(|path| read_secret_file(path))
            .collect::<Result<_, _>>()?;
        Ok((current, old))
    }
}

fn read_secret_file(path: &Path) -> Result<Vec<u8>, ConfigError> {
    let read = std::fs::read(path).map_err(|source| ConfigError::Unreadable {
        path: path.display().to_string(),
        source,
    })?;
    trim_and_check(read, &path.display().to_string())
}

fn read_secret_variable() -> Result<Vec<u8>, ConfigError> {
    let value = std::env::var("CS_JWT_SECRET").map_err(|_| ConfigError::NoSecret)?;
    trim_and_check(value.into_bytes(), "CS_JWT_SECRET")
}

/// White space at the end comes from an editor or the shell, and is not part of the secret.
fn trim_and_check(mut secret: Vec<u8>, from: &str) -> Result<Vec<u8>, ConfigError> {
    secret.truncate(secret.trim_ascii_end().len());
    if secret.len() < MIN_SECRET_BYTES {
        return Err(ConfigError::ShortSecret(from.to_owned()));
    }
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Config {
        Config::parse_from([&["cs-gateway"], arguments].concat())
    }

    #[test]
    fn proxies_are_a_list_and_a_misspelt_one_is_refused() {
        let proxies = |text: &str| parse(&["--trusted-proxies", text]).trusted_proxies;
        let networks = proxies("10.0.0.0/8, fd00::/8,");
        assert!(networks.contains([10, 9, 8, 7].into()));
        assert!(!parse(&[]).trusted_proxies.contains([10, 9, 8, 7].into()));
        let refused =
            Config::try_parse_from(["cs-gateway", "--trusted-proxies", "10.0.0.0/8,10.0.0.300"]);
        let why = refused.err().unwrap().to_string();
        assert!(
            why.contains("10.0.0.300") && why.contains("--trusted-proxies"),
            "{why}"
        );
    }

    #[test]
    fn insecure_cookie_is_for_loopback_only() {
        assert!(parse(&["--insecure-cookie"]).validate().is_ok());
        let open = parse(&["--insecure-cookie", "--listen", "0.0.0.0:80"]);
        assert!(matches!(open.validate(), Err(ConfigError::InsecureCookie)));
        assert!(parse(&["--listen", "0.0.0.0:80"]).validate().is_ok());
    }

    #[test]
    fn short_secrets_are_refused_and_line_ends_do_not_count() {
        assert!(trim_and_check(vec![b'x'; 31], "t").is_err());
        assert!(trim_and_check([&[b'x'; 31][..], b"\n\n"].concat(), "t").is_err());
        assert!(
            trim_and_check([&[b'x'; 32][..], b"\n"].concat(), "t").is_ok_and(|s| s.len() == 32)
        );
    }
}

//! How the database is reached: its address, and TLS as libpq's `sslmode` and `sslrootcert` in that address ask for it.

use crate::config::{Config, ConfigError};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::SslMode;
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
    let (url, wish) = Wish::cut(&config.database_url)?;
    let mut database: tokio_postgres::Config = url.parse().map_err(|_| ConfigError::DatabaseUrl)?;
    let tls = wish.tls()?;
    // statements of the gateway's own are bounded too; those of people set the same for their transaction
    let timeout = format!("-c statement_timeout={}", config.statement_timeout_ms);
    let options = match database.get_options() {
        Some(more) => format!("{more} {timeout}"),
        None => timeout,
    };
    database
        .application_name("cs-gateway")
        .options(options)
        .keepalives_idle(KEEPALIVE)
        .tcp_user_timeout(KEEPALIVE)
        .ssl_mode(wish.mode.of_driver());
    if database.get_connect_timeout().is_none() {
        database.connect_timeout(CONNECT);
    }
    Ok(Database {
        config: database,
        tls,
    })
}

/// libpq's modes but `allow`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "disable" => Self::Disable,
            "prefer" => Self::Prefer,
            "require" => Self::Require,
            "verify-ca" => Self::VerifyCa,
            "verify-full" => Self::VerifyFull,
            _ => return None,
        })
    }

    fn of_driver(self) -> SslMode {
        match self {
            Self::Disable => SslMode::Disable,
            Self::Prefer => SslMode::Prefer,
            Self::Require | Self::VerifyCa | Self::VerifyFull => SslMode::Require,
        }
    }
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

    fn tls(&self) -> Result<MakeRustlsConnect, ConfigError> {
        let provider = Arc::new(ring::default_provider());
        let chain = match (self.mode, &self.root) {
            (Mode::VerifyCa | Mode::VerifyFull, None) => {
                return Err(ConfigError::NoRootCertificate);
            }
            // as libpq does: a root certificate is there to be used
            (Mode::Require | Mode::VerifyCa | Mode::VerifyFull, Some(path)) => {
                let roots = Arc::new(roots(path)?);
                let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider.clone());
                Some(
                    verifier
                        .build()
                        .map_err(|_| ConfigError::RootCertificate(path.clone()))?,
                )
            }
            (Mode::Disable | Mode::Prefer, _) | (Mode::Require, None) => None,
        };
        let verifier = Verifier {
            chain,
            any_name: self.mode != Mode::VerifyFull,
            provider: provider.clone(),
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| ConfigError::DatabaseUrl)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
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

fn roots(path: &str) -> Result<RootCertStore, ConfigError> {
    let unusable = || ConfigError::RootCertificate(path.to_owned());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|_| unusable())? {
        let certificate = certificate.map_err(|_| unusable())?;
        roots.add(certificate).map_err(|_| unusable())?;
    }
    match roots.is_empty() {
        true => Err(unusable()),
        false => Ok(roots),
    }
}

/// Holds a certificate against what the mode asks: nothing, its chain, or its chain and name.
#[derive(Debug)]
struct Verifier {
    chain: Option<Arc<WebPkiServerVerifier>>,
    any_name: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else {
            return Ok(ServerCertVerified::assertion());
        };
        let verified =
            chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match verified {
            // the name is looked at last, so the chain is good
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.any_name => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, cert, dss, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, dss, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let known = &self.provider.signature_verification_algorithms;
        known.supported_schemes()
    }
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

    #[test]
    fn verifying_needs_a_root_certificate() {
        let wish = |mode, root: Option<&str>| Wish {
            mode,
            root: root.map(str::to_owned),
        };
        assert!(wish(Mode::Require, None).tls().is_ok());
        assert!(wish(Mode::VerifyCa, None).tls().is_err());
        assert!(wish(Mode::VerifyFull, None).tls().is_err());
        assert!(wish(Mode::VerifyFull, Some("/nowhere")).tls().is_err());
    }
}

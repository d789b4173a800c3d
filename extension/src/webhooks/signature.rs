//! Owns the signature of a delivery: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks 1.0 defines it
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>). Pure.

use crate::pg::fault::Fault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const PREFIX: &str = "whsec_";

/// The key of a playbook; never shown.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Reads `whsec_` and base64 of 24 to 64 bytes; the error is a sentence for the reader, without the secret.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form = || format!("a webhook secret is {PREFIX} followed by base64 of 24 to 64 bytes");
        let key = text
            .strip_prefix(PREFIX)
            .and_then(|encoded| STANDARD.decode(encoded).ok())
            .ok_or_else(form)?;
        if (24..=64).contains(&key.len()) {
            Ok(Self(key))
        } else {
            Err(form())
        }
    }

    /// A new secret of 32 random bytes, as it is stored.
    pub fn generate() -> Result<String, Fault> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)
            .map_err(|error| Fault::internal(format!("no randomness: {error}")))?;
        Ok(format!("{PREFIX}{}", STANDARD.encode(key)))
    }

    /// The signature by this secret alone.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> Result<String, Fault> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|error| Fault::internal(error.to_string()))?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body.as_bytes());
        Ok(format!(
            "v1,{}",
            STANDARD.encode(mac.finalize().into_bytes())
        ))
    }
}

/// The value of the `webhook-signature` header: one signature for each secret, so that a receiver verifies by whichever it has.
pub fn sign_with_all(
    secrets: &[Secret],
    id: &str,
    timestamp: i64,
    body: &str,
) -> Result<String, Fault> {
    let signatures = secrets.iter().map(|it| it.sign(id, timestamp, body));
    Ok(signatures.collect::<Result<Vec<_>, _>>()?.join(" "))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_published_test_vector_is_met() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = secret
            .sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
            )
            .unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_generated_secret_is_accepted_and_new_each_time() {
        let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
        assert!(Secret::parse(&one).is_ok());
        assert_ne!(one, other);
    }

    #[test]
    fn other_secrets_are_refused_without_being_repeated() {
        for bad in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_!!",
            "whsec_c2hvcnQ=",
        ] {
            let why = Secret::parse(bad).err().unwrap();
            assert!(bad.is_empty() || !why.contains(bad), "{why}");
        }
    }
}

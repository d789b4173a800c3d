//! Owns tokens that are shown once and stored as a hash. They are random, so a plain SHA-256 cannot be guessed back.

use crate::pg::fault::Fault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A new token of 32 random bytes, with a prefix that says what it is.
pub fn generate(prefix: &str) -> Result<String, Fault> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)
        .map_err(|error| Fault::internal(format!("no randomness: {error}")))?;
    Ok(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(secret)))
}

/// What is stored of a token: SHA-256 in hexadecimal.
pub fn hash(token: &str) -> String {
    Sha256::digest(token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn tokens_differ_and_hash_as_published() {
        assert_ne!(generate("cs_").unwrap(), generate("cs_").unwrap());
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}

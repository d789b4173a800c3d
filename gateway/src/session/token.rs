//! Owns session tokens: signed with HS256, checked strictly. Whether the session they name is still valid, the database
//! decides.

use crate::shares::Holder;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// Seven days.
pub(crate) const LIFETIME_SECONDS: u64 = 7 * 24 * 60 * 60;
const ISSUER: &str = "cs-gateway";
const AUDIENCE: &str = "customer_success";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: Uuid,
    /// The tenant the session works in; none while a person with several has not chosen one.
    pub(crate) tenant: Option<Uuid>,
    pub(crate) jti: Uuid,
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) iat: u64,
    pub(crate) exp: u64,
}

impl Claims {
    pub(crate) fn new(sub: Uuid, tenant: Option<Uuid>, jti: Uuid, iat: u64) -> Self {
        Self {
            sub,
            tenant,
            jti,
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            iat,
            exp: iat + LIFETIME_SECONDS,
        }
    }

    pub(crate) fn holder(&self) -> Holder {
        Holder::of_session(self.sub, self.tenant)
    }
}

/// The key that signs, and the keys whose signatures are accepted, found by `kid`.
pub(crate) struct Keys {
    kid: String,
    signing: EncodingKey,
    accepted: Vec<(String, DecodingKey)>,
    validation: Validation,
}

impl Keys {
    pub(crate) fn new(secret: &[u8], old: &[Vec<u8>]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let accepted = std::iter::once(secret).chain(old.iter().map(Vec::as_slice));
        Self {
            kid: kid(secret),
            signing: EncodingKey::from_secret(secret),
            accepted: accepted
                .map(|s| (kid(s), DecodingKey::from_secret(s)))
                .collect(),
            validation,
        }
    }

    pub(crate) fn sign(&self, claims: &Claims) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(self.kid.clone());
        encode(&header, claims, &self.signing)
    }

    /// None if anything at all is wrong with it: the caller is not told what.
    pub(crate) fn verify(&self, token: &str) -> Option<Claims> {
        let kid = decode_header(token).ok()?.kid?;
        let (_, key) = self.accepted.iter().find(|(known, _)| *known == kid)?;
        Some(decode(token, key, &self.validation).ok()?.claims)
    }
}

/// A name for the secret that reveals nothing about it.
fn kid(secret: &[u8]) -> String {
    let digest = Sha256::new_with_prefix(b"cs-gateway kid")
        .chain_update(secret)
        .finalize();
    digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(crate) fn now_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

    fn claims() -> Claims {
        Claims::new(
            Uuid::new_v4(),
            Some(Uuid::new_v4()),
            Uuid::new_v4(),
            now_seconds(),
        )
    }

    fn signed(algorithm: Algorithm, claims: &Claims, secret: &[u8], kid: Option<String>) -> String {
        let mut header = Header::new(algorithm);
        header.kid = kid;
        encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
    }

    #[test]
    fn our_token_is_accepted() {
        let keys = Keys::new(SECRET, &[]);
        let claims = claims();
        assert_eq!(keys.verify(&keys.sign(&claims).unwrap()), Some(claims));
    }

    #[test]
    fn token_of_the_secret_before_is_accepted_until_that_is_gone() {
        let old: [Vec<u8>; 2] = ["last year", "the year before"]
            .map(|year| format!("the secret of {year}, thirty-two bytes").into_bytes());
        for secret in &old {
            let token = Keys::new(secret, &[]).sign(&claims()).unwrap();
            assert!(Keys::new(SECRET, &old).verify(&token).is_some());
            assert!(Keys::new(SECRET, &[]).verify(&token).is_none());
        }
        let token = Keys::new(SECRET, &old).sign(&claims()).unwrap();
        assert!(Keys::new(SECRET, &[]).verify(&token).is_some());
    }

    #[test]
    fn algorithm_none_is_refused() {
        let keys = Keys::new(SECRET, &[]);
        let token = keys.sign(&claims()).unwrap();
        let payload = token.split('.').nth(1).unwrap();
        // {"alg":"none","kid":"x"} and {"alg":"none"}
        for header in ["eyJhbGciOiJub25lIiwia2lkIjoieCJ9", "eyJhbGciOiJub25lIn0"] {
            assert!(keys.verify(&format!("{header}.{payload}.")).is_none());
        }
    }

    #[test]
    fn other_algorithms_keys_and_names_are_refused() {
        let keys = Keys::new(SECRET, &[]);
        let ours = || Some(kid(SECRET));
        assert!(
            keys.verify(&signed(Algorithm::HS256, &claims(), SECRET, ours()))
                .is_some()
        );
        assert!(
            keys.verify(&signed(Algorithm::HS384, &claims(), SECRET, ours()))
                .is_none()
        );
        assert!(
            keys.verify(&signed(Algorithm::HS512, &claims(), SECRET, ours()))
                .is_none()
        );
        assert!(
            keys.verify(&signed(Algorithm::HS256, &claims(), b"another", ours()))
                .is_none()
        );
        assert!(
            keys.verify(&signed(Algorithm::HS256, &claims(), SECRET, None))
                .is_none()
        );
    }

    #[test]
    fn expired_or_foreign_claims_are_refused() {
        let keys = Keys::new(SECRET, &[]);
        let refused = |change: fn(&mut Claims)| {
            let mut claims = claims();
            change(&mut claims);
            keys.verify(&keys.sign(&claims).unwrap()).is_none()
        };
        assert!(refused(|c| c.exp = now_seconds() - 1));
        assert!(refused(|c| c.iss = "someone".to_owned()));
        assert!(refused(|c| c.aud = "someone".to_owned()));
        assert!(!refused(|c| c.tenant = None));
    }

    #[test]
    fn a_claim_that_is_missing_is_not_assumed() {
        let keys = Keys::new(SECRET, &[]);
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid(SECRET));
        let verified = |left_out: &str| {
            let mut claims = serde_json::to_value(claims()).unwrap();
            claims.as_object_mut().unwrap().remove(left_out);
            let key = EncodingKey::from_secret(SECRET);
            keys.verify(&encode(&header, &claims, &key).unwrap())
        };
        assert!(verified("").is_some());
        for needed in ["exp", "iss", "aud", "sub", "jti", "iat"] {
            assert!(verified(needed).is_none(), "{needed}");
        }
    }

    #[test]
    fn changed_token_is_refused() {
        let keys = Keys::new(SECRET, &[]);
        let token = keys.sign(&claims()).unwrap();
        assert!(keys.verify(&token[..token.len() - 2]).is_none());
        assert!(keys.verify(&token.replacen('.', ".A", 1)).is_none());
        assert!(keys.verify("").is_none());
    }
}

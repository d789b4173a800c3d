//! Owns which addresses mail can be sent to: their form, and the domains outside a tenant that an administrator allows. Pure.

use crate::pg::fault::shortened;
use crate::webhooks::host_name;
use lettre::Address;

/// Reads an address; the error is a sentence for the reader.
pub fn parse(text: &str) -> Result<Address, String> {
    let refused = || format!("\"{}\" is not a valid e-mail address", shortened(text));
    if text.len() > 254 || text.chars().any(|it| it.is_control() || it.is_whitespace()) {
        return Err(format!(
            "\"{}\" is not a valid e-mail address",
            shortened(text).replace(|it: char| it.is_control(), "?")
        ));
    }
    let address = text.parse::<Address>().map_err(|_| refused())?;
    let is_quoted = address.user().starts_with('"');
    let ascii = url::Host::parse(address.domain()).map_err(|_| refused())?;
    match ascii {
        url::Host::Domain(domain) if !is_quoted => {
            host_name::check(&domain)?;
            Ok(address)
        }
        _ => Err(refused()),
    }
}

/// The domains of `customer_success.email_allowed_domains`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedDomains(Vec<String>);

impl AllowedDomains {
    /// Reads comma-separated domains; the error is a sentence for the administrator.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| match url::Host::parse(entry) {
                Ok(url::Host::Domain(domain)) => host_name::check(&domain).map(|()| domain),
                _ => Err(format!("\"{entry}\" is not a domain such as example.com.")),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether mail may leave for this address; a domain does not stand for those below it.
    pub fn contain(&self, address: &Address) -> bool {
        let domain = url::Host::parse(address.domain()).map(|it| it.to_string());
        domain.is_ok_and(|domain| self.0.contains(&domain))
    }

    /// Refuses an address outside of them; the error is a sentence for the reader.
    pub fn check(&self, address: &Address) -> Result<(), String> {
        match self.contain(address) {
            true => Ok(()),
            false => Err(format!(
                "mail to {address} is not allowed, since it is neither a member's nor a contact's address"
            )),
        }
    }
}

/// How another address can be written to.
pub const HOW_TO_ALLOW: &str = "An administrator of the server can allow its domain in customer_success.email_allowed_domains.";

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass() {
        for text in [
            "ada@example.com",
            "Ada.Lovelace+cs@sub.example.co.uk",
            "o'brien@example.com",
            "x@y",
            "jürgen@bücher.example",
            "a_b-c@xn--bcher-kva.example",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_could_end_a_header_or_reach_elsewhere_is_refused() {
        let long = format!("{}@example.com", "a".repeat(300));
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@@example.com",
            "ada@example..com",
            "ada@-example.com",
            "ada@example.com,bob@example.com",
            "ada@example.com;bob@example.com",
            "Ada <ada@example.com>",
            "ada@[127.0.0.1]",
            "ada@127.0.0.1",
            "ada@[IPv6:::1]",
            "\"ada b\"@example.com",
            "\"a\"@example.com",
            "ada@example.com\r\nBcc: eve@example.org",
            "ada\n@example.com",
            "ada\0@example.com",
            "ada @example.com",
            " ada@example.com",
            "ada@exam\u{7f}ple.com",
            "ada@example.com>",
            long.as_str(),
        ] {
            let refusal = parse(text);
            assert!(refusal.is_err(), "{text:?}");
            assert!(!refusal.unwrap_err().contains(['\r', '\n']));
        }
    }

    #[test]
    fn only_the_domains_named_are_allowed() {
        let allowed =
            AllowedDomains::parse("example.com, Partner.Example ,bücher.example").unwrap();
        let is_allowed = |text: &str| allowed.contain(&parse(text).unwrap());
        for text in [
            "a@example.com",
            "a@EXAMPLE.com",
            "a@partner.example",
            "a@bücher.example",
            "a@xn--bcher-kva.example",
        ] {
            assert!(is_allowed(text), "{text}");
        }
        for text in [
            "a@sub.example.com",
            "a@notexample.com",
            "a@example.com.evil.test",
            "a@com",
            "example.com@evil.test",
        ] {
            assert!(!is_allowed(text), "{text}");
        }
        assert!(!AllowedDomains::default().contain(&parse("a@example.com").unwrap()));
        for bad in [
            "*.example.com",
            "a b",
            "@example.com",
            "127.0.0.1",
            "a..b",
            "a@b.c",
        ] {
            assert!(AllowedDomains::parse(bad).is_err(), "{bad}");
        }
    }
}

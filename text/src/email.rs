//! Owns e-mail addresses: one folding for all doors, so that whoever signs up can sign in.

use super::{compose, fold_case, is_invisible, trim};
use std::fmt;

/// The most bytes of an address (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailFault {
    /// There is none.
    Empty,
    /// It has no name, no host, or more than one @.
    Form,
    /// Something in it cannot be seen.
    Invisible,
    /// It is longer than addresses are.
    TooLong,
}

impl fmt::Display for EmailFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Form => "has not the form name@host",
            Self::Invisible => "has blanks or characters that cannot be seen",
            Self::TooLong => "is longer than 254 bytes",
        })
    }
}

/// An address as it is kept and compared: without what stands invisibly around it, composed (NFC), in simple case folding.
pub fn fold_email(text: &str) -> Result<String, EmailFault> {
    let composed = compose(trim(text));
    let folded: String = composed.chars().map(fold_case).collect();
    let folded = compose(&folded).into_owned();
    if folded.is_empty() {
        return Err(EmailFault::Empty);
    }
    if folded.chars().any(is_invisible) {
        return Err(EmailFault::Invisible);
    }
    match folded.split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() && !host.contains('@') => {}
        _ => return Err(EmailFault::Form),
    }
    match folded.len() <= LONGEST {
        true => Ok(folded),
        false => Err(EmailFault::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_however_it_is_typed() {
        for (typed, kept) in [
            (" Ada@One.Test ", "ada@one.test"),
            ("\u{feff}ada@one.test\u{200b}", "ada@one.test"),
            ("MÜLLER@x.de", "müller@x.de"),
            ("mu\u{308}ller@x.de", "müller@x.de"),
            ("\u{212a}im@x.de", "kim@x.de"),
            ("ſam@x.de", "sam@x.de"),
            ("ΣΊΣΥΦΟΣ@x.gr", "σίσυφοσ@x.gr"),
            ("Émile@x.fr", "émile@x.fr"),
        ] {
            assert_eq!(fold_email(typed).as_deref(), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for typed in [
            "İNFO@x.com",
            "Straße@x.de",
            "ﬁ@x.de",
            "ǅ@x.hr",
            "ΐ@x.gr",
            "\u{1e9e}@x.de",
        ] {
            let once = fold_email(typed).unwrap();
            assert_eq!(fold_email(&once).as_deref(), Ok(once.as_str()), "{typed}");
        }
    }

    #[test]
    fn other_letters_are_other_people() {
        for (one, other) in [
            ("İNFO@x.com", "info@x.com"),
            ("straße@x.de", "strasse@x.de"),
            ("ﬁ@x.de", "fi@x.de"),
        ] {
            assert_ne!(fold_email(one), fold_email(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (typed, fault) in [
            ("", EmailFault::Empty),
            (" \u{200b} ", EmailFault::Empty),
            ("ada", EmailFault::Form),
            ("@one.test", EmailFault::Form),
            ("ada@", EmailFault::Form),
            ("a@b@c", EmailFault::Form),
            ("a da@one.test", EmailFault::Invisible),
            ("a\u{1}da@one.test", EmailFault::Invisible),
            ("a\u{200b}da@one.test", EmailFault::Invisible),
            ("ada@one\u{ad}.test", EmailFault::Invisible),
            ("ada@one\u{a0}.test", EmailFault::Invisible),
            ("ada\0@one.test", EmailFault::Invisible),
        ] {
            assert_eq!(fold_email(typed), Err(fault), "{typed:?}");
        }
        let long = format!("{}@x.de", "a".repeat(250));
        assert_eq!(fold_email(&long), Err(EmailFault::TooLong));
    }
}

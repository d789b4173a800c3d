//! Owns which names a host can have at all, so that one that no name server could ever know is refused while its URL is saved. Pure.

/// Refuses a name that cannot exist; the error is a sentence for the reader. `name` is as a URL holds it: in ASCII, lower case.
pub fn check(name: &str) -> Result<(), String> {
    // One dot at the end says that the name is complete.
    let complete = name.strip_suffix('.').unwrap_or(name);
    let refused = |why: &str| Err(format!("the host \"{}\" {why}", shortened(name)));
    if complete.len() > 253 {
        return refused("is longer than 253 characters");
    }
    for label in complete.split('.') {
        if label.is_empty() {
            return refused("has nothing between two of its dots");
        }
        if label.len() > 63 {
            return refused("has a part of more than 63 characters");
        }
        if label.starts_with('-') || label.ends_with('-') {
            return refused("has a part that starts or ends with a hyphen");
        }
        // Underscores are no host names by the letter, but private networks use them.
        let is_known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        if let Some(odd) = label.chars().find(|it| !is_known(*it)) {
            return refused(&format!("holds \"{odd}\", which no host name can"));
        }
    }
    Ok(())
}

fn shortened(name: &str) -> String {
    crate::pg::fault::shortened(name)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn names_that_can_exist_pass() {
        let longest_label = "a".repeat(63);
        let longest = format!("{}.{}", vec!["a".repeat(62); 4].join("."), "a");
        assert_eq!(longest.len(), 253);
        for name in [
            "a",
            "localhost",
            "example.com",
            "example.com.",
            "xn--bcher-kva.example",
            "a-b.c-d.example",
            "0a.1b.2c.example",
            "my_service",
            "_dmarc.example.com",
            "a--b.example",
            longest_label.as_str(),
            longest.as_str(),
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn names_that_cannot_are_refused_with_a_reason() {
        let long_label = format!("{}.example", "a".repeat(64));
        let long = vec!["a".repeat(60); 5].join(".");
        for (name, why) in [
            ("", "between two of its dots"),
            (".", "between two of its dots"),
            ("a..b", "between two of its dots"),
            (".a", "between two of its dots"),
            ("a.com..", "between two of its dots"),
            ("-a.com", "hyphen"),
            ("a-.com", "hyphen"),
            ("a.-com", "hyphen"),
            ("a.com-", "hyphen"),
            ("a!b.com", "holds \"!\""),
            ("a.com,", "holds \",\""),
            ("a;b", "holds \";\""),
            ("a*b.com", "holds \"*\""),
            ("a'b.com", "holds \"'\""),
            ("a~", "holds \"~\""),
            ("(a)", "holds \"(\""),
            (long_label.as_str(), "63"),
            (long.as_str(), "253"),
        ] {
            let refusal = check(name).unwrap_err();
            assert!(refusal.contains(why), "{name}: {refusal}");
        }
    }
}

//! Owns what the log says of a path: never a secret, however it is spelt, and not more than a line. Pure.

/// What follows one of these is a secret.
const BEFORE_SECRETS: [&str; 3] = ["invitations", "invite", "reset"];
/// What the secrets themselves begin with: tokens of the API, of invitations and of resets of a password.
const SECRETS: [&str; 3] = ["cs_", "csi_", "csr_"];
/// Longer than any path that leads anywhere.
const MAX_CHARACTERS: usize = 200;

pub(super) fn logged_path(path: &str) -> String {
    let end = path.char_indices().nth(MAX_CHARACTERS).map(|(at, _)| at);
    let shown = &path[..end.unwrap_or(path.len())];
    let mut logged = String::new();
    for segment in shown.split_inclusive(['/', '\\']) {
        let plain = decoded(segment).to_ascii_lowercase();
        // an encoded slash separates too
        let mut names = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        if names.any(|name| SECRETS.iter().any(|secret| name.starts_with(secret))) {
            return logged;
        }
        let mut names = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        if names.any(|name| BEFORE_SECRETS.contains(&name)) {
            let readable = segment.find('%').unwrap_or(segment.len());
            logged.push_str(&segment[..readable]);
            return logged;
        }
        logged.push_str(segment);
    }
    if end.is_some() {
        logged.push('…');
    }
    logged
}

/// Percent-decoded until nothing is left to decode, as bytes that are characters of ASCII; others do not matter here.
fn decoded(segment: &str) -> String {
    let mut text = segment.to_owned();
    while let Some(next) = decoded_once(&text) {
        text = next;
    }
    text
}

/// None where nothing is encoded.
fn decoded_once(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = text;
    let mut is_changed = false;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let byte = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) => {
                decoded.push(char::from(byte));
                rest = &after[2..];
                is_changed = true;
            }
            None => {
                decoded.push('%');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    is_changed.then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_logged_however_they_are_spelt() {
        for (path, logged) in [
            ("/auth/invitations/csi_x", "/auth/invitations/"),
            ("/auth/invitations/x", "/auth/invitations/"),
            ("//auth//invitations//x", "//auth//invitations/"),
            ("/AUTH/Invitations/x", "/AUTH/Invitations/"),
            ("/invite/x", "/invite/"),
            ("/Invite/x/y", "/Invite/"),
            ("/./invite/x", "/./invite/"),
            ("/a/../invite/x", "/a/../invite/"),
            ("/%69nvite/x", "/"),
            ("/%2569nvite/x", "/"),
            ("/invite%2Fx", "/invite"),
            ("/invite;a=b/x", "/invite;a=b/"),
            ("/auth\\invitations\\x", "/auth\\invitations\\"),
            ("/auth/reset/csr_x", "/auth/reset/"),
            ("/dashboard/Reset/x", "/dashboard/Reset/"),
            ("/dashboard/%72eset/x", "/dashboard/"),
            ("/nowhere/csr_x", "/nowhere/"),
            ("/nowhere/csi_x", "/nowhere/"),
            ("/nowhere/CSI_x", "/nowhere/"),
            ("/rest/v1/cs_x", "/rest/v1/"),
            ("/rest/v1/cs%5Fx", "/rest/v1/"),
        ] {
            assert_eq!(logged_path(path), logged, "{path}");
        }
    }

    #[test]
    fn other_paths_are_logged_as_they_are_and_not_too_long() {
        for path in [
            "/",
            "",
            "/rest/v1/accounts",
            "/rest/v1/rpc/invite_member",
            "/rest/v1/rpc/create_password_reset",
            "/rest/v1/invitations",
            "/rest/v1/metrics_x",
            "/accounts/a%20b",
            "/%",
            "/%zz",
            "/%C3%A4",
        ] {
            assert_eq!(logged_path(path), path);
        }
        let long = logged_path(&format!("/{}", "ä".repeat(60_000)));
        assert_eq!(long.chars().count(), MAX_CHARACTERS + 1);
        let nested = format!("/%{}", "25".repeat(30_000));
        assert_eq!(logged_path(&nested).chars().count(), MAX_CHARACTERS + 1);
    }
}

//! Owns the password for the database where its address has none: from a file of its own, or from where libpq looks.

use crate::config::{Config, ConfigError};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tokio_postgres::config::Host;

/// The password to log in with, if there is one.
pub(super) fn find(
    settings: &Config,
    server: &tokio_postgres::Config,
) -> Result<Option<Vec<u8>>, ConfigError> {
    if let Some(path) = &settings.database_password_file {
        return read_password(path).map(Some);
    }
    if let Ok(password) = std::env::var("PGPASSWORD")
        && !password.is_empty()
    {
        return Ok(Some(password.into_bytes()));
    }
    Ok(passfile().and_then(|path| look_up(&path, server)))
}

/// Nothing but the password; an end of line is an editor's.
fn read_password(path: &Path) -> Result<Vec<u8>, ConfigError> {
    let name = || path.display().to_string();
    let text = std::fs::read(path).map_err(|source| ConfigError::Unreadable {
        path: name(),
        source,
    })?;
    let end = text.iter().rposition(|byte| !b"\r\n".contains(byte));
    match end {
        Some(end) => Ok(text[..=end].to_vec()),
        None => Err(ConfigError::NoPassword(name())),
    }
}

fn passfile() -> Option<PathBuf> {
    let named = std::env::var_os("PGPASSFILE").map(PathBuf::from);
    named.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".pgpass")))
}

/// The password of the first line that fits. As with libpq, a file that others may read does not count.
fn look_up(path: &Path, server: &tokio_postgres::Config) -> Option<Vec<u8>> {
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    if mode & 0o077 != 0 {
        let path = path.display();
        tracing::warn!("{path} is not read, since others may read it: chmod 600 {path}");
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    let wanted = wanted(server);
    let mut fits = wanted
        .iter()
        .filter_map(|wanted| password_for(&text, wanted));
    fits.next().map(String::into_bytes)
}

/// Host, port, database and user, for each host of the address.
fn wanted(server: &tokio_postgres::Config) -> Vec<[String; 4]> {
    let user = server.get_user().unwrap_or_default();
    let database = server.get_dbname().unwrap_or(user);
    let hosts = server
        .get_hosts()
        .iter()
        .enumerate()
        .flat_map(|(place, host)| {
            let ports = server.get_ports();
            let port = ports.get(place).or(ports.first()).copied().unwrap_or(5432);
            let names = match host {
                Host::Tcp(name) => vec![name.clone()],
                Host::Unix(folder) => vec![folder.display().to_string(), "localhost".to_owned()],
            };
            names.into_iter().map(move |name| (name, port))
        });
    hosts
        .map(|(host, port)| [host, port.to_string(), database.to_owned(), user.to_owned()])
        .collect()
}

fn password_for(text: &str, wanted: &[String; 4]) -> Option<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut fields = lines.map(fields);
    fields.find_map(|fields| {
        let (password, rest) = fields.split_last().filter(|(_, rest)| rest.len() == 4)?;
        let fits = |(field, wanted): (&String, &String)| field == "*" || field == wanted;
        rest.iter().zip(wanted).all(fits).then(|| password.clone())
    })
}

/// What colons separate; a backslash takes the meaning of a colon or a backslash. The fifth is all that is left.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, fields.len()) {
            (':', 1..5) => fields.push(String::new()),
            ('\\', count) => fields[count - 1].extend(characters.next()),
            (other, count) => fields[count - 1].push(other),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, address: &str) -> Option<String> {
        let server: tokio_postgres::Config = address.parse().unwrap();
        let mut fits = wanted(&server)
            .into_iter()
            .filter_map(|one| password_for(file, &one));
        fits.next()
    }

    #[test]
    fn the_first_line_that_fits_counts() {
        let file =
            "# h:5432:d:u:no\n\nh:5432:d:other:no\nh:5433:*:u:a\\:b\\\\c\n*:*:*:u:rest:of it\n";
        for (address, password) in [
            ("postgres://u@h:5433/d", Some("a:b\\c")),
            ("postgres://u@h/d", Some("rest:of it")),
            ("host=h port=5433 user=u", Some("a:b\\c")),
            ("postgres://v@h/d", None),
        ] {
            assert_eq!(found(file, address).as_deref(), password, "{address}");
        }
        assert_eq!(
            found("localhost:*:*:*:x", "host=/tmp user=u"),
            Some("x".to_owned())
        );
        assert_eq!(found("h:*:*", "host=h user=u"), None);
        assert_eq!(
            found("b:2:*:*:x", "host=a,b port=1,2 user=u"),
            Some("x".to_owned())
        );
    }

    #[test]
    fn a_file_that_others_may_read_does_not_count() {
        let path = std::env::temp_dir().join(format!("cs-passfile-{}", std::process::id()));
        std::fs::write(&path, "*:*:*:*:x\n").unwrap();
        let server = "postgres://u@h/d".parse().unwrap();
        for (mode, expected) in [(0o600, Some(b"x".to_vec())), (0o640, None), (0o604, None)] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            assert_eq!(look_up(&path, &server), expected, "{mode:o}");
        }
        assert_eq!(read_password(&path).unwrap(), b"*:*:*:*:x");
        std::fs::write(&path, "\r\n").unwrap();
        assert!(read_password(&path).is_err());
        std::fs::remove_file(&path).unwrap();
        assert!(read_password(&path).is_err());
    }
}

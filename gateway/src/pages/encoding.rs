//! Which of the encodings lying ready beside a file the browser takes.

/// The endings of the compressed twins with their names, the smaller first.
const TWINS: [(&str, &str); 2] = [("br", "br"), ("gz", "gzip")];

/// The twins worth looking for, best first, for this `Accept-Encoding`.
pub(crate) fn accepted(header: &str) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
    TWINS.into_iter().filter(|(_, name)| takes(header, name))
}

/// Whether a path is such a twin, and so nothing to be asked for by name.
pub(crate) fn is_twin(path: &str) -> bool {
    TWINS.iter().any(|(ending, _)| {
        path.rsplit_once('.')
            .is_some_and(|(_, last)| last == *ending)
    })
}

fn takes(header: &str, name: &str) -> bool {
    let choice = |wanted: &str| {
        header
            .split(',')
            .map(|choice| choice.split_once(';').unwrap_or((choice, "")))
            .find(|(coding, _)| coding.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, weight)| !refused(weight))
    };
    choice(name).or_else(|| choice("*")).unwrap_or(false)
}

/// `q=0`, however many noughts.
fn refused(weight: &str) -> bool {
    weight.trim().strip_prefix("q=").is_some_and(|value| {
        value
            .trim()
            .parse::<f32>()
            .is_ok_and(|weight| weight <= 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(header: &str) -> Option<&'static str> {
        accepted(header).next().map(|(ending, _)| ending)
    }

    #[test]
    fn smaller_twin_is_preferred() {
        assert_eq!(best("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(best("gzip;q=1.0, br;q=0.5"), Some("br"));
        assert_eq!(best("gzip"), Some("gz"));
        assert_eq!(best("*"), Some("br"));
    }

    #[test]
    fn refused_encodings_are_not_sent() {
        assert_eq!(best("br;q=0, gzip"), Some("gz"));
        assert_eq!(best("br;q=0.000, *"), Some("gz"));
        assert_eq!(best("identity"), None);
        assert_eq!(best(""), None);
    }

    #[test]
    fn twins_are_known_by_their_ending() {
        assert!(is_twin("assets/a.js.br") && is_twin("assets/a.js.gz"));
        assert!(!is_twin("assets/a.js") && !is_twin("abr"));
    }
}

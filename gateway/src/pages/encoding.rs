//! Owns the choice among a file and its compressed variants, by `Accept-Encoding`. Pure.

/// The endings of the compressed variants and the names of their encodings, the smallest first.
const VARIANTS: [(&str, &str); 2] = [("br", "br"), ("gz", "gzip")];

/// The variants that this `Accept-Encoding` accepts, best first.
pub(crate) fn accepted_variants(
    header: &str,
) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
    VARIANTS
        .into_iter()
        .filter(|(_, name)| accepts(header, name))
}

/// Whether a path is such a variant, which cannot be requested by name.
pub(crate) fn is_variant(path: &str) -> bool {
    VARIANTS.iter().any(|(ending, _)| {
        path.rsplit_once('.')
            .is_some_and(|(_, last)| last == *ending)
    })
}

fn accepts(header: &str, name: &str) -> bool {
    let choice = |wanted: &str| {
        header
            .split(',')
            .map(|choice| choice.split_once(';').unwrap_or((choice, "")))
            .find(|(coding, _)| coding.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, weight)| !is_refused(weight))
    };
    choice(name).or_else(|| choice("*")).unwrap_or(false)
}

/// `q=0`, with any number of zeros.
fn is_refused(weight: &str) -> bool {
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
        accepted_variants(header).next().map(|(ending, _)| ending)
    }

    #[test]
    fn the_smaller_variant_is_preferred() {
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
    fn variants_are_known_by_their_ending() {
        assert!(is_variant("assets/a.js.br") && is_variant("assets/a.js.gz"));
        assert!(!is_variant("assets/a.js") && !is_variant("abr"));
    }
}

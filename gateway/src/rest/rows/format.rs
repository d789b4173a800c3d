//! Owns the formats of rows, and the choice among them by an `Accept` header. Pure.

use super::csv::CsvStyle;
use crate::http::error::ApiError;
use axum::http::{HeaderMap, StatusCode, header};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    /// One row as one object.
    Object,
    Csv(CsvStyle),
    NdJson,
}

/// In our order of preference, for a client that has none.
pub(crate) const ALL: [Format; 4] = [
    Format::Json,
    Format::Csv(CsvStyle::PLAIN),
    Format::NdJson,
    Format::Object,
];

impl Format {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Object => "application/vnd.pgrst.object+json",
            Self::Csv(_) => "text/csv",
            Self::NdJson => "application/x-ndjson",
        }
    }

    /// With the character set, for a type that declares one.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// Whether a client has to hold all of it in memory at once.
    pub(crate) fn is_bounded(self) -> bool {
        matches!(self, Self::Json | Self::Object)
    }
}

/// The best of `offered` for this `Accept`; JSON if there is none.
pub(crate) fn choose_format(headers: &HeaderMap, offered: &[Format]) -> Result<Format, ApiError> {
    let lines = headers.get_all(header::ACCEPT);
    let text: Vec<&str> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
    let text = text.join(",");
    if text.trim().is_empty() {
        return Ok(Format::Json);
    }
    let mut best: Option<(f32, Format, &str)> = None;
    for choice in text.split(',') {
        let (wanted, parameters) = choice.split_once(';').unwrap_or((choice, ""));
        let wanted = wanted.trim().to_ascii_lowercase();
        let weight = parameter(parameters, "q").map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let found = offered.iter().find(|format| accepts(&wanted, **format));
        if let Some(format) = found.filter(|_| weight > best.map_or(0.0, |(before, ..)| before)) {
            best = Some((weight, *format, parameters));
        }
    }
    match best {
        Some((_, Format::Csv(_), parameters)) => csv_style(parameters).map(Format::Csv),
        Some((_, format, _)) => Ok(format),
        None => Err(not_acceptable(offered)),
    }
}

/// The value of one of the parameters after a media type.
fn parameter<'a>(parameters: &'a str, name: &str) -> Option<&'a str> {
    let pairs = parameters
        .split(';')
        .filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    named
        .next()
        .map(|(_, value)| value.trim().trim_matches('"'))
}

fn csv_style(parameters: &str) -> Result<CsvStyle, ApiError> {
    let choice = |name: &str, default: bool| match parameter(parameters, name) {
        None => Ok(default),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
        Some(_) => Err(ApiError::invalid(
            format!("Accept: {name} of text/csv is true or false."),
            "Accept",
        )),
    };
    Ok(CsvStyle {
        bom: choice("bom", CsvStyle::PLAIN.bom)?,
        guard: choice("guard", CsvStyle::PLAIN.guard)?,
    })
}

fn accepts(wanted: &str, format: Format) -> bool {
    let media_type = format.media_type();
    let group = media_type.split_once('/').map_or("", |(group, _)| group);
    match wanted.strip_suffix("/*") {
        Some("*") => true,
        Some(wanted) => wanted == group,
        None => {
            wanted == media_type || (wanted == "application/ndjson" && format == Format::NdJson)
        }
    }
}

fn not_acceptable(offered: &[Format]) -> ApiError {
    let names: Vec<_> = offered.iter().map(|format| format.media_type()).collect();
    ApiError::Rows {
        status: StatusCode::NOT_ACCEPTABLE,
        code: "0A000",
        message: "This is not available in any format that Accept names.".to_owned(),
        details: format!("Available formats: {}.", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        choose_format(&headers, &ALL).ok()
    }

    fn csv(bom: bool, guard: bool) -> Option<Format> {
        Some(Format::Csv(CsvStyle { bom, guard }))
    }

    #[test]
    fn formats_are_chosen_by_weight_then_order() {
        assert_eq!(
            choose_format(&HeaderMap::new(), &ALL).unwrap(),
            Format::Json
        );
        for (accept, expected) in [
            ("*/*", Some(Format::Json)),
            (
                "text/html,application/xhtml+xml,*/*;q=0.8",
                Some(Format::Json),
            ),
            ("text/csv", Some(Format::Csv(CsvStyle::PLAIN))),
            (
                "Text/CSV; charset=utf-8",
                Some(Format::Csv(CsvStyle::PLAIN)),
            ),
            ("text/*", Some(Format::Csv(CsvStyle::PLAIN))),
            ("application/x-ndjson", Some(Format::NdJson)),
            ("application/vnd.pgrst.object+json", Some(Format::Object)),
            (
                "application/vnd.pgrst.object+json;nulls=stripped",
                Some(Format::Object),
            ),
            (
                "application/json;q=0.5, text/csv",
                Some(Format::Csv(CsvStyle::PLAIN)),
            ),
            ("application/json, text/csv", Some(Format::Json)),
            ("text/csv; bom=true", csv(true, true)),
            (
                "TEXT/CSV;charset=utf-8; BOM=\"True\" ;guard=false;q=1",
                csv(true, false),
            ),
            ("text/csv;bom=false;guard=true", csv(false, true)),
            (
                "text/csv;bom=true;q=0.1, application/json;q=0",
                csv(true, true),
            ),
            ("text/csv;bom=1", None),
            ("text/csv;guard=", None),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }

    #[test]
    fn only_what_is_offered_is_chosen() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, "text/csv".parse().unwrap());
        let refused = choose_format(&headers, &[Format::Json]).unwrap_err();
        assert_eq!(refused.status(), 406);
    }
}

//! Owns the choice of rows: `limit`, `offset` and the `Range` header together, the maximum number, and `Content-Range`.
//! Pure.

use super::format::Format;
use crate::http::error::ApiError;
use crate::rest::grammar::QueryRequest;
use axum::http::{HeaderMap, StatusCode, header};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    pub(crate) offset: u64,
    pub(crate) limit: Option<u64>,
}

impl Window {
    /// JSON has up to `max_rows` rows; formats that are read line by line have no such limit.
    pub(crate) fn new(
        request: &QueryRequest,
        range: Option<(u64, Option<u64>)>,
        format: Format,
        max_rows: u64,
    ) -> Result<Self, ApiError> {
        let bounded = format.is_bounded();
        if bounded && request.limit.is_some_and(|limit| limit > max_rows) {
            return Err(ApiError::invalid(
                format!(
                    "limit: it must be at most {max_rows}; text/csv and application/x-ndjson have no such limit."
                ),
                "limit",
            ));
        }
        let start = request.offset.unwrap_or(0);
        let mut window = Self {
            offset: start,
            limit: request.limit,
        };
        if let Some((first, last)) = range {
            window.offset = start.max(first);
            let ends = [
                request.limit.map(|limit| start.saturating_add(limit)),
                last.map(|last| last.saturating_add(1)),
            ];
            let end = ends.into_iter().flatten().min();
            window.limit = end.map(|end| end.saturating_sub(window.offset));
        }
        if bounded {
            window.limit = Some(window.limit.unwrap_or(max_rows).min(max_rows));
        }
        Ok(window)
    }

    /// How many of `total` rows are in the window.
    pub(crate) fn rows_shown(self, total: u64) -> u64 {
        let left = total.saturating_sub(self.offset);
        self.limit.map_or(left, |limit| left.min(limit))
    }

    /// `0-24/3573458`; an asterisk for what is unknown or not there.
    pub(crate) fn content_range(self, rows_shown: u64, total: Option<u64>) -> String {
        let total = total.map_or_else(|| "*".to_owned(), |total| total.to_string());
        match rows_shown {
            0 => format!("*/{total}"),
            _ => format!("{}-{}/{total}", self.offset, self.offset + rows_shown - 1),
        }
    }

    /// 206 where it is known that there are more rows.
    pub(crate) fn status(rows_shown: u64, total: Option<u64>) -> StatusCode {
        match total {
            Some(total) if rows_shown < total => StatusCode::PARTIAL_CONTENT,
            _ => StatusCode::OK,
        }
    }
}

/// `Range: 0-24` or `Range: 25-`, in rows. Anything else, such as bytes, is ignored.
pub(crate) fn parse_range(headers: &HeaderMap) -> Result<Option<(u64, Option<u64>)>, ApiError> {
    let unit = headers.get("range-unit").is_none_or(|unit| unit == "items");
    let text = headers
        .get(header::RANGE)
        .and_then(|text| text.to_str().ok());
    let Some((first, last)) = text.filter(|_| unit).and_then(|text| text.split_once('-')) else {
        return Ok(None);
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| {
        let number = text.parse::<u64>().ok().filter(|_| digits(text));
        number.filter(|number| *number < i64::MAX.cast_unsigned())
    };
    let (Some(first), last) = (number(first.trim()), last.trim()) else {
        return Ok(None);
    };
    match (last, number(last)) {
        ("", _) => Ok(Some((first, None))),
        (_, None) => Ok(None),
        (_, Some(last)) if last < first => Err(out_of_range(
            "Range: the first row must not be after the last.".to_owned(),
        )),
        (_, last) => Ok(Some((first, last))),
    }
}

pub(crate) fn out_of_range(details: String) -> ApiError {
    ApiError::Rows {
        status: StatusCode::RANGE_NOT_SATISFIABLE,
        code: "PGRST103",
        message: "These rows do not exist.".to_owned(),
        details,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rest::rows::csv::CsvStyle;

    fn window(
        limit: Option<u64>,
        offset: Option<u64>,
        range: Option<(u64, Option<u64>)>,
    ) -> Window {
        let request = QueryRequest {
            limit,
            offset,
            ..QueryRequest::default()
        };
        Window::new(&request, range, Format::Json, 100).unwrap()
    }

    fn bounds(window: Window) -> (u64, Option<u64>) {
        (window.offset, window.limit)
    }

    #[test]
    fn limit_and_range_bound_together() {
        assert_eq!(bounds(window(None, None, None)), (0, Some(100)));
        assert_eq!(bounds(window(Some(5), Some(10), None)), (10, Some(5)));
        assert_eq!(
            bounds(window(None, None, Some((10, Some(19))))),
            (10, Some(10))
        );
        assert_eq!(
            bounds(window(None, None, Some((10, None)))),
            (10, Some(100))
        );
        assert_eq!(
            bounds(window(Some(5), None, Some((3, Some(90))))),
            (3, Some(2))
        );
        assert_eq!(bounds(window(Some(5), None, Some((8, None)))), (8, Some(0)));
        assert_eq!(
            bounds(window(None, None, Some((0, Some(5000))))),
            (0, Some(100))
        );
    }

    #[test]
    fn only_json_has_a_maximum() {
        let request = QueryRequest {
            limit: Some(101),
            ..QueryRequest::default()
        };
        assert!(Window::new(&request, None, Format::Json, 100).is_err());
        let csv = Window::new(&request, None, Format::Csv(CsvStyle::PLAIN), 100).unwrap();
        assert_eq!(csv.limit, Some(101));
        let all = Window::new(&QueryRequest::default(), None, Format::NdJson, 100).unwrap();
        assert_eq!(all.limit, None);
    }

    #[test]
    fn content_range_says_what_is_known() {
        let window = window(Some(25), None, None);
        assert_eq!(window.content_range(25, Some(3_573_458)), "0-24/3573458");
        assert_eq!(window.content_range(0, Some(0)), "*/0");
        assert_eq!(window.content_range(3, None), "0-2/*");
        assert_eq!(Window::status(25, Some(26)), 206);
        assert_eq!(Window::status(25, Some(25)), 200);
        assert_eq!(Window::status(25, None), 200);
        assert_eq!((window.rows_shown(7), window.rows_shown(70)), (7, 25));
    }

    #[test]
    fn range_header_is_in_rows() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, text.parse().unwrap());
            parse_range(&headers).map_err(|error| error.status().as_u16())
        };
        assert_eq!(read("0-24"), Ok(Some((0, Some(24)))));
        assert_eq!(read("25-"), Ok(Some((25, None))));
        assert_eq!(read("5-4"), Err(416));
        for other in ["bytes=0-5", "x", "-5", "1-x", "99999999999999999999-"] {
            assert_eq!(read(other), Ok(None), "{other}");
        }
    }
}

//! Owns how numbers are written in the sentences beside the formulas. Pure.

/// With one decimal where there is any; 0 for what is not there.
pub fn short(number: impl Into<Option<f64>>) -> String {
    let text = format!("{:.1}", number.into().unwrap_or_default());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A share of 1, in percent.
pub fn percent(share: impl Into<Option<f64>>) -> String {
    format!("{} %", short(share.into().unwrap_or_default() * 100.0))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_where_there_is_any() {
        assert_eq!([6.5, 2.0, 0.04].map(short), ["6.5", "2", "0"]);
        assert_eq!(short(None), "0");
        assert_eq!(percent(0.25), "25 %");
        assert_eq!(percent(Some(0.333)), "33.3 %");
    }
}

//! Owns the types of custom fields, and what a value of each must be. Pure; which members there are only the database knows.

use crate::pg::day;
use crate::pg::fault::shortened;
use serde_json::Value;

/// What a field holds; the database's `custom_fields.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomFieldType {
    /// Any text.
    Text,
    /// A finite number.
    Number,
    /// A number of the tenant's currency.
    Currency,
    /// A number from 0 to 100.
    Percent,
    /// A date, YYYY-MM-DD.
    Date,
    /// true or false.
    Boolean,
    /// One of the options.
    Choice,
    /// Some of the options.
    MultiChoice,
    /// A web address.
    Url,
    /// A member of the tenant.
    Member,
}

const LABELS: [(CustomFieldType, &str, &str); 10] = [
    (CustomFieldType::Text, "text", "strings"),
    (CustomFieldType::Number, "number", "numbers"),
    (CustomFieldType::Currency, "currency", "numbers"),
    (CustomFieldType::Percent, "percent", "numbers from 0 to 100"),
    (CustomFieldType::Date, "date", "dates"),
    (CustomFieldType::Boolean, "boolean", "true or false"),
    (CustomFieldType::Choice, "choice", "among the options"),
    (
        CustomFieldType::MultiChoice,
        "multi_choice",
        "arrays of options",
    ),
    (CustomFieldType::Url, "url", "web addresses"),
    (CustomFieldType::Member, "member", "members"),
];

impl CustomFieldType {
    /// The type of this name.
    pub fn from_label(label: &str) -> Option<Self> {
        let found = LABELS.iter().find(|(_, name, _)| *name == label);
        found.map(|(kind, ..)| *kind)
    }

    /// All names, for a hint.
    pub fn labels() -> String {
        LABELS.map(|(_, name, _)| name).join(", ")
    }

    /// What values of this type are, to follow "are" or "are not".
    pub fn plural(self) -> &'static str {
        let found = LABELS.iter().find(|(kind, ..)| *kind == self);
        found.map_or("", |(_, _, plural)| plural)
    }

    /// Whether it has options.
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::MultiChoice)
    }

    /// What a value that is not null must be instead, to follow "must be"; `None` where it fits. Of a member only the form is
    /// checked.
    pub fn mismatch(self, value: &Value, options: &[String]) -> Option<String> {
        let is_option = |it: &Value| {
            it.as_str()
                .is_some_and(|it| options.iter().any(|option| option == it))
        };
        let number = value.as_f64().filter(|it| it.is_finite());
        let (fits, wanted) = match self {
            Self::Text => (value.is_string(), "a string".to_owned()),
            Self::Number | Self::Currency => (number.is_some(), "a number".to_owned()),
            Self::Percent => (
                number.is_some_and(|it| (0.0..=100.0).contains(&it)),
                "a number from 0 to 100".to_owned(),
            ),
            Self::Date => (
                value.as_str().is_some_and(|it| day::parse(it).is_some()),
                "a date, written YYYY-MM-DD".to_owned(),
            ),
            Self::Boolean => (value.is_boolean(), "true or false".to_owned()),
            Self::Choice => (is_option(value), format!("one of {}", options.join(", "))),
            Self::MultiChoice => (
                value
                    .as_array()
                    .is_some_and(|all| all.iter().all(is_option)),
                format!("an array of {}", options.join(", ")),
            ),
            Self::Url => (
                value.as_str().is_some_and(is_web_address),
                "a web address that begins with http:// or https://".to_owned(),
            ),
            Self::Member => (
                value.is_string(),
                "the id or e-mail address of a member".to_owned(),
            ),
        };
        (!fits).then(|| format!("{wanted}, not {}", shortened(&value.to_string())))
    }
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|it| ["http", "https"].contains(&it.scheme()) && it.has_host())
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_type_takes_its_own_and_nothing_else() {
        let options = ["A".to_owned(), "B".to_owned()];
        for (label, good, bad) in [
            (
                "text",
                vec![json!(""), json!("x")],
                vec![json!(1), json!(["x"])],
            ),
            (
                "number",
                vec![json!(-1.5), json!(0)],
                vec![json!("1"), json!(true)],
            ),
            ("currency", vec![json!(1e9)], vec![json!("1 EUR")]),
            (
                "percent",
                vec![json!(0), json!(100), json!(12.5)],
                vec![json!(-1), json!(100.1), json!("5")],
            ),
            (
                "date",
                vec![json!("2028-02-29")],
                vec![json!("2027-02-29"), json!("10000-01-01"), json!(20_270_101)],
            ),
            (
                "boolean",
                vec![json!(true), json!(false)],
                vec![json!("true"), json!(1)],
            ),
            (
                "choice",
                vec![json!("A")],
                vec![json!("C"), json!(["A"]), json!("a")],
            ),
            (
                "multi_choice",
                vec![json!([]), json!(["A", "B"])],
                vec![json!("A"), json!(["A", "C"]), json!([1])],
            ),
            (
                "url",
                vec![json!("https://one.test/a?b"), json!("http://one.test")],
                vec![
                    json!("one.test"),
                    json!("ftp://one.test"),
                    json!("javascript:alert(1)"),
                    json!("https://"),
                ],
            ),
            ("member", vec![json!("ada@one.test")], vec![json!(1)]),
        ] {
            let kind = CustomFieldType::from_label(label).unwrap();
            for value in good {
                assert_eq!(kind.mismatch(&value, &options), None, "{label} {value}");
            }
            for value in bad {
                assert!(kind.mismatch(&value, &options).is_some(), "{label} {value}");
            }
        }
        assert_eq!(CustomFieldType::from_label("Number"), None);
    }

    #[test]
    fn a_mismatch_says_what_was_found() {
        let options = ["Gold".to_owned(), "Silver".to_owned()];
        let mismatch = CustomFieldType::Choice
            .mismatch(&json!("Tin"), &options)
            .unwrap();
        assert_eq!(mismatch, "one of Gold, Silver, not \"Tin\"");
    }
}

//! Owns PostgREST's grammar, as far as it is supported: what a query string requests. Pure; nothing here knows the
//! catalogue.

mod cursor;
pub(crate) mod filter;
mod limits;
pub(crate) mod order;
pub(crate) mod path;
pub(crate) mod select;

use crate::http::error::ApiError;
use filter::Condition;
use limits::MAX_TERMS;
use order::OrderTerm;
use select::SelectItem;

/// What the query requests, not yet checked against a view.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct QueryRequest {
    pub(crate) select: Option<Vec<SelectItem>>,
    /// Each with the parameter it comes from.
    pub(crate) conditions: Vec<(String, Condition)>,
    pub(crate) order: Vec<OrderTerm>,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
    /// The query as it was written.
    pub(crate) as_written: String,
}

impl QueryRequest {
    pub(crate) fn parse<'a>(
        pairs: impl IntoIterator<Item = &'a (String, String)>,
    ) -> Result<Self, ApiError> {
        let mut request = Self::default();
        for (key, value) in pairs {
            request.add(key, value).map_err(|why| {
                let key = shortened(key);
                ApiError::invalid(format!("{key}: {why}."), &key)
            })?;
        }
        Ok(request)
    }

    pub(crate) fn written_as(mut self, query: Option<&str>) -> Self {
        self.as_written = query.unwrap_or_default().to_owned();
        self
    }

    /// Whether the answer has names that are not columns' but text of the request.
    pub(crate) fn has_own_names(&self) -> bool {
        let mut items = self.select.iter().flatten();
        items.any(|item| match item {
            SelectItem::Star => false,
            SelectItem::Column { name, path, .. } => name.is_some() || !path.steps.is_empty(),
        })
    }

    fn add(&mut self, key: &str, value: &str) -> Result<(), String> {
        if key.contains('\0') || value.contains('\0') {
            return Err("it must not contain the NUL character".to_owned());
        }
        match key {
            "select" => set_once(&mut self.select, select::parse_items(value)?),
            "order" if !self.order.is_empty() => Err(GIVEN_TWICE.to_owned()),
            "order" => {
                self.order = order::parse_terms(value)?;
                Ok(())
            }
            "limit" => set_once(&mut self.limit, parse_whole_number(value)?),
            "offset" => set_once(&mut self.offset, parse_whole_number(value)?),
            "and" => self.add_condition(key, filter::parse_group(false, false, value)?),
            "or" => self.add_condition(key, filter::parse_group(false, true, value)?),
            "not.and" => self.add_condition(key, filter::parse_group(true, false, value)?),
            "not.or" => self.add_condition(key, filter::parse_group(true, true, value)?),
            _ => self.add_condition(key, Condition::Filter(filter::parse_filter(key, value)?)),
        }
    }

    fn add_condition(&mut self, key: &str, condition: Condition) -> Result<(), String> {
        self.conditions.push((key.to_owned(), condition));
        let terms: usize = self.conditions.iter().map(|(_, c)| c.count_filters()).sum();
        match terms <= MAX_TERMS {
            true => Ok(()),
            false => Err(format!("there are more than {MAX_TERMS} filters")),
        }
    }
}

/// A name for a message: a long one would make the answer as long as the request.
fn shortened(key: &str) -> String {
    const MOST: usize = 100;
    match key.chars().nth(MOST) {
        None => key.to_owned(),
        Some(_) => key.chars().take(MOST).chain(['…']).collect(),
    }
}

const GIVEN_TWICE: &str = "it is given twice";

fn set_once<T>(place: &mut Option<T>, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(GIVEN_TWICE.to_owned()),
    }
}

/// Digits only: a sign or a fraction is an error.
fn parse_whole_number(text: &str) -> Result<u64, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && number <= i64::MAX.cast_unsigned() => Ok(number),
        _ => Err("it must be a whole number, 0 or greater".to_owned()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

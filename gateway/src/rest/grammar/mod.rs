//! PostgREST's grammar, as far as it is offered: what a query string wishes. Nothing here knows the catalogue.

mod cursor;
pub(crate) mod filter;
pub(crate) mod order;
pub(crate) mod path;
pub(crate) mod select;

use crate::http::error::ApiError;
use filter::Condition;
use order::Term;
use select::Item;

/// The most filters, orders and columns of one request, each.
const TERMS: usize = 100;

/// What the query asks for, not yet held against a view.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Wish {
    pub(crate) select: Option<Vec<Item>>,
    /// Each with the parameter it came from.
    pub(crate) conditions: Vec<(String, Condition)>,
    pub(crate) order: Vec<Term>,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: Option<u64>,
}

impl Wish {
    pub(crate) fn parse<'a>(
        pairs: impl IntoIterator<Item = &'a (String, String)>,
    ) -> Result<Self, ApiError> {
        let mut wish = Self::default();
        for (key, value) in pairs {
            wish.take(key, value)
                .map_err(|why| ApiError::invalid(format!("{key}: {why}."), key))?;
        }
        Ok(wish)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), String> {
        if key.contains('\0') || value.contains('\0') {
            return Err("it must not contain the character NUL".to_owned());
        }
        match key {
            "select" => once(&mut self.select, few(select::read(value)?)?),
            "order" if !self.order.is_empty() => Err(TWICE.to_owned()),
            "order" => {
                self.order = few(order::read(value)?)?;
                Ok(())
            }
            "limit" => once(&mut self.limit, whole(value)?),
            "offset" => once(&mut self.offset, whole(value)?),
            "and" => self.when(key, filter::group(false, false, value)?),
            "or" => self.when(key, filter::group(false, true, value)?),
            "not.and" => self.when(key, filter::group(true, false, value)?),
            "not.or" => self.when(key, filter::group(true, true, value)?),
            _ => self.when(key, Condition::One(filter::one(key, value)?)),
        }
    }

    fn when(&mut self, key: &str, condition: Condition) -> Result<(), String> {
        self.conditions.push((key.to_owned(), condition));
        let terms: usize = self.conditions.iter().map(|(_, c)| c.terms()).sum();
        match terms <= TERMS {
            true => Ok(()),
            false => Err(format!("there are more than {TERMS} filters")),
        }
    }
}

const TWICE: &str = "it is given twice";

fn once<T>(place: &mut Option<T>, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(TWICE.to_owned()),
    }
}

fn few<T>(terms: Vec<T>) -> Result<Vec<T>, String> {
    match terms.len() <= TERMS {
        true => Ok(terms),
        false => Err(format!("it has more than {TERMS} terms")),
    }
}

/// Digits only: a sign or a fraction is a mistake.
fn whole(text: &str) -> Result<u64, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && number <= i64::MAX.cast_unsigned() => Ok(number),
        _ => Err("it must be a whole number from 0 on".to_owned()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

//! Owns reading a JSON document object by object and key by key: numbers within bounds, lists, strings, each refused by
//! its path. Pure.

use super::document::{must_be, refuse_unknown_keys};
use super::fault::Fault;
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// An object of a document, read key by key; every refusal names the path of what is wrong.
pub struct ObjectReader<'a> {
    path: String,
    object: &'a Map<String, Value>,
}

impl<'a> ObjectReader<'a> {
    /// A whole document, which is called `what` and has no other keys than these.
    pub fn of_document(
        what: &str,
        object: &'a Map<String, Value>,
        known: &[&str],
    ) -> Result<Self, Fault> {
        refuse_unknown_keys(object, what, known)?;
        let path = String::new();
        Ok(Self { path, object })
    }

    /// An object within a document, which has no other keys than these.
    pub fn at(path: String, object: &'a Map<String, Value>, known: &[&str]) -> Result<Self, Fault> {
        refuse_unknown_keys(object, &path, known)?;
        Ok(Self { path, object })
    }

    /// Where a key is in the document.
    pub fn path_of(&self, key: &str) -> String {
        match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    /// What a key holds; `None` where it is absent.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key)
    }

    /// An object with these keys; `None` where it is absent or null.
    pub fn object(&self, key: &str, known: &[&str]) -> Result<Option<Self>, Fault> {
        match self.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(object)) => Self::at(self.path_of(key), object, known).map(Some),
            Some(_) => Err(must_be(&self.path_of(key), "an object")),
        }
    }

    /// A list of at most this many values; empty where it is absent or null.
    pub fn list(&self, key: &str, most: usize) -> Result<&'a [Value], Fault> {
        let path = self.path_of(key);
        match self.get(key) {
            None | Some(Value::Null) => Ok(&[]),
            Some(Value::Array(list)) if list.len() <= most => Ok(list),
            Some(Value::Array(_)) => {
                let message = format!("{path} can hold at most {most} values");
                Err(Fault::invalid(&path, message))
            }
            Some(_) => Err(must_be(&path, "an array")),
        }
    }

    /// A list of different strings, none of them empty; each is `what`, with its article.
    pub fn strings(&self, key: &str, most: usize, what: &str) -> Result<Vec<String>, Fault> {
        let mut strings = Vec::<String>::new();
        for (index, value) in self.list(key, most)?.iter().enumerate() {
            let path = format!("{}[{index}]", self.path_of(key));
            match value.as_str() {
                None | Some("") => return Err(must_be(&path, what)),
                Some(text) if strings.iter().any(|known| known == text) => {
                    let message = format!("{path} repeats \"{text}\"");
                    return Err(Fault::invalid(&path, message));
                }
                Some(text) => strings.push(text.to_owned()),
            }
        }
        Ok(strings)
    }

    /// A number within bounds; `None` where it is absent.
    pub fn number(&self, key: &str, within: RangeInclusive<f64>) -> Result<Option<f64>, Fault> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let (least, most) = within.into_inner();
        match value.as_f64() {
            Some(number) if number > most => Err(must_be(
                &self.path_of(key),
                &format!("a number of at most {most}"),
            )),
            Some(number) if number >= least => Ok(Some(number)),
            _ => Err(must_be(
                &self.path_of(key),
                &format!("a number from {least}"),
            )),
        }
    }

    /// A whole number within bounds; `None` where it is absent.
    pub fn whole_number(
        &self,
        key: &str,
        within: RangeInclusive<i32>,
    ) -> Result<Option<i32>, Fault> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let number = value.as_i64().and_then(|it| i32::try_from(it).ok());
        let number = number.filter(|it| within.contains(it)).ok_or_else(|| {
            let (least, most) = within.into_inner();
            must_be(
                &self.path_of(key),
                &format!("a whole number from {least} to {most}"),
            )
        })?;
        Ok(Some(number))
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    fn complaint<T>(read: Result<T, Fault>) -> String {
        let fault = read.err().unwrap();
        format!("{}: {}", fault.field().unwrap(), fault.message())
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        let document = json!({
            "inner": { "share": "x", "size": 1.5, "list": 7 },
            "names": ["a", "a"], "empty": [""], "nothing": null,
        });
        let document = document.as_object().unwrap();
        let known = ["inner", "names", "empty", "nothing"];
        let reader = ObjectReader::of_document("document", document, &known).unwrap();
        let names = reader.strings("names", 5, "a name");
        assert_eq!(complaint(names), "names[1]: names[1] repeats \"a\"");
        let names = reader.strings("names", 1, "a name");
        assert_eq!(complaint(names), "names: names can hold at most 1 values");
        let empty = reader.strings("empty", 5, "a name");
        assert_eq!(complaint(empty), "empty[0]: empty[0] must be a name");
        assert!(reader.object("nothing", &[]).unwrap().is_none());
        assert_eq!(reader.list("nothing", 5).unwrap().len(), 0);
        let inner = reader.object("inner", &["share", "size", "list"]);
        let inner = inner.unwrap().unwrap();
        for (complaint, expected) in [
            (
                complaint(inner.number("share", 0.0..=1.0)),
                "inner.share: inner.share must be a number from 0",
            ),
            (
                complaint(inner.number("size", 0.0..=1.0)),
                "inner.size: inner.size must be a number of at most 1",
            ),
            (
                complaint(inner.whole_number("size", 0..=9)),
                "inner.size: inner.size must be a whole number from 0 to 9",
            ),
            (
                complaint(inner.list("list", 5)),
                "inner.list: inner.list must be an array",
            ),
            (
                complaint(reader.object("inner", &["share"])),
                "inner.list: inner has no key \"list\"",
            ),
        ] {
            assert_eq!(complaint, expected);
        }
        assert_eq!(inner.number("size", 0.0..=2.0), Ok(Some(1.5)));
        assert_eq!(inner.number("other", 0.0..=2.0), Ok(None));
    }
}

//! Owns the mark between two pages of the list: the sort it belongs to, the last row's keys and id. Pure.

use super::search_order::{Cast, Key, Order};
use crate::criteria::{Bound, Query};
use crate::pg::cursor::{is_id, is_number, is_text, refused};
use crate::pg::fault::Fault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pgrx::Uuid;
use serde::{Deserialize, Serialize};

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    sort: String,
    keys: Vec<Option<String>>,
    id: String,
}

impl Cursor {
    /// After this row.
    pub fn new(order: &Order, keys: Vec<Option<String>>, id: Uuid) -> Self {
        Self {
            sort: order.name.clone(),
            keys,
            id: id.to_string(),
        }
    }

    /// As callers pass it back.
    pub fn write(&self) -> Result<String, Fault> {
        serde_json::to_vec(self)
            .map(|it| URL_SAFE_NO_PAD.encode(it))
            .map_err(|_| Fault::internal("a cursor cannot be written"))
    }

    /// Reads one that belongs to this sort.
    pub fn read(text: &str, order: &Order) -> Result<Self, Fault> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let read: Option<Self> = bytes.and_then(|it| serde_json::from_slice(&it).ok());
        let cursor = read.ok_or_else(|| refused("after is no cursor of search_accounts"))?;
        if cursor.sort != order.name {
            return Err(refused("after belongs to another sort"));
        }
        let fits = |(key, text): (&Key, &Option<String>)| {
            text.as_deref().is_none_or(|text| is_of(key.cast, text))
        };
        let fits = cursor.keys.len() == order.keys.len()
            && order.keys.iter().zip(&cursor.keys).all(fits)
            && is_id(&cursor.id);
        match fits {
            true => Ok(cursor),
            false => Err(refused("after is no cursor of search_accounts")),
        }
    }

    /// The condition of the rows behind it, over columns `k1`, `k2` and so on, and `id`, of `met`.
    pub fn behind(&self, query: &mut Query, order: &Order) -> String {
        let id = query.bind(Bound::Text(self.id.clone()));
        let rest = format!("met.id > {id}::uuid");
        let places = (1..).zip(order.keys.iter().zip(&self.keys));
        let places: Vec<_> = places.collect();
        places
            .into_iter()
            .rev()
            .fold(rest, |rest, (place, (key, value))| {
                let column = format!("met.k{place}");
                let Some(value) = value else {
                    return format!("({column} is null and {rest})");
                };
                let beyond = if key.descending { "<" } else { ">" };
                let value = query.bind(Bound::Text(value.clone()));
                let value = format!("{value}::{}", key.cast.name());
                format!(
                    "({column} {beyond} {value} or {column} is null or ({column} = {value} and {rest}))"
                )
            })
    }
}

fn is_of(cast: Cast, text: &str) -> bool {
    match cast {
        Cast::Numeric => is_number(text),
        Cast::Integer => text.parse::<i32>().is_ok(),
        Cast::Date => text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok(),
        Cast::Text => is_text(text),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::accounts::search_order;
    use proptest::prelude::*;

    fn order(sort: &str) -> Order {
        search_order::read(&mut Query::default(), sort).unwrap()
    }

    fn cursor(sort: &str, keys: &[Option<&str>]) -> String {
        let keys = keys.iter().map(|key| key.map(str::to_owned)).collect();
        let id = Uuid::from_bytes([7; 16]);
        Cursor::new(&order(sort), keys, id).write().unwrap()
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        let text = cursor("arr.desc,name", &[None, Some("é")]);
        let read = Cursor::read(&text, &order("arr.desc,name.asc")).unwrap();
        assert_eq!(read.write().unwrap(), text);
    }

    #[test]
    fn another_sort_or_keys_of_another_type_are_refused() {
        for (made, keys, read) in [
            ("arr.desc", vec![Some("1")], "arr.asc"),
            ("arr.desc", vec![Some("many")], "arr.desc"),
            ("arr.desc", vec![Some("1"), None], "arr.desc"),
            (
                "contract_end_date",
                vec![Some("2027-02-30")],
                "contract_end_date",
            ),
            ("stage", vec![Some("1.5"), None], "stage"),
        ] {
            assert!(
                Cursor::read(&cursor(made, &keys), &order(read)).is_err(),
                "{made}"
            );
        }
    }

    #[test]
    fn nulls_come_after_everything_in_both_directions() {
        let mut query = Query::default();
        let order = order("arr.desc,contract_end_date.asc");
        let cursor = Cursor::read(
            &cursor("arr.desc,contract_end_date", &[Some("5"), None]),
            &order,
        );
        assert_eq!(
            cursor.unwrap().behind(&mut query, &order),
            "(met.k1 < $2::numeric or met.k1 is null or (met.k1 = $2::numeric and (met.k2 is null and met.id > $1::uuid)))"
        );
    }

    proptest! {
        #[test]
        fn garbage_is_refused(text: String) {
            prop_assert!(Cursor::read(&text, &order("name")).is_err());
        }
    }
}

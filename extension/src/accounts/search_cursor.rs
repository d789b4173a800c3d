//! Owns what lies behind a cursor of the list of accounts, as SQL. Pure.

use super::search_order::Order;
use crate::criteria::{Bound, Query};
use crate::pg::cursor::{Cursor, KeyType};
use crate::pg::fault::Fault;

/// Reads a cursor of the list in this order. Errors: 22023 for anything else.
pub fn read_cursor(text: &str, order: &Order) -> Result<Cursor, Fault> {
    let types: Vec<KeyType> = order.keys.iter().map(|key| key.key_type).collect();
    Cursor::decode(text, &order.name, &types)
}

/// The condition of the rows behind a cursor, over columns `k1`, `k2` and so on, and `id`, of `met`.
pub fn rows_behind(cursor: &Cursor, query: &mut Query, order: &Order) -> String {
    let id = query.bind(Bound::Text(cursor.id().to_owned()));
    let rest = format!("met.id > {id}::uuid");
    let places = (1..).zip(order.keys.iter().zip(cursor.keys()));
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
            let value = format!("{value}::{}", key.key_type.sql_name());
            format!(
                "({column} {beyond} {value} or {column} is null or ({column} = {value} and {rest}))"
            )
        })
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::accounts::search_order::read_order;

    fn order(sort: &str) -> Order {
        read_order(&mut Query::default(), sort).unwrap()
    }

    fn cursor(sort: &str, keys: &[Option<&str>]) -> String {
        let keys = keys.iter().map(|key| key.map(str::to_owned)).collect();
        let id = "07070707-0707-0707-0707-070707070707".to_owned();
        Cursor::new(&order(sort).name, keys, id).encode().unwrap()
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        let text = cursor("arr.desc,name", &[None, Some("é")]);
        let read = read_cursor(&text, &order("arr.desc,name.asc")).unwrap();
        assert_eq!(read.encode().unwrap(), text);
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
            let text = cursor(made, &keys);
            assert!(read_cursor(&text, &order(read)).is_err(), "{made}");
        }
    }

    #[test]
    fn nulls_come_after_everything_in_both_directions() {
        let mut query = Query::default();
        let order = order("arr.desc,contract_end_date.asc");
        let text = cursor("arr.desc,contract_end_date", &[Some("5"), None]);
        let cursor = read_cursor(&text, &order).unwrap();
        assert_eq!(
            rows_behind(&cursor, &mut query, &order),
            "(met.k1 < $2::numeric or met.k1 is null or (met.k1 = $2::numeric and (met.k2 is null and met.id > $1::uuid)))"
        );
    }
}

//! Owns the order of the list of accounts: what may be sorted by, and by which SQL keys. Pure.

use crate::criteria::{Bound, Field, FieldKind, Join, Query};
use crate::pg::cursor::KeyType;
use crate::pg::fault::Fault;

/// The order unless another one is asked for.
pub const USUAL_SORT: &str = "name.asc";

/// The name that sorts accounts as the tree has them, parents before their children.
const TREE: &str = "tree";

/// The most fields to sort by.
const MOST_FIELDS: usize = 5;

/// One SQL expression to sort by; NULLs come last in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The expression.
    pub expression: String,
    /// Its type.
    pub key_type: KeyType,
    /// Greatest first.
    pub descending: bool,
}

/// What to sort by.
#[derive(Debug)]
pub struct Order {
    /// As a cursor names it: every direction written out.
    pub name: String,
    /// In SQL.
    pub keys: Vec<Key>,
}

/// Reads `field.desc,other.asc`; without a direction it is ascending.
pub fn read_order(query: &mut Query, sort: &str) -> Result<Order, Fault> {
    let parts: Vec<_> = sort.split(',').map(str::trim).collect();
    if parts.len() > MOST_FIELDS {
        return Err(Fault::invalid(
            "sort",
            format!("a list is sorted by at most {MOST_FIELDS} fields"),
        ));
    }
    let (mut names, mut keys) = (Vec::new(), Vec::new());
    for part in parts {
        let (field, descending) = match (part.strip_suffix(".desc"), part.strip_suffix(".asc")) {
            (Some(field), _) => (field, true),
            (None, Some(field)) => (field, false),
            (None, None) => (part, false),
        };
        let found = sort_keys(query, field).ok_or_else(|| refuse(field))?;
        names.push(format!(
            "{field}.{}",
            if descending { "desc" } else { "asc" }
        ));
        keys.extend(found.into_iter().map(|(expression, key_type)| Key {
            expression,
            key_type,
            descending,
        }));
    }
    Ok(Order {
        name: names.join(","),
        keys,
    })
}

fn refuse(field: &str) -> Fault {
    Fault::invalid("sort", format!("accounts cannot be sorted by \"{field}\"")).hint(
        "Give fields of criteria_fields other than parent and id, or tree, such as health_score.desc,name.asc.",
    )
}

/// Text is sorted without regard to case; labels in their own order; stages in that of the journey; members by name.
fn sort_keys(query: &mut Query, name: &str) -> Option<Vec<(String, KeyType)>> {
    if name == TREE {
        return Some(vec![("account.hierarchy_path".to_owned(), KeyType::Text)]);
    }
    let field = Field::find(name)?;
    let value = match field.kind() {
        FieldKind::Account => return None,
        FieldKind::Stage => {
            query.join(Join::Stage);
            return Some(vec![
                ("stage.display_order".to_owned(), KeyType::Integer),
                ("stage.name".to_owned(), KeyType::Text),
            ]);
        }
        FieldKind::Member => {
            query.join(Join::Csm);
            return Some(vec![("lower(csm.full_name)".to_owned(), KeyType::Text)]);
        }
        _ => query.value(&field),
    };
    Some(match field.kind() {
        FieldKind::Number => vec![(value, KeyType::Numeric)],
        FieldKind::Date => vec![(value, KeyType::Date)],
        FieldKind::Choice(labels) => {
            let labels = labels.iter().map(|label| (*label).to_owned()).collect();
            let labels = query.bind(Bound::Texts(labels));
            let place = format!("array_position({labels}::text[], {value})");
            vec![(place, KeyType::Integer)]
        }
        FieldKind::Any => attribute_keys(&value),
        _ => vec![(format!("lower({value})"), KeyType::Text)],
    })
}

/// What the CRM holds may be of any type: numbers come before text in both directions, lists and objects count as missing.
fn attribute_keys(value: &str) -> Vec<(String, KeyType)> {
    let number = format!("case when jsonb_typeof({value}) = 'number' then {value}::numeric end");
    let text = format!(
        "case when jsonb_typeof({value}) in ('string', 'boolean') then lower({value} #>> '{{}}') end"
    );
    vec![(number, KeyType::Numeric), (text, KeyType::Text)]
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn name(sort: &str) -> Option<String> {
        read_order(&mut Query::default(), sort)
            .ok()
            .map(|it| it.name)
    }

    #[test]
    fn directions_are_written_out() {
        assert_eq!(name("name").as_deref(), Some("name.asc"));
        assert_eq!(
            name("arr.desc, crm_attributes.plan.tier.asc,tree").as_deref(),
            Some("arr.desc,crm_attributes.plan.tier.asc,tree.asc")
        );
    }

    #[test]
    fn what_has_no_order_is_refused() {
        for bad in [
            "",
            "nothing",
            "parent",
            "id.desc",
            "name,",
            "name.up",
            "a,b,c,d,e,f",
        ] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_attribute_has_a_key_for_numbers_and_one_for_text() {
        let order = read_order(&mut Query::default(), "crm_attributes.x.desc,stage").unwrap();
        let casts: Vec<_> = order
            .keys
            .iter()
            .map(|it| (it.key_type, it.descending))
            .collect();
        assert_eq!(
            casts,
            [
                (KeyType::Numeric, true),
                (KeyType::Text, true),
                (KeyType::Integer, false),
                (KeyType::Text, false)
            ]
        );
    }
}

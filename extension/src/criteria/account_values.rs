//! Owns the reading of the values that criteria ask of accounts, by the same SQL expressions that matching accounts are found
//! with.

use super::account_query::{Bound, Query};
use super::decimal::Decimal;
use super::evaluation::Facts;
use super::field::Field;
use super::field_kind::FieldKind;
use super::matching::arguments;
use super::tree::Criteria;
use super::value::FieldValue;
use crate::pg::day;
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, stream_with};
use pgrx::Uuid;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::rc::Rc;

/// The values of one account, of the fields that criteria are about.
pub struct FieldValues {
    fields: Rc<[Field]>,
    values: Vec<Option<FieldValue>>,
}

impl Facts for FieldValues {
    fn value(&self, field: &Field) -> Option<FieldValue> {
        let place = self.fields.iter().position(|it| it == field)?;
        self.values.get(place)?.clone()
    }
}

/// The values that criteria need of accounts, which are of one tenant, or any that the caller sees. Accounts that do not exist,
/// or that the caller does not see, are left out.
pub fn read_values(
    tenant: Option<Uuid>,
    accounts: &[Uuid],
    criteria: &Criteria,
    sight: Sight,
) -> Result<HashMap<Uuid, FieldValues>, Fault> {
    let fields: Rc<[Field]> = criteria.fields().into_iter().cloned().collect();
    let mut query = Query::default();
    let columns = fields
        .iter()
        .map(|it| typed_pair(it.kind(), &query.value(it)));
    let columns = columns.collect::<Vec<_>>();
    let mut filter = format!(
        "account.id = any ({})",
        query.bind(Bound::Ids(accounts.to_vec()))
    );
    if let Some(tenant) = tenant {
        let tenant = query.bind(Bound::Id(tenant));
        filter = format!("account.tenant_id = {tenant} and {filter}");
    }
    let text = format!(
        "select account.id, array[{}]::text[]\n{}\nwhere {filter}",
        columns.join(", "),
        query.from()
    );
    let mut facts = HashMap::new();
    stream_with(sight, &text, &arguments(query.bound), &mut |slot| {
        let id = slot.uuid(0);
        let texts = slot.value::<Vec<Option<String>>>(1).unwrap_or_default();
        let values = fields
            .iter()
            .zip(texts.chunks(2))
            .map(|(field, pair)| read_pair(field.kind(), pair))
            .collect();
        let fields = Rc::clone(&fields);
        facts.extend(id.map(|id| (id, FieldValues { fields, values })));
    })?;
    Ok(facts)
}

/// The SQL of the JSON type and the text of a field of this kind, whose value is this SQL; NULL for the type of built-in fields,
/// which is that of their kind.
pub fn typed_pair(kind: FieldKind, value: &str) -> String {
    match kind {
        FieldKind::Any => format!("jsonb_typeof({value}), {value} #>> '{{}}'"),
        _ => format!("null, {value}::text"),
    }
}

/// The value that such a pair is.
pub fn read_pair(kind: FieldKind, pair: &[Option<String>]) -> Option<FieldValue> {
    let [held, text] = pair else {
        return None;
    };
    let text = || text.clone();
    match (kind, held.as_deref()) {
        (FieldKind::Number, _) | (FieldKind::Any, Some("number")) => {
            Decimal::parse(&text()?).map(FieldValue::Number)
        }
        (FieldKind::Date, _) => day::parse(&text()?).map(FieldValue::Date),
        (FieldKind::Any, Some("string")) => text().map(FieldValue::Text),
        (FieldKind::Any, Some("boolean")) => Some(FieldValue::Bool(text()? == "true")),
        (FieldKind::Any, Some("array")) => Some(FieldValue::List(texts_of(&text()?))),
        (FieldKind::Any, Some("object")) => Some(FieldValue::Structure),
        (FieldKind::Any, _) => None,
        _ => text().map(FieldValue::Text),
    }
}

/// The texts of a JSON array; what else it holds need not be readable.
fn texts_of(array: &str) -> Vec<String> {
    let all: Vec<&RawValue> = serde_json::from_str(array).unwrap_or_default();
    all.into_iter()
        .filter_map(|raw| serde_json::from_str(raw.get()).ok())
        .collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_texts_of_an_array_are_read_next_to_what_cannot_be() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let array = format!(r#"["a", 1e400, {deep}, "\u00e9", null, {{"b": "c"}}]"#);
        assert_eq!(texts_of(&array), ["a", "é"]);
        assert_eq!(texts_of("[]"), Vec::<String>::new());
    }
}

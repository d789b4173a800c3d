//! Owns how many of the accounts found have each value of a field.

use crate::criteria::{
    Criteria, Field, FieldKind, Join, Query, arguments, filter, read_caller_criteria,
};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::{Sight, stream_with};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// The most values that are returned, the most frequent ones.
const MOST_VALUES: usize = 100;

/// Value, label, accounts, ARR.
type Facet = (Option<String>, Option<String>, i32, AnyNumeric);

#[pg_extern(stable)]
fn count_facets(
    criteria: Option<JsonText>,
    field: Option<&str>,
) -> TableIterator<
    'static,
    (
        name!(value, Option<String>),
        name!(label, Option<String>),
        name!(accounts, i32),
        name!(arr, AnyNumeric),
    ),
> {
    let _pinned = Pinned::enter();
    let criteria = read_caller_criteria(criteria.as_ref()).or_raise();
    TableIterator::new(count_values(&criteria, field.unwrap_or_default()).or_raise())
}

fn count_values(criteria: &Criteria, field: &str) -> Result<Vec<Facet>, Fault> {
    let mut query = Query::default();
    let columns = facet_columns(&mut query, field)?;
    let condition = filter(&mut query, None, criteria, None);
    let text = format!(
        "with met as (
            select account.id, account.tenant_id, {columns}
            {from}
            where {condition}
        )
        select met.value, min(met.label), count(*)::integer, coalesce(sum(counted.arr), 0)
        from met
        join cs.counted_arr as counted on counted.tenant_id = met.tenant_id and counted.account_id = met.id
        where met.is_one
        group by met.value
        order by count(*) desc, met.value
        limit {MOST_VALUES}",
        from = query.from()
    );
    let mut facets = Vec::new();
    stream_with(
        Sight::Statement,
        &text,
        &arguments(query.bound),
        &mut |slot| {
            facets.push((
                slot.text(0),
                slot.text(1),
                slot.value(2).unwrap_or_default(),
                slot.value(3).unwrap_or_default(),
            ));
        },
    )?;
    Ok(facets)
}

/// The value, what readers call it, and whether it is a single value: a list or an object is not.
fn facet_columns(query: &mut Query, name: &str) -> Result<String, Fault> {
    let refused = || {
        Fault::invalid("field", format!("\"{name}\" has no values to count"))
            .hint("Text, choices, stages, members and CRM attributes have values to count; criteria_fields lists the fields.")
    };
    let field = Field::find(name).ok_or_else(refused)?;
    let value = query.value(&field);
    let label = match field.kind() {
        FieldKind::Number | FieldKind::Date | FieldKind::Account => return Err(refused()),
        FieldKind::Stage => {
            query.join(Join::Stage);
            "stage.name".to_owned()
        }
        FieldKind::Member => {
            query.join(Join::Csm);
            "csm.full_name".to_owned()
        }
        FieldKind::Text | FieldKind::Choice(_) => value.clone(),
        FieldKind::Any => {
            let text = format!("({value} #>> '{{}}')");
            let is_one =
                format!("coalesce(jsonb_typeof({value}) not in ('array', 'object'), true)");
            return Ok(format!(
                "{text} as value, {text} as label, {is_one} as is_one"
            ));
        }
    };
    Ok(format!(
        "{value}::text as value, {label} as label, true as is_one"
    ))
}

//! Owns one page of the list of accounts: which accounts it shows, where the next page begins, and the sums over all
//! that were found. The rows themselves are `account_overview`'s, read by the SQL function `search_accounts` around it.

use super::search_cursor::{read_cursor, rows_behind};
use super::search_order::{Key, Order, USUAL_SORT, read_order};
use crate::criteria::{Criteria, Join, Query, arguments, filter, read_caller_criteria};
use crate::pg::cursor::{Cursor, PageSize};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::{Sight, stream_with};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

const PAGE_SIZE: PageSize = PageSize {
    usual: 200,
    bounds: 1..=1000,
};

#[pg_extern(stable)]
fn search_page(
    criteria: Option<JsonText>,
    sort: Option<&str>,
    after: Option<&str>,
    page_size: Option<i32>,
    with_total: Option<bool>,
) -> TableIterator<
    'static,
    (
        name!(ids, Vec<Uuid>),
        name!(next, Option<String>),
        name!(summary, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    let criteria = read_caller_criteria(criteria.as_ref()).or_raise();
    let page = PageRequest {
        sort: sort.unwrap_or(USUAL_SORT),
        after,
        size: PAGE_SIZE.check("page_size", page_size).or_raise(),
        with_total: with_total.unwrap_or(true),
    };
    let found = find_page(&criteria, &page).or_raise();
    TableIterator::once((found.ids, found.next, found.summary))
}

struct PageRequest<'a> {
    sort: &'a str,
    after: Option<&'a str>,
    size: i32,
    with_total: bool,
}

#[derive(Default)]
struct AccountPage {
    ids: Vec<Uuid>,
    next: Option<String>,
    summary: Option<String>,
}

fn find_page(criteria: &Criteria, request: &PageRequest<'_>) -> Result<AccountPage, Fault> {
    let mut query = Query::default();
    let order = read_order(&mut query, request.sort)?;
    let cursor = request
        .after
        .map(|text| read_cursor(text, &order))
        .transpose()?;
    let text = statement(&mut query, criteria, &order, cursor.as_ref(), request);
    let (mut rows, mut summary) = (Vec::new(), None);
    stream_with(
        Sight::Statement,
        &text,
        &arguments(query.bound),
        &mut |slot| match slot.uuid(0) {
            None => summary = slot.text(2),
            Some(id) => rows.push((id, slot.value::<Vec<Option<String>>>(1).unwrap_or_default())),
        },
    )?;
    let size = usize::try_from(request.size).unwrap_or(usize::MAX);
    let is_more = rows.len() > size;
    rows.truncate(size);
    let next = match rows.last() {
        Some((id, keys)) if is_more => {
            Some(Cursor::new(&order.name, keys.clone(), id.to_string()).encode()?)
        }
        _ => None,
    };
    Ok(AccountPage {
        ids: rows.into_iter().map(|(id, _)| id).collect(),
        next,
        summary,
    })
}

/// One row without an id that holds the summary, if wanted; then the page, and one more row where there is one.
fn statement(
    query: &mut Query,
    criteria: &Criteria,
    order: &Order,
    cursor: Option<&Cursor>,
    request: &PageRequest<'_>,
) -> String {
    let condition = filter(query, None, criteria, None);
    let keys = list_keys(&order.keys, |place, key| {
        format!("{} as k{place}", key.expression)
    });
    let (flags, counted, summary) = match request.with_total {
        false => ("", "", String::new()),
        true => {
            for join in [Join::Tenant, Join::Health] {
                query.join(join);
            }
            (
                SUMMARY_FLAGS,
                COUNTED_ARR,
                format!("{SUMMARY}\nunion all\n"),
            )
        }
    };
    let behind = cursor.map_or_else(|| "true".to_owned(), |it| rows_behind(it, query, order));
    let texts = list_keys(&order.keys, |place, _| format!("met.k{place}::text"));
    let sorted = list_keys(&order.keys, |place, key| {
        let direction = if key.descending { "desc" } else { "asc" };
        format!("met.k{place} {direction} nulls last")
    });
    let limit = request.size + 1;
    format!(
        "with met as (
            select account.id, {keys}{flags}
            {from}
            {counted}
            where {condition}
        )
        {summary}(
            select met.id, array[{texts}]::text[], null::text
            from met
            where {behind}
            order by {sorted}, met.id
            limit {limit}
        )",
        from = query.from()
    )
}

fn list_keys(keys: &[Key], write: impl Fn(usize, &Key) -> String) -> String {
    let texts: Vec<_> = (1..)
        .zip(keys)
        .map(|(place, key)| write(place, key))
        .collect();
    texts.join(", ")
}

/// Which accounts the summary counts separately.
const SUMMARY_FLAGS: &str = ",
    account.status = 'Active'
        and coalesce(health.risk_level <> 'Healthy' and health.confidence is distinct from 'low', false) as at_risk,
    account.status = 'Active' and coalesce(
        cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) between 0 and 90, false
    ) as renewing,
    counted.arr";

/// Joined to the account, so that its ARR is worked out once.
const COUNTED_ARR: &str = "join cs.counted_arr as counted
    on counted.tenant_id = account.tenant_id and counted.account_id = account.id";

const SUMMARY: &str = "select
    null::uuid,
    null::text[],
    jsonb_build_object(
        'accounts', count(*),
        'arr', coalesce(sum(met.arr), 0),
        'at_risk', jsonb_build_object(
            'accounts', count(*) filter (where met.at_risk),
            'arr', coalesce(sum(met.arr) filter (where met.at_risk), 0)
        ),
        'renewing', jsonb_build_object(
            'accounts', count(*) filter (where met.renewing),
            'arr', coalesce(sum(met.arr) filter (where met.renewing), 0)
        ),
        'at_risk_renewing', jsonb_build_object(
            'accounts', count(*) filter (where met.at_risk and met.renewing),
            'arr', coalesce(sum(met.arr) filter (where met.at_risk and met.renewing), 0)
        )
    )::text
from met";

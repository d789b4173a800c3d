//! Pages by limit and offset: nothing twice, nothing missed.

use super::Visit;
use serde_json::Value;
use std::collections::HashSet;

const TIES: &str = "
    insert into cs.accounts (tenant_id, name, crm_attributes)
    select id, 'Tie ' || n, '{\"arr\": 77}' from cs.tenants, generate_series(1, 230) as n where slug = 'acme';
    create view cs.unkeyed with (security_invoker) as select name, arr, null::json as j from cs.accounts;
    grant select on cs.unkeyed to cs_member";

fn paged(visit: &Visit, path: &str, query: &[(&str, &str)]) -> Vec<Value> {
    let mut all = Vec::new();
    for offset in (0..=250).step_by(25) {
        let offset = offset.to_string();
        let page = [query, &[("limit", "25"), ("offset", &offset)]].concat();
        all.extend(visit.rows(path, &page));
    }
    all
}

#[test]
fn rows_that_are_equal_in_order_are_each_on_one_page() {
    let visit = Visit::prepared(TIES);
    let ties = ("name", "like.Tie*");
    for (path, order) in [
        ("accounts", "arr.desc"),
        ("accounts", "arr.desc.nullslast,status"),
        ("account_overview", "arr"),
        ("account_overview", "crm_attributes->>none"),
        ("account_tree", "level"),
        ("unkeyed", "arr"),
    ] {
        let rows = paged(&visit, path, &[ties, ("order", order), ("select", "name")]);
        let different: HashSet<String> = rows.iter().map(Value::to_string).collect();
        assert_eq!((rows.len(), different.len()), (230, 230), "{path} {order}");
    }
    let rows = paged(&visit, "accounts", &[ties, ("select", "id")]);
    let different: HashSet<String> = rows.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), 230);
}

#[test]
fn an_id_is_that_of_one_row() {
    let visit = Visit::new();
    let mut sql = visit.sql();
    let views = "select c.relname::text from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attname = 'id'
                 where c.relnamespace = 'cs'::regnamespace and c.relkind = 'v'";
    for view in sql.query(views, &[]).unwrap() {
        let view: String = view.get(0);
        let rows = visit.rows(&view, &[("select", "id")]);
        let different: HashSet<String> = rows.iter().map(Value::to_string).collect();
        assert_eq!(rows.len(), different.len(), "{view}");
    }
}

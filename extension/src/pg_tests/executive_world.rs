//! The worlds that the tests of the executive page look at.

use crate::pg_tests::{WORLD, become_person, run};

/// Segments of all kinds.
pub const CRITERIA: [&str; 7] = [
    "null",
    r#"'{"field": "status", "op": "eq", "value": "Active"}'"#,
    r#"'{"field": "status", "op": "eq", "value": "Churned"}'"#,
    r#"'{"any": [{"field": "status", "op": "in", "value": ["Paused", "Churned"]}, {"field": "arr", "op": "gt", "value": 1000}]}'"#,
    r#"'{"all": [{"field": "industry", "op": "eq", "value": "Energy"}, {"not": {"field": "risk_level", "op": "eq", "value": "Healthy"}}]}'"#,
    r#"'{"field": "days_to_renewal", "op": "lt", "value": 0}'"#,
    r#"'{"any": []}'"#,
];

/// Sixty accounts with everything that makes sums differ: without score, of low confidence, paused, lost, without
/// or with ended contract, in families, without ARR.
pub fn random_world(seed: f64) {
    run(WORLD);
    run(&format!("select setseed({seed})"));
    run("insert into cs.accounts (tenant_id, name, status, crm_attributes, created_at)
         select tenant.id, 'Random ' || number, (array['Active', 'Active', 'Active', 'Paused', 'Churned'])[1 + floor(random() * 5)]::cs.account_status,
            jsonb_strip_nulls(jsonb_build_object(
                'arr', (array[null, 0, 1000, 49999.99, 50000, 80000])[1 + floor(random() * 6)::integer],
                'contract_end_date', (now() at time zone 'UTC')::date
                    + (array[null, -1, 0, 1, 89, 90, 91, 400])[1 + floor(random() * 8)::integer],
                'industry', (array['Energy', 'Retail'])[1 + floor(random() * 2)::integer]
            )),
            now() - random() * interval '60 days'
         from cs.tenants as tenant, generate_series(1, 60) as number where tenant.slug = 'one'");
    run("update cs.accounts as account set parent_id = parent.id
         from cs.accounts as parent
         where parent.name = 'Random ' || 1 + length(account.id::text) % 5 and account.name > 'Random 2' and random() < 0.4
            and account.name <> parent.name and parent.tenant_id = account.tenant_id and parent.parent_id is null
            and parent.name < 'Random 2'");
    run("insert into cs.health_scores (tenant_id, account_id, overall_score, confidence, created_at)
         select tenant_id, id, floor(random() * 101), (array[null, 'low', 'medium', 'high'])[1 + floor(random() * 4)::integer], at
         from cs.accounts, unnest(array[now() - interval '45 days', now() - interval '2 days']) as at
         where random() < 0.7");
    run("update cs.arr_history set valid_from = now() - interval '10 days'");
    run(
        "insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
         select tenant_id, id, (array[0, 1000, 50000, 90000])[1 + floor(random() * 4)::integer],
            now() - began * interval '1 day', now() - ended * interval '1 day'
         from cs.accounts, (values (80, 35), (35, 10)) as past (began, ended)
         where random() < 0.7",
    );
    become_person("ada@one.test");
    run("set local role cs_member");
}

/// Four customers and a lost one, with what they were 40 days ago.
pub fn small_world() {
    run(WORLD);
    run("delete from cs.accounts where tenant_id = (select id from cs.tenants where slug = 'one')");
    run("insert into cs.accounts (tenant_id, name, status, crm_attributes, csm_id, created_at)
         select tenant.id, it.name, it.status::cs.account_status,
            jsonb_strip_nulls(jsonb_build_object('arr', it.arr, 'contract_end_date', (now() at time zone 'UTC')::date + it.days)),
            (select user_id from cs.profiles where full_name = 'Ada'), now() - it.age * interval '1 day'
         from cs.tenants as tenant, (values
            ('Big', 'Active', 80000, 60, 100), ('Mid', 'Active', 20000, -1, 100), ('New', 'Active', 10000, null, 10),
            ('Rest', 'Paused', 5000, 90, 100), ('Lost', 'Active', 30000, 30, 100)
         ) as it (name, status, arr, days, age)
         where tenant.slug = 'one'");
    run("update cs.accounts set status = 'Churned' where name = 'Lost'");
    run("delete from cs.arr_history");
    run("insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
         select account.tenant_id, account.id, it.arr, now() - it.began * interval '1 day', now() - it.ended * interval '1 day'
         from (values ('Big', 100000, 100, 5), ('Big', 80000, 5, null), ('Mid', 10000, 100, 8), ('Mid', 20000, 8, null),
            ('New', 10000, 10, null), ('Rest', 5000, 100, null), ('Lost', 30000, 100, 6), ('Lost', 0, 6, null)
         ) as it (name, arr, began, ended)
         join cs.accounts as account using (name)");
    run("insert into cs.health_scores (tenant_id, account_id, overall_score, confidence, usage_score, engagement_score, support_score,
            adoption_score, created_at)
         select account.tenant_id, account.id, it.score, it.confidence, it.usage, it.engagement, it.support, it.adoption,
            now() - it.ago * interval '1 day'
         from (values ('Big', 90, 'high', 90, 90, 90, 90, 40), ('Mid', 60, null, null, null, null, null, 40),
            ('Rest', 30, 'high', null, null, null, null, 40), ('Lost', 20, 'high', null, null, null, null, 40),
            ('Big', 70, 'high', 90, 85, 25, 80, 2), ('Mid', 35, 'medium', null, null, null, null, 2),
            ('Rest', 10, 'low', null, null, null, null, 2)
         ) as it (name, score, confidence, usage, engagement, support, adoption, ago)
         join cs.accounts as account using (name)
         order by it.ago desc");
    become_person("ada@one.test");
    run("set local role cs_member");
}

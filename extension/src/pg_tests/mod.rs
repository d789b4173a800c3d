//! Tests of natives that need a backend; each runs in a transaction that is rolled back.

#![expect(clippy::unwrap_used, reason = "a test ends by a panic")]

mod account_360;
mod accounts;
mod activities;
mod audit;
mod contacts;
mod criteria;
mod criteria_custom;
mod criteria_sql;
mod custom_fields;
mod deleted_accounts;
mod deliveries;
mod dice;
mod events;
mod executive;
mod executive_customers;
mod executive_trends;
mod executive_world;
mod flow;
mod gone;
mod health;
mod health_days;
mod health_explain;
mod health_facts;
mod health_feeds;
mod health_marks;
mod health_models;
mod health_overrides;
mod health_weeks;
mod hierarchy;
mod hierarchy_sums;
mod identity;
mod inlined;
mod journey;
mod merge;
mod past;
mod people;
mod people_leave;
mod people_offers;
mod people_resets;
mod playbooks;
mod reckoning;
mod revenue;
mod revenue_periods;
mod revenue_told;
mod rights;
mod sample;
mod saved_views;
mod search;
mod search_everything;
mod surface;
mod timeline;
mod unseen;
mod usage;
mod usage_waiting;

use pgrx::prelude::*;

/// A tenant with an admin, two accounts and a playbook of each kind that posts to receiver.test, and a tenant beside it.
pub const WORLD: &str = include_str!("sql/world.sql");

/// Beside Ada a person of each other role, named as it, in tenant one of the world.
pub fn hire_colleagues() {
    run(
        "insert into cs.users (email) values ('paul@one.test'), ('cleo@one.test'), ('vera@one.test');
         insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, who.role, who.role::cs.member_role
         from (values ('paul@one.test', 'Practitioner'), ('cleo@one.test', 'Contributor'), ('vera@one.test', 'Viewer'))
            as who (email, role)
         join cs.users as person on person.email = who.email
         join cs.tenants as tenant on tenant.slug = 'one'",
    );
}

/// Runs a statement.
pub fn run(statement: &str) {
    Spi::run(statement).unwrap();
}

/// The one text a query returns.
pub fn text(query: &str) -> Option<String> {
    Spi::connect_mut(|client| {
        client
            .update(query, Some(1), &[])
            .unwrap()
            .first()
            .get_one::<String>()
            .unwrap()
    })
}

/// The one number a query returns.
pub fn number(query: &str) -> i64 {
    Spi::get_one::<i64>(query).unwrap().unwrap()
}

/// The texts a query returns.
pub fn lines(query: &str) -> Vec<String> {
    text(&format!(
        "select coalesce(string_agg(line, E'\\n'), '') from ({query}) as lines (line)"
    ))
    .map(|all| all.lines().map(str::to_owned).collect())
    .unwrap_or_default()
}

/// States who is calling.
pub fn become_person(email: &str) {
    run(&format!(
        "select set_config('app.current_user_id', (select id::text from cs.users where email = '{email}'), true)"
    ));
}

/// SQLSTATE and message that a statement fails with, or `nothing`.
pub fn fails_with(statement: &str) -> String {
    complaint(statement, "message_text")
}

/// SQLSTATE and detail that a statement fails with, or `nothing`.
pub fn detail_of(statement: &str) -> String {
    complaint(statement, "pg_exception_detail")
}

/// SQLSTATE and hint that a statement fails with, or `nothing`.
pub fn hint_of(statement: &str) -> String {
    complaint(statement, "pg_exception_hint")
}

fn complaint(statement: &str, part: &str) -> String {
    run(&format!(
        "do $do$ declare told text; begin
            perform set_config('test.complaint', 'nothing', true);
            execute $statement${statement}$statement$;
         exception when others then
            get stacked diagnostics told = {part};
            perform set_config('test.complaint', sqlstate || ' ' || told, true);
         end $do$"
    ));
    text("select current_setting('test.complaint')").unwrap()
}

//! Changes of accounts: what their tests share. A world with a person of each role, calls, and what calls leave behind.

mod bulk;
mod changes;
mod import;
mod import_trees;
mod refusals;
mod told;

use super::{WORLD, become_person, run, text};

/// Tenant one has, in addition to its admin Ada, a person of each role: Cleo (Contributor, CSM of First), Pia (Practitioner), Vic (Viewer).
pub fn staffed_world() {
    run(WORLD);
    run(
        "insert into cs.users (email) values ('cleo@one.test'), ('pia@one.test'), ('vic@one.test');
         insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, who.name, who.role::cs.member_role
         from (values ('cleo', 'Cleo', 'Contributor'), ('pia', 'Pia', 'Practitioner'), ('vic', 'Vic', 'Viewer'))
            as who (nick, name, role)
         join cs.users as person on person.email = who.nick || '@one.test'
         join cs.tenants as tenant on tenant.slug = 'one';
         update cs.accounts set external_id = left(name, 1) || '-1';
         update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First';
         create temp table ids on commit drop as
            select name, id from cs.accounts
            union all select 'nobody', gen_random_uuid()
            union all select 'ben', id from cs.users where email = 'ben@two.test'
            union all select 'pia', id from cs.users where email = 'pia@one.test';
         grant select on ids to cs_member",
    );
}

/// Calls as this person from now on, under row security.
pub fn call_as(nick: &str) {
    run("reset role");
    become_person(&format!("{nick}@one.test"));
    run("set local role cs_member");
}

/// The id remembered under a name.
pub fn id(name: &str) -> String {
    format!("(select id from pg_temp.ids where name = '{name}')")
}

/// All that a change of accounts may leave behind, to be compared. Ends with the superuser as caller.
pub fn traces() -> Option<String> {
    run("reset role");
    text(
        "select md5(concat(
            (select string_agg(to_jsonb(it)::text, ',' order by it.id) from cs.accounts as it),
            (select count(*) from cs.journey_history), (select count(*) from cs.audit_log),
            (select count(*) from cs.webhook_queue), (select count(*) from cs.playbook_executions),
            (select count(*) from cs.health_dirty), (select count(*) from cs.contacts)
         ))",
    )
}

/// A call that changes an account by a patch.
pub fn update(account: &str, patch: &str) -> String {
    format!("select cs.update_account({}, '{patch}')", id(account))
}

/// A call that changes all accounts.
pub fn bulk(change: &str, dry_run: bool) -> String {
    format!("select cs.bulk_update_accounts('{{\"all\": []}}', '{change}', {dry_run})::text")
}

/// A call that imports rows; options as further arguments.
pub fn import(rows: &str, options: &str) -> String {
    format!("select cs.import_accounts('{rows}'{options})::text")
}

/// A required milestone of the first stage, done for First alone.
pub fn milestone() {
    run(
        "insert into cs.stage_milestones (tenant_id, stage_id, title)
         select tenant_id, id, 'Kick-off' from cs.journey_stages
         where name = 'Onboarding' and tenant_id = (select id from cs.tenants where slug = 'one');
         insert into cs.account_milestones (tenant_id, account_id, milestone_id)
         select account.tenant_id, account.id, milestone.id
         from cs.accounts as account join cs.stage_milestones as milestone using (tenant_id)
         where account.name = 'First'",
    );
}

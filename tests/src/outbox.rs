//! Deliveries put into the outbox as a change would put them there: tenants, playbooks that wait for nothing, rows.

use anyhow::Result;
use postgres::{Client, GenericClient};
use serde_json::Value;
use uuid::Uuid;

/// A playbook that rows are queued for.
#[derive(Debug, Clone, Copy)]
pub struct Playbook {
    /// Its tenant.
    pub tenant: Uuid,
    /// Itself.
    pub id: Uuid,
}

/// A tenant of this slug, without people.
pub fn make_tenant(client: &mut impl GenericClient, slug: &str) -> Result<Uuid> {
    let make = "insert into cs.tenants (slug, name) values ($1, initcap($1)) returning id";
    Ok(client.query_one(make, &[&slug])?.get(0))
}

/// A playbook that posts there and is run by hand only.
pub fn make_playbook(
    client: &mut impl GenericClient,
    tenant: Uuid,
    name: &str,
    url: &str,
) -> Result<Playbook> {
    let make = "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
        values ($1, $2, '{\"event\": {\"kind\": \"manual\"}}', $3, 0) returning id";
    let id = client.query_one(make, &[&tenant, &name, &url])?.get(0);
    Ok(Playbook { tenant, id })
}

/// As many playbooks as there are addresses.
pub fn make_playbooks(client: &mut Client, tenant: Uuid, urls: &[String]) -> Result<Vec<Playbook>> {
    let mut work = client.transaction()?;
    let made = urls
        .iter()
        .enumerate()
        .map(|(number, url)| make_playbook(&mut work, tenant, &format!("To {number}"), url))
        .collect::<Result<_>>()?;
    work.commit()?;
    Ok(made)
}

/// Queues a delivery with this payload, due in that many milliseconds.
pub fn queue_one(
    client: &mut impl GenericClient,
    playbook: Playbook,
    payload: &Value,
    due_in_ms: i32,
) -> Result<Uuid> {
    let queue = "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, run_at)
        values ($1, $2, gen_random_uuid(), $3, clock_timestamp() + $4::integer * interval '1 millisecond')
        returning id";
    let Playbook { tenant, id } = playbook;
    Ok(client
        .query_one(queue, &[&tenant, &id, payload, &due_in_ms])?
        .get(0))
}

/// Queues, for each of these playbooks, that many deliveries with the payload of a health alert; returns their ids.
pub fn queue_many(
    client: &mut impl GenericClient,
    playbooks: &[Playbook],
    each: u32,
) -> Result<Vec<Uuid>> {
    let rows = playbooks.len() * usize::try_from(each)?;
    let ids: Vec<_> = (0..rows).map(|_| Uuid::now_v7()).collect();
    let of = playbooks.iter().cycle().take(rows).copied();
    queue(client, &of.collect::<Vec<_>>(), &ids)?;
    Ok(ids)
}

/// Queues one delivery for each of these playbooks, under these ids.
pub fn queue(client: &mut impl GenericClient, playbooks: &[Playbook], ids: &[Uuid]) -> Result<()> {
    let tenants: Vec<_> = playbooks.iter().map(|it| it.tenant).collect();
    let playbooks: Vec<_> = playbooks.iter().map(|it| it.id).collect();
    let sql = format!(
        "insert into cs.webhook_queue (tenant_id, playbook_id, id, account_id, payload)
         select tenant, playbook, id, gen_random_uuid(), ({PAYLOAD})::jsonb
         from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as row (tenant, playbook, id)"
    );
    client.execute(&sql, &[&tenants, &playbooks, &ids])?;
    Ok(())
}

/// What a health alert says, as an expression over a column `id`.
pub const PAYLOAD: &str = "json_build_object(
    'account_id', id, 'account_name', 'GlobalTech Europe', 'health_score', 38, 'previous_score', 72,
    'risk_level', 'Critical', 'stage', 'Adoption', 'arr', 45000, 'csm_email', 'admin@acme.com',
    'csm_name', 'Alice Administrator', 'triggered_at', '2026-01-01T00:00:00Z', 'event_id', id,
    'event_type', 'health_drop', 'tenant_slug', 'acme', 'playbook_name', 'Health alert',
    'account_url', 'https://cs.example.com/accounts/' || id, 'sequence', 1735689600000000, 'chain', 1)";

//! Owns where deliveries go now: their playbook may have got another URL since they were queued.

use super::chosen_deliveries::ChosenDelivery;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::webhooks::address::Endpoint;
use pgrx::Uuid;
use std::collections::{BTreeSet, HashMap};

/// The tenant, the playbook and the place of one of its webhooks.
type WebhookPlace = (Uuid, Uuid, i32);

/// `host:port` by webhook; those whose URL is gone or not valid are left out. Inside a system section.
pub fn read_hosts(chosen: &[&ChosenDelivery]) -> Result<HashMap<WebhookPlace, String>, Fault> {
    let places = chosen
        .iter()
        .filter(|it| it.channel != "email")
        .map(|it| (it.tenant_id, it.playbook_id, it.action))
        .collect::<BTreeSet<_>>();
    let hosts = sql::read(
        include_str!("sql/webhook_urls.sql"),
        &[
            places.iter().map(|it| it.0).collect::<Vec<_>>().into(),
            places.iter().map(|it| it.1).collect::<Vec<_>>().into(),
            places.iter().map(|it| it.2).collect::<Vec<_>>().into(),
        ],
        |row| {
            let place = (row.need("tenant_id")?, row.need("id")?, row.need("action")?);
            let url = row.maybe::<String>("url")?;
            Ok(url.and_then(|url| Some((place, Endpoint::parse(&url).ok()?.key()))))
        },
    )?;
    Ok(hosts.into_iter().flatten().collect())
}

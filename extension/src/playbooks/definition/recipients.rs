//! Owns who the mail of a playbook may name before it is stored: members, contacts, and addresses in domains that an administrator
//! allows.

use super::message::Recipient;
use crate::people::find_members;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::webhooks::mail::address::{self, HOW_TO_ALLOW};
use crate::webhooks::mail::settings::allowed_domains;
use pgrx::Uuid;

/// Stores members by id, so that mail still reaches them once their address has changed; refuses who may not be written to.
pub fn resolve_recipients(tenant: Uuid, path: &str, to: &mut [Recipient]) -> Result<(), Fault> {
    let named = to.iter().map(Recipient::written).collect::<Vec<_>>();
    let named = named.iter().map(String::as_str).collect::<Vec<_>>();
    let members = find_members(tenant, &named)?;
    for (index, recipient) in to.iter_mut().enumerate() {
        let field = format!("{path}[{index}]");
        match recipient {
            Recipient::Csm | Recipient::PrimaryContact => {}
            Recipient::Member(id) => {
                if members.active(&id.to_string()).is_none() {
                    let message = format!("there is no active member \"{id}\"");
                    return Err(Fault::invalid(&field, message)
                        .hint("Give the e-mail address or id of a member; see members."));
                }
            }
            Recipient::Address(text) => match members.active(text) {
                Some(id) => *recipient = Recipient::Member(id),
                None => check_outside(tenant, &field, text)?,
            },
        }
    }
    Ok(())
}

fn check_outside(tenant: Uuid, field: &str, text: &str) -> Result<(), Fault> {
    let address = address::parse(text).map_err(|why| Fault::invalid(field, why))?;
    let Err(why) = allowed_domains().check(&address) else {
        return Ok(());
    };
    let is_contact = sql::exists(
        "select from cs.contacts where tenant_id = $1 and email = $2",
        &[tenant.into(), cs_text::fold_email(text).ok().into()],
    )?;
    match is_contact {
        true => Ok(()),
        false => Err(Fault::invalid(field, why).hint(HOW_TO_ALLOW)),
    }
}

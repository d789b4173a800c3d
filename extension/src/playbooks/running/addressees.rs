//! Owns whom the mail of runs reaches: the addresses of members and contacts as they are now, and of others where their domain is
//! allowed.

use super::Run;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::playbooks::definition::{Action, MailAction, Recipient};
use crate::webhooks::mail::address::{self, AllowedDomains};
use crate::webhooks::mail::settings::allowed_domains;
use pgrx::Uuid;
use std::collections::{HashMap, HashSet};

/// A contact's address, and whether it is the primary one's.
type Contact = (String, bool);

/// The addresses that mail may need.
#[derive(Debug, Default)]
pub struct Addressees {
    members: HashMap<Uuid, String>,
    member_addresses: HashSet<(Uuid, String)>,
    contacts: HashMap<Uuid, Vec<Contact>>,
    allowed: AllowedDomains,
}

/// To whom a mail goes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Addressed {
    pub to: Vec<String>,
    /// Those of them who are neither members nor contacts.
    pub outside: Vec<String>,
    /// Why others are left out.
    pub left_out: Vec<String>,
}

/// Whose mail it is.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub tenant: Uuid,
    pub account: Uuid,
    pub csm: Option<Uuid>,
}

impl Addressees {
    /// Those of the runs that fired and have mail to send.
    pub fn read(runs: &[Run]) -> Result<Self, Fault> {
        let mut abouts = Vec::new();
        let mut wanted = HashSet::new();
        for run in runs {
            let Some(fired) = &run.fired else { continue };
            let (tenant, account) = (run.it.event.tenant_id, run.it.event.account_id);
            let mails = mails_of(&run.it.playbook.actions).collect::<Vec<_>>();
            if mails.is_empty() {
                continue;
            }
            abouts.push((tenant, account));
            let named = mails.iter().flat_map(|mail| &mail.to);
            wanted.extend(named.map(|it| (tenant, folded(&it.written()))));
            wanted.extend(fired.csm_id.map(|id| (tenant, id.to_string())));
        }
        match abouts.is_empty() {
            true => Ok(Self::default()),
            false => Self::look_up(abouts, wanted),
        }
    }

    fn look_up(abouts: Vec<(Uuid, Uuid)>, wanted: HashSet<(Uuid, String)>) -> Result<Self, Fault> {
        let mut found = Self {
            allowed: allowed_domains(),
            ..Self::default()
        };
        let (tenants, named): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
        let members = sql::write(
            include_str!("../sql/mail_members.sql"),
            &[tenants.into(), named.into()],
            |row| {
                let tenant = row.need::<Uuid>("tenant_id")?;
                Ok((
                    tenant,
                    row.need::<Uuid>("user_id")?,
                    row.need::<String>("email")?,
                ))
            },
        )?;
        for (tenant, id, email) in members {
            found.member_addresses.insert((tenant, email.clone()));
            found.members.insert(id, email);
        }
        let (tenants, accounts): (Vec<_>, Vec<_>) = abouts.into_iter().unzip();
        let contacts = sql::write(
            include_str!("../sql/mail_contacts.sql"),
            &[tenants.into(), accounts.into()],
            |row| {
                let contact = (row.need("email")?, row.need("is_primary")?);
                Ok((row.need::<Uuid>("account_id")?, contact))
            },
        )?;
        for (account, contact) in contacts {
            found.contacts.entry(account).or_default().push(contact);
        }
        Ok(found)
    }

    /// To whom this mail goes; no one in `to` where all are left out.
    pub fn of_mail(&self, mail: &MailAction, about: About) -> Addressed {
        let mut addressed = Addressed::default();
        for recipient in &mail.to {
            let found = self.address_of(recipient, about);
            let found = found.and_then(|text| address::parse(&text).map(|it| (it, text)));
            match found {
                Err(why) => addressed.left_out.push(why),
                Ok((address, text)) => {
                    let is_known = |it: &String| folded(it) == folded(&text);
                    if addressed.to.iter().any(is_known) {
                        continue;
                    }
                    if matches!(recipient, Recipient::Address(_)) && !self.is_inside(&text, about) {
                        if let Err(why) = self.allowed.check(&address) {
                            addressed.left_out.push(why);
                            continue;
                        }
                        addressed.outside.push(text.clone());
                    }
                    addressed.to.push(text);
                }
            }
        }
        addressed
    }

    fn address_of(&self, recipient: &Recipient, about: About) -> Result<String, String> {
        let of_member = |id: &Uuid| self.members.get(id).cloned();
        match recipient {
            Recipient::Csm => match about.csm {
                None => Err("the account has no CSM".to_owned()),
                Some(id) => {
                    of_member(&id).ok_or("the account's CSM is no longer active".to_owned())
                }
            },
            Recipient::PrimaryContact => self
                .contacts_of(about.account)
                .find_map(|(email, is_primary)| is_primary.then(|| email.clone()))
                .ok_or("the account has no primary contact with an e-mail address".to_owned()),
            Recipient::Member(id) => {
                of_member(id).ok_or(format!("there is no active member \"{id}\" any more"))
            }
            Recipient::Address(address) => Ok(address.clone()),
        }
    }

    fn is_inside(&self, text: &str, about: About) -> bool {
        let member = (about.tenant, folded(text));
        let is_same = |(email, _): &Contact| *email == member.1;
        self.member_addresses.contains(&member) || self.contacts_of(about.account).any(is_same)
    }

    fn contacts_of(&self, account: Uuid) -> impl Iterator<Item = &Contact> {
        self.contacts.get(&account).into_iter().flatten()
    }
}

/// As ids and the addresses of members and contacts are kept.
fn folded(text: &str) -> String {
    cs_text::fold_name(text).unwrap_or_default().into_owned()
}

fn mails_of(actions: &[Action]) -> impl Iterator<Item = &MailAction> {
    actions.iter().filter_map(|action| match action {
        Action::Email(mail) => Some(mail),
        _ => None,
    })
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::pg::id;
    use serde_json::json;

    const ADA: &str = "01980000-0000-7000-8000-000000000001";
    const BEN: &str = "01980000-0000-7000-8000-000000000002";

    fn mail(to: &[&str]) -> MailAction {
        let actions = json!([{ "kind": "email", "to": to, "subject": "x", "body": "y" }]);
        match Action::parse_all(&actions, 5).unwrap().remove(0) {
            Action::Email(mail) => mail,
            other => panic!("{other:?}"),
        }
    }

    fn world() -> (Addressees, About) {
        let about = About {
            tenant: Uuid::from_bytes([1; 16]),
            account: Uuid::from_bytes([2; 16]),
            csm: id::parse(ADA),
        };
        let addressees = Addressees {
            members: HashMap::from([(id::parse(ADA).unwrap(), "ada@one.test".to_owned())]),
            member_addresses: HashSet::from([(about.tenant, "ada@one.test".to_owned())]),
            contacts: HashMap::from([(
                about.account,
                vec![
                    ("cora@customer.test".to_owned(), true),
                    ("carl@customer.test".to_owned(), false),
                ],
            )]),
            allowed: AllowedDomains::parse("partner.test").unwrap(),
        };
        (addressees, about)
    }

    #[test]
    fn members_contacts_and_allowed_domains_are_written_to() {
        let (addressees, about) = world();
        for (to, wanted, outside) in [
            (&["csm"][..], "ada@one.test", ""),
            (&["contact:primary"], "cora@customer.test", ""),
            (&[ADA], "ada@one.test", ""),
            (&["ADA@one.test"], "ADA@one.test", ""),
            (&["carl@customer.test"], "carl@customer.test", ""),
            (&["p@partner.test"], "p@partner.test", "p@partner.test"),
            (
                &["csm", ADA, "ada@ONE.test", "contact:primary"],
                "ada@one.test cora@customer.test",
                "",
            ),
            (&["csm", "eve@evil.test", BEN], "ada@one.test", ""),
        ] {
            let found = addressees.of_mail(&mail(to), about);
            assert_eq!(found.to.join(" "), wanted, "{to:?}");
            assert_eq!(found.outside.join(" "), outside, "{to:?}");
        }
    }

    #[test]
    fn who_cannot_be_written_to_is_left_out_with_a_reason() {
        let (addressees, about) = world();
        let nobody = About {
            account: Uuid::from_bytes([3; 16]),
            csm: None,
            ..about
        };
        let left = About {
            csm: id::parse(BEN),
            ..about
        };
        for (to, about, why) in [
            ("csm", nobody, "the account has no CSM"),
            ("csm", left, "no longer active"),
            ("contact:primary", nobody, "no primary contact"),
            (BEN, about, "no active member"),
            (
                "eve@evil.test",
                about,
                "mail to eve@evil.test is not allowed",
            ),
            (
                "carl@customer.test",
                nobody,
                "mail to carl@customer.test is not allowed",
            ),
        ] {
            let found = addressees.of_mail(&mail(&[to]), about);
            assert!(found.to.is_empty(), "{to}");
            assert!(found.left_out[0].contains(why), "{to}: {found:?}");
        }
    }
}

//! A database of a test's own, cloned from a template that has the extension, dropped at the end.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use postgres::Client;

use crate::cluster::{self, Cluster};

/// The database that tests are cloned from.
pub const TEMPLATE: &str = "cs_template";

/// Makes the template: the extension, no data, nobody connected.
pub fn make_template(cluster: &Cluster) -> Result<()> {
    let mut admin = cluster.connect("postgres")?;
    admin.batch_execute(&format!("create database {TEMPLATE}"))?;
    cluster
        .connect(TEMPLATE)?
        .batch_execute("create extension customer_success")?;
    admin.batch_execute(&format!("alter database {TEMPLATE} is_template true"))?;
    Ok(())
}

/// A login role for the gateway.
pub fn make_gateway_role(client: &mut Client) -> Result<()> {
    client.batch_execute(
        "do $$ begin
             if to_regrole('cs_web') is null then
                 create role cs_web login in role cs_gateway;
             end if;
         end $$",
    )?;
    Ok(())
}

/// A login role that acts as the sample's administrator: `psql -U alice`.
pub fn make_analyst_role(client: &mut Client) -> Result<()> {
    client.batch_execute(
        "do $$ begin
             if to_regrole('alice') is null then
                 create role alice login;
             end if;
             if not exists (select from cs.database_logins where role_name = 'alice') then
                 perform cs.link_database_role('alice', 'admin@acme.com');
             end if;
         end $$",
    )?;
    Ok(())
}

/// A clone of the template.
#[derive(Debug)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// The port of its server.
    pub port: u16,
}

impl Database {
    /// Clones the template. The clone sends no webhooks until [`Database::confirm_webhooks`].
    pub fn clone_template(cluster: &Cluster) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        cluster
            .connect("postgres")?
            .batch_execute(&format!("create database {name} template {TEMPLATE}"))?;
        Ok(Self {
            name,
            port: cluster.port,
        })
    }

    /// Connects as superuser.
    pub fn connect(&self) -> Result<Client, postgres::Error> {
        self.connect_as("postgres")
    }

    /// Connects as another role.
    pub fn connect_as(&self, user: &str) -> Result<Client, postgres::Error> {
        cluster::connect(self.port, &self.name, user)
    }

    /// Connects as a member: states the person, then takes the members' role, as the gateway does.
    pub fn connect_member(&self, user_id: &str) -> Result<Client> {
        let mut member = self.connect()?;
        member.execute(
            "select set_config('app.current_user_id', $1, false)",
            &[&user_id],
        )?;
        member.batch_execute("set role cs_member")?;
        Ok(member)
    }

    /// Says that this clone may call its receivers.
    pub fn confirm_webhooks(&self) -> Result<()> {
        self.connect()?
            .batch_execute("select cs.confirm_webhooks()")?;
        Ok(())
    }

    /// The sample data, posting to this receiver.
    pub fn load_sample_data(&self, receiver: &str) -> Result<()> {
        self.connect()?
            .execute("select cs.load_sample_data($1)", &[&receiver])?;
        Ok(())
    }

    /// What a gateway connects with.
    pub fn gateway_url(&self) -> String {
        format!("postgres://cs_web@127.0.0.1:{}/{}", self.port, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = cluster::connect(self.port, "postgres", "postgres").and_then(|mut admin| {
            admin.batch_execute(&format!(
                "drop database if exists {} with (force)",
                self.name
            ))
        });
        if let Err(error) = dropped {
            eprintln!("database {} stays: {error}", self.name);
        }
    }
}

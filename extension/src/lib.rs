//! Customer Success inside PostgreSQL. This file only wires the parts together; each module says what it owns.

#![expect(
    non_snake_case,
    reason = "trigger functions carry their SQL name, tg_<table>__<verb>"
)]

mod accounts;
mod activities;
mod audit;
mod contacts;
mod criteria;
mod custom_fields;
mod document;
mod events;
mod fault;
mod health;
mod hierarchy;
mod identity;
mod installer;
mod isolation;
mod journey;
mod json_text;
mod merge_patch;
mod pages;
mod paging;
mod people;
mod playbooks;
mod rejected;
mod revenue;
mod row;
mod sample;
mod saved_views;
mod section;
mod sessions;
mod settings;
mod sql;
mod stream;
mod subtransaction;
mod tenants;
mod transition;
mod usage;
mod uuid_v7;
mod webhooks;
mod worker;

use pgrx::pg_shmem_init;
use pgrx::pg_sys;
use pgrx::prelude::*;
use worker::shared::BOARD;

pgrx::pg_module_magic!(name, version);

/// Runs when the library is loaded: settings and caches always, the background processes only at preload.
#[pg_guard]
pub extern "C-unwind" fn _PG_init() {
    settings::define();
    identity::register();
    worker::wake::register();
    events::register();
    // SAFETY: plain variables of this process.
    let (preloading, upgrading) = unsafe {
        (
            pg_sys::process_shared_preload_libraries_in_progress,
            pg_sys::IsBinaryUpgrade,
        )
    };
    if preloading && !upgrading {
        pg_shmem_init!(BOARD);
        worker::shared::announce();
        worker::utility_hook::register();
        worker::launcher::register();
    }
}

#[cfg(any(test, feature = "pg_test"))]
mod pg_tests;

/// What the test framework asks for.
#[cfg(test)]
pub mod pg_test {
    /// Nothing to prepare.
    pub fn setup(_options: Vec<&str>) {}

    /// Settings of the test server.
    #[must_use]
    pub fn postgresql_conf_options() -> Vec<&'static str> {
        vec![
            "shared_preload_libraries = 'customer_success'",
            "customer_success.webhook_allowed_hosts = 'receiver.test'",
        ]
    }
}

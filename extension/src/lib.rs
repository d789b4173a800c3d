//! Customer Success inside PostgreSQL. This file only wires the parts together; each room says what it owns.

#![expect(
    non_snake_case,
    reason = "trigger functions carry their SQL name, tg_<table>__<verb>"
)]

// The tools around PostgreSQL: they know nothing of the domain.
mod pg;

// How the background processes are woken, and what they share.
mod background;

// The domain: each room uses only rooms above it.
mod accounts;
mod activities;
mod audit;
mod contacts;
mod criteria;
mod custom_fields;
mod deliveries;
mod health;
mod hierarchy;
mod identity;
mod journey;
mod live_events;
mod named_by;
mod page_data;
mod people;
mod playbooks;
mod revenue;
mod saved_views;
mod stages;
mod usage;
mod webhooks;

// What puts the domain to work.
mod installer;
mod isolation;
mod sample;
mod worker;

use background::board::BOARD;
use pgrx::prelude::*;
use pgrx::{pg_shmem_init, pg_sys};

pgrx::pg_module_magic!(name, version);

/// Runs when the library is loaded: settings and caches always, the background processes only at preload.
#[pg_guard]
pub extern "C-unwind" fn _PG_init() {
    keep_frames_out_of_errors();
    identity::settings::define();
    playbooks::running::settings::define();
    webhooks::settings::define();
    deliveries::settings::define();
    background::footing::define();
    pg::setting::reserve_prefix();
    pg::configuration_cache::register_callbacks();
    identity::register_callbacks();
    background::wake::register();
    live_events::register_callbacks();
    // SAFETY: plain variables of this process.
    let (preloading, upgrading) = unsafe {
        (
            pg_sys::process_shared_preload_libraries_in_progress,
            pg_sys::IsBinaryUpgrade,
        )
    };
    if preloading && !upgrading {
        pg_shmem_init!(BOARD);
        background::board::announce();
        worker::utility_hook::register();
        worker::launcher::register();
    }
}

/// With RUST_BACKTRACE in the server's environment, the frames of every refusal would go to the client, in its detail.
fn keep_frames_out_of_errors() {
    // SAFETY: PostgreSQL loads libraries in the one thread of a process.
    unsafe { std::env::set_var("RUST_LIB_BACKTRACE", "0") }
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
            "customer_success.webhook_allowed_hosts = 'receiver.test, localhost:5678'",
            "customer_success.email_allowed_domains = 'partner.test'",
        ]
    }
}

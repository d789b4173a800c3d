//! The whole system from outside, in one binary (one link step, one shared cluster, a database per test).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that meets the unexpected should panic"
)]

// What several tests do: change a score, wait for rows, act as a member.
mod support;
// Two tenants whose every text says whose it is.
mod world;

// Accounts made and changed by many at once.
mod accounts;
// The pages, by Playwright.
mod browser;
// Requests dropped half-way leave nothing behind.
mod cancel;
// Rules over the catalogue, so that a new object cannot be forgotten.
mod catalogue;
// Programs of others, unmodified, in front of and behind the system.
mod clients;
// What sessions remember of configuration ends when someone changes it.
mod configuration;
// Nothing is lost when the worker is killed.
mod crash;
// What becomes of a delivery: answers, order, what is switched off, dead receivers, kills.
mod deliveries;
// A change that commits reaches the receiver, signed, once; one that does not, does not.
mod delivery;
// What README and the docs show is so: links lead somewhere, examples run and answer as printed.
mod docs;
// A dump restored into a new cluster is the same database, and silent.
mod dump;
// What changes reaches the streams of those who may see it, and nobody else.
mod events;
// The same text means the same through every door.
mod one_reading;
// Nobody becomes somebody else: settings, roles, names of their own, plans of others.
mod forgery;
// Log-in, session, functions, views, cross-site requests.
mod gateway;
// Signing up and in, tokens, passwords, and what ends a session.
mod gateway_auth;
// What the database refuses, as HTTP says it, SQLSTATE by SQLSTATE.
mod gateway_errors;
// The gateway among failures: database gone, stopping, slow clients, logs and figures.
mod gateway_running;
// What one caller may take, so that others find their share.
mod gateway_shares;
// What it looks for at its start, and where the password comes from.
mod gateway_start;
// Its way to the database, encrypted and verified as asked.
mod gateway_tls;
// Reading through it: filters, formats, long answers, what is reachable.
mod gateway_views;
// Scores against a second implementation, and against numbers worked out by hand.
mod health;
// The worker computes what is marked, every tenant in its turn, everybody once a day.
mod health_worker;
// The tree of accounts while several change it.
mod hierarchy;
// Every view and function over HTTP shows and changes nothing of another tenant.
mod http_isolation;
// Moves between stages by many at once: gapless histories, renames in between, conflicts told.
mod identity_prefix;
mod journey;
// DROP EXTENSION keeps the data and fails closed, CREATE EXTENSION puts all back.
mod lifecycle;
// No tenant and no stranger slows, stops or starves another.
mod neighbours;
// What fires by time, once each, also over a restart of the server.
mod playbook_clock;
// Caps, cooldowns and bursts of playbooks while a hundred run at once.
mod playbooks;
// Random statements show, tell and change nothing of another tenant.
mod probes;
// Deliveries that are over go by themselves; what waits stays.
mod retention;
// The catalogue of a fresh install, committed as tests/schema.sql.
mod snapshot;
mod standby;
// sqlsmith as an analyst breaks nothing and meets nobody else (long).
mod sqlsmith;
// An older database, brought up to date, is a fresh one; what the DBA made stays.
mod upgrade;
// The worker comes and goes with the extension, is in nobody's way, follows settings.
mod worker;
// It is ended, the server stops: it comes back, and nothing waits for it.
mod worker_ends;
// Several databases, and fewer slots than they need.
mod worker_slots;

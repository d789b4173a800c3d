//! The whole system from outside, in one binary (one link step, one shared cluster, a database per test).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that meets the unexpected should panic"
)]

mod support; // what several tests do: change a score, wait for rows, act as a member

mod browser;
mod crash; // nothing is lost when the worker is killed
mod delivery; // a change that commits reaches the receiver, signed, once; one that does not, does not
mod dump; // a dump restored into a new cluster is the same database, and silent
mod gateway; // log-in, session, functions, views, cross-site requests
mod lifecycle; // DROP EXTENSION keeps the data and fails closed, CREATE EXTENSION puts all back
mod snapshot; // the catalogue of a fresh install, committed as tests/schema.sql
mod worker; // comes and goes with the extension, is in nobody's way, follows settings // the pages, by Playwright

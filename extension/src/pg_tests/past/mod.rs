//! Tests of what was true in the past: facts, events, back-tests, explanations.

mod agreement;
mod back_test;
mod explain;
mod facts;
mod time;

//! Tests of what was true in the past: facts, events, back-tests, explanations.

mod facts;
mod time;

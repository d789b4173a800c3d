//! Owns the explanation of a score, in tables and in sentences.

mod explanation;
mod explanation_row;
mod score_change;
mod sentences;

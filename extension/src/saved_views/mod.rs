//! Owns what a person keeps of the pages: views under a name, shared or private, and preferences that are nobody else's.

mod check;
mod preferences;
mod save;

//! Owns what a person saves of the pages: views under a name, shared or private, and private preferences.

mod check;
mod preferences;
mod save;

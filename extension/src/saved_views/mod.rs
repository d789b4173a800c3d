//! Owns what a person saves of the pages: views under a name, shared or private, and private preferences.

mod check_view;
mod preferences;
mod save_view;

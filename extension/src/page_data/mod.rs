//! Owns what a page asks for in one call: all about one account, and what goes by a name.

mod account_360;
mod score;
mod search;

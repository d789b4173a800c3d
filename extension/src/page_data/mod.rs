//! Owns what a page asks for in one call: all about one account, and the search for anything that has a name.

mod account_360;
mod name_match;
mod search_everything;

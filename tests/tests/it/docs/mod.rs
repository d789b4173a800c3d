//! README and the docs: links lead somewhere, examples run as their reader would run them and answer as printed, the reference is that
//! of the catalogue.

mod examples;
mod links;
mod page;
mod reference;

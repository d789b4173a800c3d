//! Owns the way to the database: how it is reached, connections, and statements as a caller or as the gateway itself.

pub(crate) mod connection;
pub(crate) mod gateway_sql;
pub(crate) mod identity;
pub(crate) mod pool;
pub(crate) mod requirements;
mod server_password;
pub(crate) mod statement_cache;
mod tls;
pub(crate) mod token_check;
mod token_holders;
pub(crate) mod transaction;

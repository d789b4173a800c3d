//! Owns `/rest/v1`: views and functions of the database, read and called in PostgREST's grammar.

mod arguments;
mod grammar;
mod plus_sign;
mod query_string;
pub(crate) mod rows;
mod rpc;
mod views;

use crate::state::Gateway;
use axum::Router;

pub(crate) fn router() -> Router<Gateway> {
    Router::new()
        .nest("/rpc", rpc::router())
        .merge(views::router())
}

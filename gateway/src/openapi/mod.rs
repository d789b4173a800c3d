//! Owns `GET /openapi.json`: what can be read and called, described from the catalogue and its comments (OpenAPI 3.1).
//!
//! It is limited to what members may read and execute, as the catalogue is, and to callers who are signed in.

mod parameters;
mod paths;
mod types;

use crate::catalogue::Catalogue;
use crate::database::transaction;
use crate::http::error::ApiError;
use crate::http::response;
use crate::session::Session;
use crate::session::cookie;
use crate::state::Gateway;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Map, Value, json};

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/openapi.json", get(read_document))
}

async fn read_document(
    State(gateway): State<Gateway>,
    session: Session,
) -> Result<Response, ApiError> {
    transaction::check_identity(&gateway.pool, session.identity()).await?;
    let cookie = cookie::name(gateway.config.insecure_cookie);
    let max_rows = gateway.config.max_rows;
    let write = |catalogue: &Catalogue| document(catalogue, cookie, max_rows).to_string().into();
    let read = |catalogue: &Catalogue| Ok(catalogue.document(write));
    let document = gateway.catalogue.try_with(&gateway.pool, read).await?;
    Ok(response::json_bytes(document))
}

fn document(catalogue: &Catalogue, cookie: &str, max_rows: u32) -> Value {
    let mut all = Map::new();
    for relation in catalogue.all_relations() {
        let path = format!("/rest/v1/{}", relation.name);
        all.insert(path, json!({ "get": paths::view_item(relation) }));
    }
    for (name, functions) in catalogue.all_functions() {
        if let Some(item) = paths::function_item(name, functions) {
            all.insert(format!("/rest/v1/rpc/{name}"), item);
        }
    }
    let rows: Map<String, Value> = catalogue
        .all_relations()
        .map(|relation| {
            (
                relation.name.clone(),
                types::row_schema(&relation.columns, relation.comment.as_deref()),
            )
        })
        .chain([("Error".to_owned(), types::error_schema())])
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "customer_success",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!(
                "Views are read and functions called in PostgREST's grammar. An answer in JSON has at most {max_rows} rows; \
                 text/csv and application/x-ndjson have no such limit."
            ),
        },
        "security": [{ "cookie": [] }, { "bearer": [] }],
        "tags": [
            { "name": "views", "description": "What can be read" },
            { "name": "functions", "description": "What can be called" },
        ],
        "paths": all,
        "components": {
            "schemas": rows,
            "parameters": parameters::common(max_rows),
            "responses": paths::refusal_responses(),
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": cookie },
                "bearer": { "type": "http", "scheme": "bearer", "description": "A personal API token" },
            },
        },
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

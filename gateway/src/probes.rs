//! Owns the probes. `/live`: the process answers. `/ready`: the database answers too, and has the extension.
//! `/metrics`: for Prometheus, of the gateway and of the database.

use crate::http::error::ApiError;
use crate::shares::Purpose;
use crate::state::Gateway;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

const READY: &str = "select pg_catalog.to_regprocedure('cs.check_session(uuid)') is not null";

pub(crate) fn router() -> Router<Gateway> {
    Router::new()
        .route("/live", get(live))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
}

async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

async fn ready(State(gateway): State<Gateway>) -> Result<Json<Value>, ApiError> {
    let lease = gateway.pool.lease(Purpose::LogIn).await?;
    let row = lease.query_typed_one(READY, &[]).await;
    lease.give_back();
    match row.and_then(|row| row.try_get::<_, bool>(0)) {
        Ok(true) => Ok(Json(json!({ "status": "ready" }))),
        Ok(false) => Err(ApiError::Unavailable(
            "the extension is not installed in this database".to_owned(),
        )),
        Err(error) => Err(ApiError::Unavailable(error.to_string())),
    }
}

async fn metrics(State(gateway): State<Gateway>) -> Result<impl IntoResponse, ApiError> {
    let content_type = (
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    );
    let text = gateway.metrics.text(&gateway.pool.status());
    let text = text.map_err(|error| ApiError::Internal(error.to_string()))?;
    let automation = gateway.automation.text(&gateway.pool).await?;
    Ok(([content_type], text + &automation))
}

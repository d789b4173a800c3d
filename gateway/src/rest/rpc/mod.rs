//! Owns `POST /rest/v1/rpc/{function}`: a JSON object of named arguments in, the function's result out; `GET` with
//! arguments in the query for functions that change nothing. Rows are filtered, ordered and formatted like those of
//! views.

mod plan;

use crate::catalogue::Catalogue;
use crate::catalogue::schema::ResultShape;
use crate::database::transaction;
use crate::http::body::{self, Body};
use crate::http::error::ApiError;
use crate::http::response;
use crate::rest::query_string::pairs;
use crate::rest::rows;
use crate::session::Session;
use crate::state::Gateway;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::post;
use plan::{CallPlan, CallRequest, GivenArguments, plan_call, unknown_function};
use std::collections::BTreeMap;

/// What lets people in, or in further, so that it would outlive the token it was done with; and what undoes that.
const OF_PEOPLE_ONLY: [&str; 7] = [
    "create_api_token",
    "create_password_reset",
    "invite_member",
    "join_tenant",
    "link_analyst",
    "set_member_role",
    "unlink_analyst",
];

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/{function}", post(call_by_body).get(call_by_query))
}

async fn call_by_body(
    State(gateway): State<Gateway>,
    session: Session,
    function: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let answer = async {
        let Path(name) = function.map_err(|_| unknown_function(""))?;
        let bytes = body::bytes(body)?;
        let given = match bytes.trim_ascii() {
            b"" => BTreeMap::new(),
            json => body::parse(json, "an object of named arguments")?,
        };
        let request = CallRequest {
            name: &name,
            given: GivenArguments::Body(given),
            query: &pairs(query.as_deref())?,
            as_written: query.as_deref(),
            options: rows::response_options(&Method::POST, &headers),
            headers: &headers,
            max_rows: u64::from(gateway.config.max_rows),
        };
        respond(&gateway, &session, &request).await
    };
    transaction::hide_from_anonymous(&gateway.pool, session.identity(), answer.await).await
}

async fn call_by_query(
    State(gateway): State<Gateway>,
    session: Session,
    function: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let answer = async {
        let Path(name) = function.map_err(|_| unknown_function(""))?;
        let request = CallRequest {
            name: &name,
            given: GivenArguments::Query,
            query: &pairs(query.as_deref())?,
            as_written: query.as_deref(),
            options: rows::response_options(&method, &headers),
            headers: &headers,
            max_rows: u64::from(gateway.config.max_rows),
        };
        respond(&gateway, &session, &request).await
    };
    transaction::hide_from_anonymous(&gateway.pool, session.identity(), answer.await).await
}

async fn respond(
    gateway: &Gateway,
    session: &Session,
    request: &CallRequest<'_>,
) -> Result<Response, ApiError> {
    if OF_PEOPLE_ONLY.contains(&request.name) {
        session.require_log_in()?;
    }
    let plan = |catalogue: &Catalogue| plan_call(catalogue, request);
    match gateway.catalogue.try_with(&gateway.pool, plan).await? {
        CallPlan::Value(ResultShape::Void, call) => {
            transaction::run(&gateway.pool, session.identity(), call)
                .await
                .map(|_| response::no_content())
        }
        CallPlan::Value(_, call) => transaction::run(&gateway.pool, session.identity(), call)
            .await
            .map(response::json),
        CallPlan::Rows(_) => {
            let rows = |catalogue: &Catalogue| match plan_call(catalogue, request)? {
                CallPlan::Rows(row_query) => Ok(row_query),
                CallPlan::Value(..) => Err(unknown_function(request.name)),
            };
            rows::respond_with_rows(gateway, session, rows).await
        }
    }
}

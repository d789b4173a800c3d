//! Owns `GET /rest/v1/{view}`: the rows of a view or table, in PostgREST's grammar.

use super::grammar::QueryRequest;
use super::query_string::pairs;
use super::rows;
use super::rows::row_query::{ResponseOptions, RowQuery, RowSource};
use crate::catalogue::{Catalogue, quote_identifier};
use crate::database::transaction;
use crate::http::error::ApiError;
use crate::session::Session;
use crate::state::Gateway;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::get;

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/{view}", get(read_view))
}

async fn read_view(
    State(gateway): State<Gateway>,
    session: Session,
    view: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let answer = async {
        let Path(name) = view.map_err(|_| unknown_view(""))?;
        let pairs = pairs(query.as_deref())?;
        let request = QueryRequest::parse(&pairs)?.written_as(query.as_deref());
        let options = rows::response_options(&method, &headers)?;
        let max_rows = u64::from(gateway.config.max_rows);
        let plan = |catalogue: &Catalogue| plan_view(catalogue, &name, &request, options, max_rows);
        rows::respond_with_rows(&gateway, &session, plan).await
    };
    transaction::hide_from_anonymous(&gateway.pool, session.identity(), answer.await).await
}

fn unknown_view(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42P01",
        message: format!("There is no view {name}."),
    }
}

fn plan_view(
    catalogue: &Catalogue,
    name: &str,
    request: &QueryRequest,
    options: ResponseOptions,
    max_rows: u64,
) -> Result<RowQuery, ApiError> {
    let relation = catalogue.relation(name).ok_or_else(|| unknown_view(name))?;
    let source = RowSource {
        sql: format!("cs.{} as _source", quote_identifier(&relation.name)),
        params: vec![],
        given_in: vec![],
        columns: &relation.columns,
        key: relation.key.clone(),
        is_ordered: false,
        bare_values: false,
        read_only: true,
    };
    RowQuery::plan(source, request, options, max_rows)
}

//! `GET /rest/v1/{view}`: the rows of a view or table, in PostgREST's grammar.

use crate::Gateway;
use crate::catalogue::{Catalogue, quoted};
use crate::error::ApiError;
use crate::grammar::Wish;
use crate::rows;
use crate::rows::statement::{Manner, Origin, Reading};
use crate::session::Session;
use crate::transaction;
use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::get;

pub(crate) type Pairs = Vec<(String, String)>;
pub(crate) type AnyQuery = Result<Query<Pairs>, QueryRejection>;

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/{view}", get(read))
}

async fn read(
    State(gateway): State<Gateway>,
    session: Session,
    view: Result<Path<String>, PathRejection>,
    query: AnyQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let answer = async {
        let Path(name) = view.map_err(|_| unknown(""))?;
        let pairs = pairs(query)?;
        let wish = Wish::parse(&pairs)?;
        let manner = rows::manner(&method, &headers)?;
        let most = u64::from(gateway.config.max_rows);
        let plan = |catalogue: &Catalogue| {
            let reading = plan(catalogue, &name, &wish, manner, most)?;
            Ok(reading.said(&pairs))
        };
        rows::answer(&gateway, &session, plan).await
    };
    transaction::told_to_the_signed_in(&gateway, &session, answer.await).await
}

pub(crate) fn pairs(query: AnyQuery) -> Result<Pairs, ApiError> {
    let Query(pairs) = query.map_err(|_| ApiError::Invalid {
        message: "The query cannot be read.".to_owned(),
        field: None,
    })?;
    Ok(pairs)
}

fn unknown(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42P01",
        message: format!("There is no view {name}."),
    }
}

fn plan(
    catalogue: &Catalogue,
    name: &str,
    wish: &Wish,
    manner: Manner,
    most: u64,
) -> Result<Reading, ApiError> {
    let relation = catalogue.relation(name).ok_or_else(|| unknown(name))?;
    let origin = Origin {
        sql: format!("cs.{} as _source", quoted(&relation.name)),
        params: vec![],
        columns: &relation.columns,
        bare: false,
        read_only: true,
    };
    Reading::plan(origin, wish, manner, most)
}

//! `GET /rest/v1/{view}?order=&limit=`: the rows of a view or table as a JSON array.

use crate::catalogue::{Catalogue, Relation, quoted};
use crate::error::ApiError;
use crate::order::Order;
use crate::session::Session;
use crate::transaction::{self, Call, GATE};
use crate::{Gateway, answer};
use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;

const LIMIT: u32 = 1000;
const LIMIT_MOST: u32 = 10_000;

type Pairs = Vec<(String, String)>;

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/{view}", get(read))
}

async fn read(
    State(gateway): State<Gateway>,
    session: Session,
    view: Result<Path<String>, PathRejection>,
    query: Result<Query<Pairs>, QueryRejection>,
) -> Result<Response, ApiError> {
    let call = match planned(&gateway, view, query).await {
        Ok(call) => call,
        // somebody without a session learns nothing about what there is
        Err(refused) => {
            return transaction::check(&gateway, &session)
                .await
                .and(Err(refused));
        }
    };
    transaction::run(&gateway, &session, call)
        .await
        .map(answer::json)
}

async fn planned(
    gateway: &Gateway,
    view: Result<Path<String>, PathRejection>,
    query: Result<Query<Pairs>, QueryRejection>,
) -> Result<Call, ApiError> {
    let Path(name) = view.map_err(|_| unknown(""))?;
    let Query(pairs) = query.map_err(|_| ApiError::Invalid {
        message: "The query cannot be read.".to_owned(),
        field: None,
    })?;
    let wish = Wish::parse(&pairs)?;
    gateway
        .catalogue
        .attempt(&gateway.pool, |catalogue| plan(catalogue, &name, &wish))
        .await
}

fn unknown(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42P01",
        message: format!("There is no view {name}."),
    }
}

/// What the query asks for, not yet held against a view.
#[derive(Debug, PartialEq)]
struct Wish<'a> {
    order: Option<&'a str>,
    limit: u32,
}

impl<'a> Wish<'a> {
    fn parse(pairs: &'a [(String, String)]) -> Result<Self, ApiError> {
        let mut wish = Self {
            order: None,
            limit: LIMIT,
        };
        for (place, (key, value)) in pairs.iter().enumerate() {
            if pairs.iter().take(place).any(|(before, _)| before == key) {
                return Err(ApiError::invalid(format!("{key} is given twice."), key));
            }
            match key.as_str() {
                "order" => wish.order = Some(value),
                "limit" => wish.limit = limit(value)?,
                _ => {
                    return Err(ApiError::invalid(
                        format!("{key} is not a parameter of a view."),
                        key,
                    ));
                }
            }
        }
        Ok(wish)
    }
}

fn limit(text: &str) -> Result<u32, ApiError> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(limit) if digits && limit <= LIMIT_MOST => Ok(limit),
        _ => Err(ApiError::invalid(
            format!("limit must be a whole number from 0 to {LIMIT_MOST}."),
            "limit",
        )),
    }
}

fn plan(catalogue: &Catalogue, name: &str, wish: &Wish) -> Result<Call, ApiError> {
    let relation = catalogue.relation(name).ok_or_else(|| unknown(name))?;
    let order = wish.order.map_or(Ok(Order::none()), |text| {
        Order::parse(text, &relation.columns)
    })?;
    Ok(Call {
        sql: selected(relation, &order),
        params: vec![Some(wish.limit.to_string())],
        read_only: true,
        // of longer orders there are too many to keep a statement for each
        keep: order.terms() <= 1,
    })
}

fn selected(relation: &Relation, order: &Order) -> String {
    let columns: Vec<String> = relation
        .columns
        .iter()
        .map(|column| quoted(column))
        .collect();
    format!(
        "select coalesce(pg_catalog.json_agg(_item), '[]')::pg_catalog.text from (select {} from cs.{} {GATE}{} \
         limit $1::pg_catalog.text::pg_catalog.int8) as _item",
        columns.join(", "),
        quoted(&relation.name),
        order.sql()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Pairs {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    fn field(given: &[(&str, &str)]) -> String {
        match Wish::parse(&pairs(given)) {
            Err(ApiError::Invalid {
                field: Some(field), ..
            }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn limit_has_a_default_and_a_most() {
        assert_eq!(
            Wish::parse(&[]).unwrap(),
            Wish {
                order: None,
                limit: 1000
            }
        );
        assert_eq!(
            Wish::parse(&pairs(&[("limit", "10000")])).unwrap().limit,
            10_000
        );
        for wrong in ["10001", "-1", "+1", "", "1.5", "x", "99999999999"] {
            assert_eq!(field(&[("limit", wrong)]), "limit", "{wrong}");
        }
    }

    #[test]
    fn other_parameters_are_named() {
        assert_eq!(field(&[("limit", "1"), ("name", "eq.x")]), "name");
        assert_eq!(field(&[("limit", "1"), ("limit", "2")]), "limit");
    }

    #[test]
    fn statement_lists_the_columns_of_the_view() {
        let relation = Relation {
            name: "v".to_owned(),
            columns: vec!["a".to_owned(), "b c".to_owned()],
        };
        let order = Order::parse("a.desc", &relation.columns).unwrap();
        assert_eq!(
            selected(&relation, &order),
            "select coalesce(pg_catalog.json_agg(_item), '[]')::pg_catalog.text from (select \"a\", \"b c\" from \
             cs.\"v\" where current_user = 'cs_member' order by \"a\" desc \
             limit $1::pg_catalog.text::pg_catalog.int8) as _item"
        );
    }
}

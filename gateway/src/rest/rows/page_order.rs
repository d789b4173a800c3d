//! Owns the order of rows, whose last term is their key. Pure.

use super::expression::ExpressionBuilder;
use crate::http::error::ApiError;
use crate::rest::grammar::QueryRequest;

/// The key comes last, always: rows that are equal by all other terms have one order on all pages.
pub(super) fn order_sql(
    builder: &mut ExpressionBuilder<'_>,
    request: &QueryRequest,
    key: &[String],
) -> Result<String, ApiError> {
    let refuse = |why: String| ApiError::invalid(format!("order: {why}."), "order");
    let mut terms = Vec::new();
    for term in &request.order {
        let expression = builder.resolve_path(&term.path).map_err(refuse)?;
        expression.require_comparable("order").map_err(refuse)?;
        terms.push(format!(
            "{}{}{}",
            expression.sql, term.direction, term.nulls
        ));
    }
    let is_named = |column: &str| {
        let mut paths = request.order.iter().map(|term| &term.path);
        paths.any(|path| path.column == column && path.steps.is_empty())
    };
    for name in key.iter().filter(|name| !is_named(name)) {
        terms.extend(builder.tie_breaker(name));
    }
    Ok(match terms.is_empty() {
        true => String::new(),
        false => format!(" order by {}", terms.join(", ")),
    })
}

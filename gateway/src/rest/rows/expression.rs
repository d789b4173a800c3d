//! Owns the way from a request's paths and filters to SQL: names come from the catalogue, values are bound and cast to
//! the type of their column. Pure.

use super::bound_params::BoundParams;
use crate::catalogue::quote_identifier;
use crate::catalogue::schema::{Column, TypeKind};
use crate::rest::arguments::array_literal;
use crate::rest::grammar::filter::{Condition, Filter, FilterTest, IsConstant, Operator};
use crate::rest::grammar::path::{ColumnPath, StepKey};
use crate::rest::plus_sign::lost_plus;

/// A column, or the value that a path leads to in it.
#[derive(Debug)]
pub(super) struct ColumnExpression {
    pub(super) sql: String,
    kind: TypeKind,
    /// The type that values compared with it are cast to.
    sql_type: String,
    name: String,
    is_time: bool,
}

/// Builds expressions over what the statement reads from, which has the alias `_source`.
pub(super) struct ExpressionBuilder<'a> {
    pub(super) columns: &'a [Column],
    pub(super) params: BoundParams,
    /// The query as it was written.
    pub(super) as_written: &'a str,
}

impl ExpressionBuilder<'_> {
    pub(super) fn resolve_path(&mut self, path: &ColumnPath) -> Result<ColumnExpression, String> {
        let Some(column) = self.columns.iter().find(|c| c.name == path.column) else {
            return Err(format!("there is no column {}", path.column));
        };
        let mut expression = ColumnExpression {
            sql: format!("_source.{}", quote_identifier(&column.name)),
            kind: column.data_type.kind,
            sql_type: column.data_type.sql.clone(),
            name: column.data_type.name.clone(),
            is_time: column.data_type.is_time(),
        };
        if path.steps.is_empty() {
            return Ok(expression);
        }
        expression.is_time = false;
        expression.sql = match column.data_type.kind {
            TypeKind::Json | TypeKind::Jsonb => format!("{}::pg_catalog.jsonb", expression.sql),
            TypeKind::Array => format!("pg_catalog.to_jsonb({})", expression.sql),
            _ => return Err(format!("{} is not JSON, so it has no keys", column.name)),
        };
        for step in &path.steps {
            let arrow = if step.as_text { "->>" } else { "->" };
            let key = match &step.at {
                StepKey::Key(key) => self.params.bind(key, "pg_catalog.text"),
                StepKey::Index(index) => self.params.bind(index.to_string(), "pg_catalog.int4"),
            };
            expression.sql = format!("({} {arrow} {key})", expression.sql);
        }
        let as_text = path.steps.last().is_some_and(|step| step.as_text);
        (expression.kind, expression.name) = match as_text {
            true => (TypeKind::Text, "text".to_owned()),
            false => (TypeKind::Jsonb, "jsonb".to_owned()),
        };
        expression.sql_type = format!("pg_catalog.{}", expression.name);
        Ok(expression)
    }

    /// What puts rows in order that are equal by all else; as text, where the type has no order.
    pub(super) fn tie_breaker(&self, column: &str) -> Option<String> {
        let column = self.columns.iter().find(|c| c.name == column)?;
        let sql = format!("_source.{}", quote_identifier(&column.name));
        Some(match column.data_type.kind {
            TypeKind::Json | TypeKind::Opaque => format!("{sql}::pg_catalog.text"),
            _ => sql,
        })
    }

    pub(super) fn condition_sql(&mut self, condition: &Condition) -> Result<String, String> {
        match condition {
            Condition::Filter(filter) => self.filter_sql(filter),
            Condition::Group { not, any, of } => {
                let parts: Result<Vec<_>, _> = of.iter().map(|c| self.condition_sql(c)).collect();
                let joined = parts?.join(if *any { " or " } else { " and " });
                Ok(negate_if(*not, &joined))
            }
        }
    }

    fn filter_sql(&mut self, filter: &Filter) -> Result<String, String> {
        let expression = self.resolve_path(&filter.path)?;
        if expression.is_time {
            let mut lost = filter
                .test
                .values()
                .iter()
                .filter_map(|value| lost_plus(value, self.as_written));
            lost.next().map_or(Ok(()), Err)?;
        }
        let sql = match &filter.test {
            FilterTest::IsConstant(is) => expression.is_sql(*is)?,
            FilterTest::In(values) => {
                expression.require_comparable("in")?;
                if expression.kind == TypeKind::Array {
                    return Err(expression.refuse_operator("in", "cs or cd"));
                }
                let list = format!("{}[]", expression.sql_type);
                let list = self.params.bind(array_literal(values), &list);
                format!("{} = any ({list})", expression.sql)
            }
            FilterTest::Compare(operator, value) => {
                let (operator, has_wildcards) = expression.operator_sql(*operator)?;
                let value = match has_wildcards {
                    true => like_pattern(value)?,
                    false => value.clone(),
                };
                let value = self.params.bind(value, &expression.sql_type);
                format!("{} {operator} {value}", expression.sql)
            }
        };
        Ok(negate_if(filter.not, &sql))
    }
}

/// The pattern in SQL. The database would find fault with its end only where a row gets as far as that.
fn like_pattern(text: &str) -> Result<String, String> {
    let backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    match backslashes % 2 {
        0 => Ok(text.replace('*', "%")),
        _ => Err("the pattern ends in a backslash, which escapes the next character; write \\\\ for a backslash".to_owned()),
    }
}

fn negate_if(not: bool, sql: &str) -> String {
    let not = if not { "not " } else { "" };
    format!("{not}({sql})")
}

impl ColumnExpression {
    fn is_sql(&self, is: IsConstant) -> Result<String, String> {
        let constant = match is {
            IsConstant::Null => "null",
            IsConstant::NotNull => "not null",
            _ if self.kind != TypeKind::Bool => {
                return Err(self.refuse_operator("is.true", "is.null or eq"));
            }
            IsConstant::True => "true",
            IsConstant::False => "false",
            IsConstant::Unknown => "unknown",
        };
        Ok(format!("{} is {constant}", self.sql))
    }

    /// The operator in SQL, and whether asterisks in its value stand for any text.
    fn operator_sql(&self, operator: Operator) -> Result<(&'static str, bool), String> {
        let sql = match operator {
            Operator::Eq => "=",
            Operator::Neq => "<>",
            Operator::Gt => ">",
            Operator::Gte => ">=",
            Operator::Lt => "<",
            Operator::Lte => "<=",
            Operator::Like => "like",
            Operator::Ilike => "ilike",
            Operator::Contains => "@>",
            Operator::ContainedIn => "<@",
        };
        match operator {
            Operator::Like | Operator::Ilike if self.kind != TypeKind::Text => {
                Err(self.refuse_operator("like", "eq"))
            }
            Operator::Like | Operator::Ilike => Ok((sql, true)),
            Operator::Contains | Operator::ContainedIn => match self.kind {
                TypeKind::Jsonb | TypeKind::Array | TypeKind::Range => Ok((sql, false)),
                _ => Err(self.refuse_operator("cs", "eq")),
            },
            _ => self.require_comparable("eq").map(|()| (sql, false)),
        }
    }

    pub(super) fn require_comparable(&self, operator: &str) -> Result<(), String> {
        match self.kind {
            TypeKind::Json | TypeKind::Opaque => Err(self.refuse_operator(operator, "is.null")),
            _ => Ok(()),
        }
    }

    fn refuse_operator(&self, operator: &str, instead: &str) -> String {
        format!(
            "{operator} cannot be used with type {}; use {instead}",
            self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::schema::fixtures;
    use crate::rest::grammar::QueryRequest;

    fn to_sql(key: &str, value: &str) -> Result<(String, Vec<String>), String> {
        let pairs = [(key.to_owned(), value.to_owned())];
        let request = QueryRequest::parse(&pairs).map_err(|e| e.to_string())?;
        let columns = fixtures::columns();
        let mut builder = ExpressionBuilder {
            columns: &columns,
            params: BoundParams::default(),
            as_written: "",
        };
        let sql = builder.condition_sql(&request.conditions[0].1)?;
        let params = builder.params.values.into_iter().flatten().collect();
        Ok((sql.replace("pg_catalog.", ""), params))
    }

    fn good(key: &str, value: &str) -> (String, Vec<String>) {
        to_sql(key, value).unwrap()
    }

    #[test]
    fn values_are_bound_and_cast_to_the_type_of_their_column() {
        let (sql, params) = good("id", "eq.1'; drop");
        assert_eq!(sql, "(_source.\"id\" = $1::text::uuid)");
        assert_eq!(params, ["1'; drop"]);
        let (sql, params) = good("id", "not.in.(a,\"b,\\\"c\")");
        assert_eq!(sql, "not (_source.\"id\" = any ($1::text::uuid[]))");
        assert_eq!(params, [r#"{"a","b,\"c"}"#]);
        let (sql, params) = good("name", "ilike.*tech*");
        assert_eq!(sql, "(_source.\"name\" ilike $1::text::text)");
        assert_eq!(params, ["%tech%"]);
        assert_eq!(
            good("tags", "cs.{a,b}").0,
            "(_source.\"tags\" @> $1::text::_text)"
        );
        assert_eq!(
            good("is_active", "not.is.true").0,
            "not (_source.\"is_active\" is true)"
        );
        assert_eq!(
            good("or", r#"("odd\"one".eq.1)"#).0,
            "((_source.\"odd\"\"one\" = $1::text::int4))"
        );
    }

    #[test]
    fn paths_bind_their_keys() {
        let (sql, params) = good("crm->a'b->0->>c", "eq.x");
        assert_eq!(
            sql,
            "((((_source.\"crm\"::jsonb -> $1::text::text) -> $2::text::int4) ->> $3::text::text) = $4::text::text)"
        );
        assert_eq!(params, ["a'b", "0", "c", "x"]);
        assert!(good("tags->0", "eq.\"x\"").0.contains("to_jsonb(_source"));
        assert!(good("raw->a", "eq.1").0.contains("::jsonb"));
    }

    #[test]
    fn patterns_do_not_end_in_the_middle_of_an_escape() {
        for (key, value) in [
            ("name", r"like.abc\"),
            ("name", r"not.ilike.*\"),
            ("name", r"like.a\\\"),
            ("crm->>x", r"like.\"),
            ("or", r"(name.like.a\,arr.gt.1)"),
        ] {
            let why = to_sql(key, value).unwrap_err();
            assert!(why.contains("backslash"), "{key}={value}: {why}");
        }
        assert_eq!(good("name", r"like.a\\").1, [r"a\\"]);
        assert_eq!(good("name", r"like.50\%*").1, [r"50\%%"]);
        assert_eq!(good("name", r"eq.a\").1, [r"a\"]);
    }

    #[test]
    fn groups_are_in_parentheses() {
        let (sql, _) = good("not.or", "(arr.gt.1,and(arr.lt.5,name.is.null))");
        assert_eq!(
            sql,
            "not ((_source.\"arr\" > $1::text::numeric) or ((_source.\"arr\" < $2::text::numeric) and \
             (_source.\"name\" is null)))"
        );
    }

    #[test]
    fn operators_fit_the_type() {
        for (key, value) in [
            ("none", "eq.1"),
            ("arr", "like.1*"),
            ("raw", "eq.{}"),
            ("name", "is.true"),
            ("name", "cs.{a}"),
            ("name->x", "eq.1"),
            ("tags", "in.({a})"),
        ] {
            assert!(to_sql(key, value).is_err(), "{key}={value}");
        }
        assert!(to_sql("raw", "is.null").is_ok());
    }
}

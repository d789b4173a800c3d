//! From a wish's paths and filters to SQL: names from the catalogue, values bound and cast to their column's type.

use crate::catalogue::quote_identifier;
use crate::catalogue::schema::{Column, TypeKind};
use crate::rest::arguments::array_of;
use crate::rest::grammar::filter::{Condition, Filter, FilterTest, IsConstant, Operator};
use crate::rest::grammar::path::{ColumnPath, StepKey};

/// The values of a statement, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct BoundParams(pub(super) Vec<Option<String>>);

impl BoundParams {
    /// The value's place, cast from text.
    pub(super) fn bind(&mut self, value: impl Into<String>, sql_type: &str) -> String {
        self.0.push(Some(value.into()));
        format!("${}::pg_catalog.text::{sql_type}", self.0.len())
    }
}

/// A column, or what a path leads to in it.
#[derive(Debug)]
pub(super) struct ColumnExpression {
    pub(super) sql: String,
    kind: TypeKind,
    /// What values held against it are cast to.
    sql_type: String,
    name: String,
}

/// What the statement reads from, under the name `_source`.
pub(super) struct ExpressionBuilder<'a> {
    pub(super) columns: &'a [Column],
    pub(super) params: BoundParams,
}

impl ExpressionBuilder<'_> {
    pub(super) fn place(&mut self, path: &ColumnPath) -> Result<ColumnExpression, String> {
        let Some(column) = self.columns.iter().find(|c| c.name == path.column) else {
            return Err(format!("there is no column {}", path.column));
        };
        let mut place = ColumnExpression {
            sql: format!("_source.{}", quote_identifier(&column.name)),
            kind: column.data_type.kind,
            sql_type: column.data_type.sql.clone(),
            name: column.data_type.name.clone(),
        };
        if path.steps.is_empty() {
            return Ok(place);
        }
        place.sql = match column.data_type.kind {
            TypeKind::Json | TypeKind::Jsonb => format!("{}::pg_catalog.jsonb", place.sql),
            TypeKind::Array => format!("pg_catalog.to_jsonb({})", place.sql),
            _ => return Err(format!("{} is no JSON, so it has no keys", column.name)),
        };
        for step in &path.steps {
            let arrow = if step.as_text { "->>" } else { "->" };
            let at = match &step.at {
                StepKey::Key(key) => self.params.bind(key, "pg_catalog.text"),
                StepKey::Index(index) => self.params.bind(index.to_string(), "pg_catalog.int4"),
            };
            place.sql = format!("({} {arrow} {at})", place.sql);
        }
        let as_text = path.steps.last().is_some_and(|step| step.as_text);
        (place.kind, place.name) = match as_text {
            true => (TypeKind::Text, "text".to_owned()),
            false => (TypeKind::Jsonb, "jsonb".to_owned()),
        };
        place.sql_type = format!("pg_catalog.{}", place.name);
        Ok(place)
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Result<String, String> {
        match condition {
            Condition::Filter(filter) => self.filter(filter),
            Condition::Group { not, any, of } => {
                let parts: Result<Vec<_>, _> = of.iter().map(|c| self.condition(c)).collect();
                let joined = parts?.join(if *any { " or " } else { " and " });
                Ok(negated(*not, &joined))
            }
        }
    }

    fn filter(&mut self, filter: &Filter) -> Result<String, String> {
        let place = self.place(&filter.path)?;
        let sql = match &filter.test {
            FilterTest::IsConstant(is) => place.is(*is)?,
            FilterTest::In(values) => {
                place.comparable("in")?;
                if place.kind == TypeKind::Array {
                    return Err(place.cannot("in", "cs or cd"));
                }
                let list = format!("{}[]", place.sql_type);
                let list = self.params.bind(array_of(values), &list);
                format!("{} = any ({list})", place.sql)
            }
            FilterTest::Compare(operator, value) => {
                let (written, wild) = place.operator(*operator)?;
                let value = if wild {
                    value.replace('*', "%")
                } else {
                    value.clone()
                };
                let value = self.params.bind(value, &place.sql_type);
                format!("{} {written} {value}", place.sql)
            }
        };
        Ok(negated(filter.not, &sql))
    }
}

fn negated(not: bool, sql: &str) -> String {
    let not = if not { "not " } else { "" };
    format!("{not}({sql})")
}

impl ColumnExpression {
    fn is(&self, is: IsConstant) -> Result<String, String> {
        let constant = match is {
            IsConstant::Null => "null",
            IsConstant::NotNull => "not null",
            _ if self.kind != TypeKind::Bool => return Err(self.cannot("is.true", "is.null or eq")),
            IsConstant::True => "true",
            IsConstant::False => "false",
            IsConstant::Unknown => "unknown",
        };
        Ok(format!("{} is {constant}", self.sql))
    }

    /// The operator in SQL, and whether its value has asterisks for any text.
    fn operator(&self, operator: Operator) -> Result<(&'static str, bool), String> {
        let written = match operator {
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
                Err(self.cannot("like", "eq"))
            }
            Operator::Like | Operator::Ilike => Ok((written, true)),
            Operator::Contains | Operator::ContainedIn => match self.kind {
                TypeKind::Jsonb | TypeKind::Array | TypeKind::Range => Ok((written, false)),
                _ => Err(self.cannot("cs", "eq")),
            },
            _ => self.comparable("eq").map(|()| (written, false)),
        }
    }

    fn comparable(&self, operator: &str) -> Result<(), String> {
        match self.kind {
            TypeKind::Json | TypeKind::Opaque => Err(self.cannot(operator, "is.null")),
            _ => Ok(()),
        }
    }

    fn cannot(&self, operator: &str, instead: &str) -> String {
        format!(
            "{operator} cannot be asked of the type {}; there is {instead}",
            self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::schema::fixtures;
    use crate::rest::grammar::QueryRequest;

    fn written(key: &str, value: &str) -> Result<(String, Vec<String>), String> {
        let pairs = [(key.to_owned(), value.to_owned())];
        let wish = QueryRequest::parse(&pairs).map_err(|e| e.to_string())?;
        let columns = fixtures::columns();
        let mut source = ExpressionBuilder {
            columns: &columns,
            params: BoundParams::default(),
        };
        let sql = source.condition(&wish.conditions[0].1)?;
        let params = source.params.0.into_iter().flatten().collect();
        Ok((sql.replace("pg_catalog.", ""), params))
    }

    fn good(key: &str, value: &str) -> (String, Vec<String>) {
        written(key, value).unwrap()
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
            assert!(written(key, value).is_err(), "{key}={value}");
        }
        assert!(written("raw", "is.null").is_ok());
    }
}

//! Owns functions that take the same document as text and as jsonb: the one for text is called, with the JSON as it was sent, so that a
//! row that PostgreSQL cannot hold is that function's to refuse, and not the end of the call. Pure.

use super::schema::{Argument, DataType, Function, TypeKind};
use std::sync::Arc;

/// Leaves of each such pair the one for text; what it takes as text is then JSON to those who call.
pub(super) fn prefer_text(functions: Vec<Function>) -> Vec<Function> {
    let is_twin = |one: &Function, other: &Function| {
        let pairs = one.arguments.iter().zip(&other.arguments);
        one.arguments.len() == other.arguments.len()
            && pairs.clone().all(|(one, other)| one.name == other.name)
            && pairs.clone().any(|pair| is_document(&pair))
            && pairs
                .filter(|pair| !is_document(pair))
                .all(|(one, other)| one.data_type == other.data_type)
    };
    let twin_of = |function: &Function| functions.iter().find(|other| is_twin(function, other));
    let is_replaced = |function: &Function| functions.iter().any(|other| is_twin(other, function));
    let kept = functions.iter().filter(|function| !is_replaced(function));
    let as_documents = kept.map(|function| match twin_of(function) {
        Some(twin) => with_documents(function, twin),
        None => function.clone(),
    });
    as_documents.collect()
}

/// Of the same argument: text here, JSON there.
fn is_document((text, json): &(&Argument, &Argument)) -> bool {
    text.data_type.kind == TypeKind::Text && json.data_type.kind.is_json()
}

fn with_documents(function: &Function, twin: &Function) -> Function {
    let mut function = function.clone();
    for (argument, json) in function.arguments.iter_mut().zip(&twin.arguments) {
        if is_document(&(argument, json)) {
            argument.data_type = Arc::new(DataType {
                sql: argument.data_type.sql.clone(),
                name: json.data_type.name.clone(),
                base: json.data_type.base.clone(),
                kind: json.data_type.kind,
                element: None,
                labels: Vec::new(),
            });
        }
    }
    function
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ResultShape, fixtures};
    use super::*;

    fn function(arguments: &[(&str, &str, TypeKind)]) -> Function {
        let argument = |(name, data_type, kind): &(&str, &str, TypeKind)| Argument {
            name: (*name).to_owned(),
            data_type: fixtures::data_type(data_type, *kind),
            required: true,
            default: None,
        };
        Function {
            name: "f".to_owned(),
            comment: None,
            read_only: false,
            many: false,
            shape: ResultShape::Value,
            returns: None,
            columns: Vec::new(),
            arguments: arguments.iter().map(argument).collect(),
        }
    }

    #[test]
    fn of_text_and_jsonb_text_is_called_with_json() {
        let flag = ("flag", "bool", TypeKind::Bool);
        let jsonb = function(&[("rows", "jsonb", TypeKind::Jsonb), flag]);
        let text = function(&[("rows", "text", TypeKind::Text), flag]);
        let other = function(&[("id", "uuid", TypeKind::Value)]);
        for all in [
            vec![jsonb.clone(), text.clone(), other.clone()],
            vec![text, other.clone(), jsonb],
        ] {
            let left = prefer_text(all);
            assert_eq!(left.len(), 2);
            let rows = left.iter().find(|it| it.arguments.len() == 2).unwrap();
            let rows = &rows.arguments[0].data_type;
            assert_eq!(
                (rows.kind, rows.sql.as_str()),
                (TypeKind::Jsonb, "pg_catalog.text")
            );
        }
        let two = vec![other, function(&[("id", "text", TypeKind::Text)])];
        assert_eq!(prefer_text(two).len(), 2);
    }
}

//! Owns the operations: reading a view, calling a function. Pure.

use super::{parameters, types};
use crate::catalogue::schema::{Function, Relation, ResultShape};
use crate::rest::rows::format;
use serde_json::{Map, Value, json};

/// The refusals that any operation may meet.
const REFUSALS: [(&str, &str, &str); 7] = [
    (
        "400",
        "Wrong",
        "The request is wrong; details.field says where",
    ),
    ("401", "SignedOut", "The caller is not signed in"),
    ("403", "Forbidden", "You may not do this"),
    ("404", "Unknown", "It does not exist, or you may not see it"),
    (
        "406",
        "NoFormat",
        "Not available in this format, or not exactly one row",
    ),
    (
        "503",
        "Away",
        "The database is unavailable; Retry-After says when to try again",
    ),
    ("504", "TooLong", "It took too long"),
];
/// The refusals that only a change may meet.
const REFUSALS_OF_CHANGES: [(&str, &str, &str); 4] = [
    (
        "409",
        "Changed",
        "What you saw has changed, or it already exists",
    ),
    ("413", "TooLarge", "The body is too large"),
    ("415", "NoJson", "The body is not application/json"),
    ("422", "Held", "It is held back by open milestones"),
];

pub(super) fn refusal_responses() -> Value {
    let all = REFUSALS.iter().chain(&REFUSALS_OF_CHANGES);
    let schema = json!({ "$ref": "#/components/schemas/Error" });
    all.map(|(_, name, text)| {
        let content = json!({ "application/json": { "schema": schema } });
        (
            (*name).to_owned(),
            json!({ "description": text, "content": content }),
        )
    })
    .collect()
}

fn refusal_references(changes: bool) -> Map<String, Value> {
    let more = if changes {
        REFUSALS_OF_CHANGES.as_slice()
    } else {
        &[]
    };
    REFUSALS
        .iter()
        .chain(more)
        .map(|(status, name, _)| {
            let reference = json!({ "$ref": format!("#/components/responses/{name}") });
            ((*status).to_owned(), reference)
        })
        .collect()
}

pub(super) fn view_item(relation: &Relation) -> Value {
    let filters = relation
        .columns
        .iter()
        .filter(|column| !parameters::is_grammar_word(&column.name));
    let all: Vec<Value> = filters
        .map(parameters::filter)
        .chain(parameters::references(|_| false))
        .collect();
    let row = json!({ "$ref": format!("#/components/schemas/{}", escape_pointer(&relation.name)) });
    operation(
        relation.comment.as_deref(),
        &relation.name,
        "views",
        all,
        row_responses(&row, false),
    )
}

/// The methods of a function; if several share a name, a body is that of any one of them.
pub(super) fn function_item(name: &str, functions: &[Function]) -> Option<Value> {
    let first = functions.first()?;
    let bodies: Vec<Value> = functions
        .iter()
        .map(|f| types::arguments(&f.arguments))
        .collect();
    let body = match bodies.as_slice() {
        [one] => one.clone(),
        several => json!({ "anyOf": several }),
    };
    let comment = first.comment.as_deref();
    let id = format!("call_{name}");
    let grammar: Vec<Value> = match first.many {
        true => parameters::references(|name| name == "range").collect(),
        false => vec![],
    };
    let mut post = operation(
        comment,
        &id,
        "functions",
        grammar,
        responses(first, !first.read_only),
    );
    post["requestBody"] = json!({
        "required": first.arguments.iter().any(|argument| argument.required),
        "content": { "application/json": { "schema": body } },
    });
    let mut item = json!({ "post": post });
    if let ([only], true) = (functions, first.read_only) {
        item["get"] = get_operation(only);
    }
    Some(item)
}

fn get_operation(function: &Function) -> Value {
    let is_argument = |name: &str| {
        function
            .arguments
            .iter()
            .any(|argument| argument.name == name)
    };
    let mut all: Vec<Value> = function
        .arguments
        .iter()
        .map(parameters::argument)
        .collect();
    if function.many {
        let columns = function.columns.iter();
        let free =
            columns.filter(|c| !is_argument(&c.name) && !parameters::is_grammar_word(&c.name));
        all.extend(free.map(parameters::filter));
        all.extend(parameters::references(is_argument));
    }
    let id = format!("get_{}", function.name);
    operation(
        function.comment.as_deref(),
        &id,
        "functions",
        all,
        responses(function, false),
    )
}

fn responses(function: &Function, changes: bool) -> Map<String, Value> {
    match (function.shape, function.many) {
        (ResultShape::Value, true) => {
            // values are returned as they are, or as objects if select names them
            let value = types::result_schema(function.returns.as_deref());
            row_responses(
                &json!({ "anyOf": [value, types::row_schema(&function.columns, None)] }),
                changes,
            )
        }
        (_, true) => row_responses(&types::row_schema(&function.columns, None), changes),
        (ResultShape::Void, _) => with_response(
            refusal_references(changes),
            "204",
            json!({ "description": "Done" }),
        ),
        (shape, _) => {
            let schema = match shape {
                ResultShape::Row => types::row_schema(&function.columns, None),
                _ => types::result_schema(function.returns.as_deref()),
            };
            let content = json!({ "application/json": { "schema": schema } });
            with_response(
                refusal_references(changes),
                "200",
                json!({ "description": "The result", "content": content }),
            )
        }
    }
}

/// Rows in all formats, whole or as a page.
fn row_responses(row: &Value, changes: bool) -> Map<String, Value> {
    let content: Map<String, Value> = format::ALL
        .into_iter()
        .map(|format| {
            let schema = match format {
                format::Format::Json => json!({ "type": "array", "items": row }),
                format::Format::Object => row.clone(),
                format::Format::Csv(_) | format::Format::NdJson => json!({ "type": "string" }),
            };
            (format.media_type().to_owned(), json!({ "schema": schema }))
        })
        .collect();
    let range = json!({
        "Content-Range": { "schema": { "type": "string" }, "description": "Which rows these are, of how many" },
    });
    let answer = |text: &str| json!({ "description": text, "headers": range, "content": content });
    let all = with_response(refusal_references(changes), "200", answer("The rows"));
    let all = with_response(all, "206", answer("A part of the rows, which were counted"));
    let error =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } });
    with_response(
        all,
        "416",
        json!({ "description": "There are fewer rows", "content": error }),
    )
}

fn with_response(mut all: Map<String, Value>, status: &str, answer: Value) -> Map<String, Value> {
    all.insert(status.to_owned(), answer);
    all
}

fn operation(
    comment: Option<&str>,
    id: &str,
    tag: &str,
    parameters: Vec<Value>,
    responses: Map<String, Value>,
) -> Value {
    let comment = comment.unwrap_or_default();
    let summary = comment
        .split_inclusive(['.', ';'])
        .next()
        .unwrap_or_default();
    json!({
        "operationId": id,
        "tags": [tag],
        "summary": summary.trim_end_matches(['.', ';']),
        "description": comment,
        "parameters": parameters,
        "responses": responses,
    })
}

/// A name inside a JSON pointer.
fn escape_pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

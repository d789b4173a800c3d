//! The document's structure: references lead somewhere, names are unique, words of the grammar keep their meaning.

use super::*;
use crate::catalogue::schema::{Argument, Function, ResultShape, TypeKind, fixtures};
use std::collections::BTreeSet;

fn catalogue() -> Catalogue {
    let argument = |name: &str, required| Argument {
        name: name.to_owned(),
        data_type: fixtures::data_type("text", TypeKind::Text),
        required,
        default: (!required).then(|| "'x'::text".to_owned()),
    };
    let function = |name: &str, shape, many, read_only| Function {
        name: name.to_owned(),
        comment: Some("Does it. Well.".to_owned()),
        read_only,
        many,
        shape,
        returns: Some(fixtures::data_type("int4", TypeKind::Number)),
        columns: fixtures::columns(),
        arguments: vec![argument("q", true), argument("limit", false)],
    };
    Catalogue::from_functions(vec![
        function("found", ResultShape::Row, true, true),
        function("numbers", ResultShape::Value, true, true),
        function("value", ResultShape::Value, false, true),
        function("done", ResultShape::Void, false, false),
    ])
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(all) => {
            found.extend(all.get("$ref").and_then(Value::as_str));
            all.values().for_each(|value| references(value, found));
        }
        Value::Array(all) => all.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn references_lead_somewhere() {
    let document = document(&catalogue(), "c", 100);
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn only_what_changes_nothing_has_a_get() {
    let document = document(&catalogue(), "c", 100);
    let methods = |name: &str| {
        let item = document["paths"][format!("/rest/v1/rpc/{name}")]
            .as_object()
            .unwrap();
        item.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(methods("value"), ["get", "post"]);
    assert_eq!(methods("done"), ["post"]);
    let done = &document["paths"]["/rest/v1/rpc/done"]["post"];
    assert!(done["responses"]["204"].is_object());
    assert!(done["responses"]["409"].is_object());
}

#[test]
fn an_argument_takes_the_place_of_a_word_of_the_grammar() {
    let document = document(&catalogue(), "c", 100);
    let get = &document["paths"]["/rest/v1/rpc/found"]["get"];
    let parameters = get["parameters"].as_array().unwrap();
    let limit: Vec<_> = parameters.iter().filter(|p| p["name"] == "limit").collect();
    assert_eq!(limit.len(), 1);
    let refers = |name: &str| {
        let reference = format!("#/components/parameters/{name}");
        parameters.iter().any(|p| p["$ref"] == *reference)
    };
    assert!(!refers("limit") && refers("offset"));
    let names: Vec<_> = parameters
        .iter()
        .filter_map(|p| p["name"].as_str())
        .collect();
    assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
}

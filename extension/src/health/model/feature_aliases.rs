//! Owns which names of features stand for others, since they were renamed. Pure.

use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use cs_text::fold_name;
use serde_json::Value;
use std::collections::HashSet;

const MOST_ALIASES: usize = 1_000;

/// Reads pairs of an old name and the new one that it stands for; one step, so that a new name is not itself an old one.
pub fn read_feature_aliases(model: &ObjectReader<'_>) -> Result<Vec<(String, String)>, Fault> {
    let path = model.path_of("feature_aliases");
    let given = match model.get("feature_aliases") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(given)) if given.len() <= MOST_ALIASES => given,
        Some(Value::Object(_)) => {
            let message = format!("{path} can hold at most {MOST_ALIASES} names");
            return Err(Fault::invalid(&path, message));
        }
        Some(_) => {
            return Err(must_be(&path, "an object").hint(r#"Such as {"old name": "new name"}."#));
        }
    };
    let mut old_names = HashSet::new();
    let mut aliases = Vec::with_capacity(given.len());
    for (old, new) in given {
        let path = format!("{path}.{old}");
        let folded = fold_name(old).ok_or_else(|| must_be(&path, "under the name of a feature"))?;
        let new = new.as_str().filter(|new| fold_name(new).is_some());
        let new = new.ok_or_else(|| must_be(&path, "the name of a feature"))?;
        if !old_names.insert(folded.into_owned()) {
            return Err(Fault::invalid(
                &path,
                format!("{path} stands there twice, written differently"),
            ));
        }
        aliases.push((old.clone(), new.to_owned()));
    }
    let is_old = |new: &str| fold_name(new).is_some_and(|new| old_names.contains(new.as_ref()));
    match aliases.iter().find(|(_, new)| is_old(new)) {
        None => Ok(aliases),
        Some((old, new)) => {
            let path = format!("{path}.{old}");
            let message = format!("{path} must not be \"{new}\", which is itself an old name");
            Err(Fault::invalid(&path, message).hint("Give the newest name for each old one."))
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    fn read(aliases: Value) -> Result<Vec<(String, String)>, Fault> {
        let model = json!({ "feature_aliases": aliases });
        let known = &["feature_aliases"];
        read_feature_aliases(&ObjectReader::of_document(
            "model",
            model.as_object().unwrap(),
            known,
        )?)
    }

    #[test]
    fn an_old_name_stands_for_a_new_one_in_one_step() {
        let aliases = read(json!({ "Reports": "Insights", "Charts": "Insights" })).unwrap();
        assert_eq!(aliases.len(), 2);
        for bad in [
            json!([]),
            json!({ "a": 1 }),
            json!({ "a": " " }),
            json!({ "\u{200b}": "a" }),
            json!({ "a": "A" }),
            json!({ "a": "b", "B ": "c" }),
            json!({ "a": "b", " A": "c" }),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}

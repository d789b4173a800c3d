//! Owns the properties of the whole language, tested over criteria and accounts drawn at random.

use super::built_in_fields::FIELDS;
use super::evaluation::{Facts, evaluate};
use super::field::Field;
use super::field_kind::FieldKind;
use super::name_resolution::has_names;
use super::op::Op;
use super::parser::parse;
use super::tree::Criteria;
use super::value::FieldValue;
use crate::pg::day;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What an account is like, by field; few values, so that conditions often meet them.
#[derive(Debug, Default)]
struct DrawnAccount(BTreeMap<String, FieldValue>);

impl Facts for DrawnAccount {
    fn value(&self, field: &Field) -> Option<FieldValue> {
        self.0.get(&field.name()).cloned()
    }
}

fn fields() -> impl Strategy<Value = String> {
    let known: Vec<_> = FIELDS.iter().map(|it| it.name.to_owned()).collect();
    prop_oneof![
        4 => select(known),
        1 => Just("crm_attributes.seats".to_owned()),
        1 => Just("crm_attributes.plan.tier".to_owned()),
    ]
}

fn literal(kind: FieldKind) -> BoxedStrategy<Json> {
    let number = prop_oneof![
        (0..5).prop_map(|it| json!(it)),
        (-8..8).prop_map(|it| json!(f64::from(it) / 4.0))
    ];
    let text = select(vec!["", "a", "A", "ab", "É", "2027-01-01"]).prop_map(|it| json!(it));
    let day = select(vec!["2027-01-01", "2027-12-31", "2028-02-29"]).prop_map(|it| json!(it));
    match kind {
        FieldKind::Number => number.boxed(),
        FieldKind::Text => text.boxed(),
        FieldKind::Date => day.boxed(),
        FieldKind::Choice(labels) => select(labels).prop_map(|it| json!(it)).boxed(),
        FieldKind::Stage | FieldKind::Member => {
            select(vec!["x", "y"]).prop_map(|it| json!(it)).boxed()
        }
        FieldKind::Account => Just(json!("0198f0c2-0000-7000-8000-00000000abcd")).boxed(),
        FieldKind::Any => prop_oneof![number, text, day].boxed(),
    }
}

/// A condition that is valid in most cases, not in all.
fn condition() -> impl Strategy<Value = Json> {
    fields().prop_flat_map(|name| {
        let kind = Field::find(&name).map_or(FieldKind::Any, |field| field.kind());
        let values = vec(literal(kind), 1..3);
        (Just(name), select(kind.operators()), values).prop_map(|(field, op, values)| {
            let mut leaf = json!({ "field": field, "op": op.name() });
            let value = match op {
                Op::In | Op::NotIn => Some(json!(values)),
                Op::Between => Some(json!([values[0], values[values.len() - 1]])),
                Op::IsSet | Op::IsNotSet => None,
                _ => Some(values[0].clone()),
            };
            if let Some(value) = value {
                leaf["value"] = value;
            }
            leaf
        })
    })
}

fn criteria() -> impl Strategy<Value = Json> {
    condition().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|it| json!({ "all": it })),
            vec(inner.clone(), 0..4).prop_map(|it| json!({ "any": it })),
            inner.prop_map(|it| json!({ "not": it })),
        ]
    })
}

/// Values of any type in any field.
fn account() -> impl Strategy<Value = DrawnAccount> {
    let value = prop_oneof![
        (0..5_i64).prop_map(|it| FieldValue::Number(it.into())),
        select(vec!["", "a", "ab", "x", "Active", "low", "2027-01-01"])
            .prop_map(|it| FieldValue::Text(it.into())),
        select(vec!["2027-01-01", "2028-02-29"])
            .prop_map(|it| FieldValue::Date(day::parse(it).unwrap())),
        any::<bool>().prop_map(FieldValue::Bool),
        Just(FieldValue::Structure),
        vec(select(vec!["a", "ab", "É"]), 0..3)
            .prop_map(|it| FieldValue::List(it.into_iter().map(str::to_owned).collect())),
    ];
    btree_map(fields(), value, 0..30).prop_map(DrawnAccount)
}

/// Any JSON, with the words of the language mixed in.
fn anything() -> impl Strategy<Value = Json> {
    let word = prop_oneof![
        select(vec![
            "all", "any", "not", "field", "op", "value", "in", "between", "eq", "arr", "stage"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        word.clone().prop_map(Json::from),
    ];
    leaf.prop_recursive(8, 64, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map(word.clone(), inner, 0..4).prop_map(|it| it.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_panics_and_what_is_refused_has_a_flaw(json in anything()) {
        match parse("", &json) {
            Ok(criteria) => {
                evaluate(&criteria, &DrawnAccount::default());
                has_names(&criteria);
            }
            Err(flaws) => prop_assert!(!flaws.is_empty()),
        }
    }

    #[test]
    fn what_is_read_prints_as_the_same(json in criteria()) {
        if let Ok(read) = parse("", &json) {
            let printed = read.to_json();
            prop_assert_eq!(parse("", &printed), Ok(read));
            prop_assert_eq!(printed, json);
        }
    }

    #[test]
    fn not_all_is_any_not(members in vec(condition(), 0..5), account in account()) {
        let sound: Vec<_> = members.iter().filter_map(|it| parse("", it).ok()).collect();
        let not = |it: Criteria| Criteria::Not(Box::new(it));
        let opposites: Vec<_> = sound.iter().cloned().map(not).collect();
        let holds = |it: &Criteria| evaluate(it, &account);
        prop_assert_eq!(
            holds(&not(Criteria::All(sound.clone()))),
            holds(&Criteria::Any(opposites.clone()))
        );
        prop_assert_eq!(holds(&not(Criteria::Any(sound))), holds(&Criteria::All(opposites)));
    }

    #[test]
    fn over_nothing_only_is_not_set_holds(leaf in condition()) {
        if let Ok(read) = parse("", &leaf) {
            let holds = evaluate(&read, &DrawnAccount::default());
            prop_assert_eq!(holds, leaf["op"] == "is_not_set");
        }
    }

    #[test]
    fn opposite_operators_divide_the_values_of_one_type(leaf in condition(), account in account()) {
        let with = |op: &str| {
            let mut changed = leaf.clone();
            changed["op"] = json!(op);
            parse("", &changed).is_ok_and(|it| evaluate(&it, &account))
        };
        for (op, opposite) in [("eq", "ne"), ("lt", "gte"), ("gt", "lte"), ("in", "not_in"), ("is_set", "is_not_set")] {
            prop_assert!(!(with(op) && with(opposite)), "{} {}", op, opposite);
        }
        prop_assert!(!with("lt") || with("lte"));
        prop_assert!(!with("eq") || !with("ne"));
    }
}

#[test]
fn most_criteria_drawn_are_sound() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sound = (0..500)
        .filter(|_| {
            let json = criteria().new_tree(&mut runner).unwrap().current();
            parse("", &json).is_ok()
        })
        .count();
    assert!(sound > 250, "{sound} of 500");
}

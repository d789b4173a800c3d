//! Owns which fields a cap's criteria may ask about. Pure.

use crate::criteria::{BuiltInField, Criteria, Field};
use crate::pg::fault::Fault;

/// What no cap can ask about: it depends on the score itself, or changes without the account or its usage.
const BEYOND: [BuiltInField; 5] = [
    BuiltInField::CountedArr,
    BuiltInField::HealthBand,
    BuiltInField::ScoreChange30d,
    BuiltInField::OverdueMilestones,
    BuiltInField::DaysSinceTouch,
];

/// Whether a field is known of an account while its score is computed.
pub fn is_known_field(field: &Field) -> bool {
    !matches!(field, Field::BuiltIn(definition) if BEYOND.contains(&definition.field))
}

/// Refuses a cap over fields that are not known of an account while its score is computed.
pub fn require_known_fields(path: &str, when: &Criteria) -> Result<(), Fault> {
    let beyond = when.fields().into_iter().find_map(|field| match field {
        Field::BuiltIn(definition) if !is_known_field(field) => Some(definition.name),
        _ => None,
    });
    match beyond {
        None => Ok(()),
        Some(name) => Err(Fault::invalid(
            path,
            format!("a cap cannot ask about {name}"),
        )
        .hint("Health is computed from usage and from the account's own row; score_change_30d would depend on its own result.")),
    }
}

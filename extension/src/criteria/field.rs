//! Owns the fields that criteria can be about, and how their names are read. Pure.

use super::built_in_fields::{FIELDS, FieldDefinition};
use super::field_kind::FieldKind;

/// What the name of a CRM attribute starts with; the path of keys follows.
const ATTRIBUTES: &str = "crm_attributes.";

/// The most keys in a path.
const LONGEST_PATH: usize = 10;

/// Something about an account that criteria can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A built-in field.
    BuiltIn(&'static FieldDefinition),
    /// A CRM attribute, by its path of keys from the outermost.
    Attribute(Vec<String>),
}

impl Field {
    /// The field with this name.
    pub fn find(name: &str) -> Option<Self> {
        if let Some(path) = name.strip_prefix(ATTRIBUTES) {
            let keys: Vec<_> = path.split('.').map(str::to_owned).collect();
            let sound = keys.len() <= LONGEST_PATH && keys.iter().all(|key| !key.is_empty());
            return sound.then_some(Self::Attribute(keys));
        }
        FIELDS
            .iter()
            .find(|known| known.name == name)
            .map(Self::BuiltIn)
    }

    /// Its name, as criteria write it.
    pub fn name(&self) -> String {
        match self {
            Self::BuiltIn(known) => known.name.to_owned(),
            Self::Attribute(keys) => format!("{ATTRIBUTES}{}", keys.join(".")),
        }
    }

    /// Its type.
    pub const fn kind(&self) -> FieldKind {
        match self {
            Self::BuiltIn(known) => known.kind,
            Self::Attribute(_) => FieldKind::Any,
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn attributes_are_paths_of_keys() {
        let keys = |name: &str| match Field::find(name) {
            Some(Field::Attribute(keys)) => Some(keys),
            _ => None,
        };
        assert_eq!(keys("crm_attributes.seats"), Some(vec!["seats".into()]));
        assert_eq!(
            keys("crm_attributes.plan.tier name"),
            Some(vec!["plan".into(), "tier name".into()])
        );
        for bad in [
            "crm_attributes",
            "crm_attributes.",
            "crm_attributes..a",
            "crm_attributes.a.",
            "crm_attributes.a.b.c.d.e.f.g.h.i.j.k",
        ] {
            assert_eq!(Field::find(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_exact_and_nothing_else_is_known() {
        assert_eq!(
            Field::find("health_score").map(|it| it.kind()),
            Some(FieldKind::Number)
        );
        for bad in [
            "",
            "Health_Score",
            "health_score ",
            "custom.tier",
            "tenant_id",
        ] {
            assert_eq!(Field::find(bad), None, "{bad}");
        }
    }
}

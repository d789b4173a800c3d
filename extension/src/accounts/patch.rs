//! Owns what a change of an account may say: known keys, each of its type; what it makes of a present account. Pure.

use crate::custom_fields::attributes;
use crate::identity::Action;
use crate::pg::document::unknown_key;
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::merge_patch::merged;
use serde_json::Value;

/// The columns that people write, and the type a text is cast to.
pub const COLUMNS: [(&str, &str); 7] = [
    ("name", "text"),
    ("external_id", "text"),
    ("parent_id", "uuid"),
    ("csm_id", "uuid"),
    ("status", "cs.account_status"),
    ("current_stage", "text"),
    ("crm_attributes", "jsonb"),
];
/// Places among [`COLUMNS`].
pub const NAME: usize = 0;
/// As above.
pub const EXTERNAL_ID: usize = 1;
/// As above.
pub const PARENT: usize = 2;
/// As above.
pub const CSM: usize = 3;
/// As above.
pub const STATUS: usize = 4;
/// As above.
pub const STAGE: usize = 5;
/// As above.
pub const ATTRIBUTES: usize = 6;

const STATUSES: [&str; 3] = ["Active", "Paused", "Churned"];

/// A value of each column in its text form; `None` is NULL.
pub type Values = [Option<String>; COLUMNS.len()];

/// What a change says of each column: nothing, or a value. Of attributes it is the patch to merge, of the CSM what was
/// given: an id or an e-mail address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch(pub [Option<Option<String>>; COLUMNS.len()]);

impl Patch {
    /// Reads an object; `what` is what it is called.
    pub fn read(what: &str, text: Option<&str>) -> Result<Self, Fault> {
        let object = text.and_then(|it| serde_json::from_str::<Parts<'_>>(it).ok());
        let object =
            object.ok_or_else(|| Fault::invalid(what, format!("{what} must be a JSON object")))?;
        let mut patch = Self::default();
        for (key, raw) in &object {
            let known = COLUMNS.map(|(name, _)| name);
            let place = place_of(key).ok_or_else(|| unknown_key(key, what, key, &known))?;
            patch.0[place] = Some(value_of(place, raw.get())?);
        }
        Ok(patch)
    }

    /// Whether it says anything of a column.
    pub const fn names(&self, place: usize) -> bool {
        self.0[place].is_some()
    }

    /// The columns it says something of.
    pub fn touched(&self) -> Vec<usize> {
        (0..COLUMNS.len()).filter(|it| self.names(*it)).collect()
    }

    /// The right a caller needs for it: to move an account to another stage is a smaller one.
    pub fn action(&self) -> Action {
        match self.touched().iter().all(|place| *place == STAGE) {
            true => Action::StageMove,
            false => Action::AccountEdit,
        }
    }

    /// What it makes of an account.
    pub fn applied(&self, present: &Values) -> Values {
        std::array::from_fn(|place| match (&self.0[place], place) {
            (None, _) => present[place].clone(),
            (Some(None), ATTRIBUTES) => Some("{}".to_owned()),
            (Some(Some(patch)), ATTRIBUTES) => {
                Some(merged(present[place].as_deref().unwrap_or("{}"), patch))
            }
            (Some(given), _) => given.clone(),
        })
    }
}

/// The column a key stands for.
pub fn place_of(key: &str) -> Option<usize> {
    COLUMNS.iter().position(|(name, _)| *name == key)
}

/// Characters of a name or external id: indexes hold both, and no row of an index is larger than a third of a page.
const LONGEST: usize = 500;

/// What an account need not have.
const NULLABLE: [usize; 3] = [EXTERNAL_ID, PARENT, CSM];

/// The value of a key as given, in the text form of its column.
pub fn value_of(place: usize, raw: &str) -> Result<Option<String>, Fault> {
    let key = COLUMNS[place].0;
    let or_null = if NULLABLE.contains(&place) {
        ", or null"
    } else {
        ""
    };
    let must = || Fault::invalid(key, format!("{key} must be {}{or_null}", words(place)));
    if place == ATTRIBUTES {
        if raw != "null" {
            attributes::check(&attributes::parts(raw)?)?;
        }
        return Ok((raw != "null").then(|| raw.to_owned()));
    }
    let text = match serde_json::from_str(raw) {
        Ok(Value::Null) if NULLABLE.contains(&place) => return Ok(None),
        Ok(Value::String(text)) => text,
        _ => return Err(must()),
    };
    let is_good = match place {
        NAME | EXTERNAL_ID => is_name(&text),
        PARENT => uuid::Uuid::try_parse(&text).is_ok(),
        CSM => uuid::Uuid::try_parse(&text).is_ok() || text.contains('@'),
        STATUS => STATUSES.contains(&text.as_str()),
        _ => true,
    };
    match is_good {
        true => Ok(Some(text)),
        false => Err(must()),
    }
}

/// Whether a text can be the name or external id of an account; if not, it has to be [`A_NAME`].
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST
}

/// What [`is_name`] asks for, to complete "must be".
pub const A_NAME: &str = "a text that is not empty, of at most 500 characters";

const fn words(place: usize) -> &'static str {
    match place {
        NAME | EXTERNAL_ID => A_NAME,
        PARENT => "the id of an account",
        CSM => "the id or e-mail address of a member",
        STATUS => "Active, Paused or Churned",
        _ => "the name of a stage",
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn read(text: &str) -> Result<Patch, Fault> {
        Patch::read("patch", Some(text))
    }

    fn complaint(text: &str) -> String {
        read(text).unwrap_err().message().to_owned()
    }

    #[test]
    fn absent_null_and_given_are_told_apart() {
        let patch =
            read(r#"{"parent_id": null, "name": "A", "crm_attributes": {"a": 1.10}}"#).unwrap();
        assert_eq!(patch.touched(), [NAME, PARENT, ATTRIBUTES]);
        assert_eq!(patch.0[PARENT], Some(None));
        assert_eq!(patch.0[ATTRIBUTES], Some(Some(r#"{"a": 1.10}"#.to_owned())));
    }

    #[test]
    fn what_is_wrong_is_said_of_its_key() {
        for (text, message) in [
            ("[]", "patch must be a JSON object"),
            (r#"{"nam": 1}"#, "patch has no key \"nam\""),
            (r#"{"version": 1}"#, "patch has no key \"version\""),
            (
                r#"{"name": null}"#,
                "name must be a text that is not empty, of at most 500 characters",
            ),
            (
                r#"{"name": " "}"#,
                "name must be a text that is not empty, of at most 500 characters",
            ),
            (
                r#"{"external_id": 1}"#,
                "external_id must be a text that is not empty, of at most 500 characters, or null",
            ),
            (
                r#"{"parent_id": "x"}"#,
                "parent_id must be the id of an account, or null",
            ),
            (
                r#"{"csm_id": "Ada"}"#,
                "csm_id must be the id or e-mail address of a member, or null",
            ),
            (
                r#"{"status": "active"}"#,
                "status must be Active, Paused or Churned",
            ),
            (
                r#"{"status": null}"#,
                "status must be Active, Paused or Churned",
            ),
            (
                r#"{"current_stage": null}"#,
                "current_stage must be the name of a stage",
            ),
            (
                r#"{"crm_attributes": []}"#,
                "crm_attributes must be a JSON object",
            ),
            (
                r#"{"crm_attributes": {"arr": -1}}"#,
                "crm_attributes.arr must be a number of at least 0, not -1",
            ),
        ] {
            assert_eq!(complaint(text), message, "{text}");
        }
        assert!(Patch::read("patch", None).is_err());
    }

    #[test]
    fn a_name_has_an_end() {
        for (characters, is_good) in [(LONGEST, true), (LONGEST + 1, false)] {
            let name = "é".repeat(characters);
            for key in ["name", "external_id"] {
                let text = format!(r#"{{"{key}": "{name}"}}"#);
                assert_eq!(read(&text).is_ok(), is_good, "{key} {characters}");
            }
        }
    }

    #[test]
    fn a_patch_leaves_the_rest() {
        let present: Values = std::array::from_fn(|place| match place {
            ATTRIBUTES => Some(r#"{"a": 1, "b": 2}"#.to_owned()),
            place => Some(place.to_string()),
        });
        let after = read(r#"{"csm_id": null, "crm_attributes": {"a": null}}"#)
            .unwrap()
            .applied(&present);
        assert_eq!(after[CSM], None);
        assert_eq!(after[NAME].as_deref(), Some("0"));
        assert_eq!(after[ATTRIBUTES].as_deref(), Some(r#"{"b": 2}"#));
        let cleared = read(r#"{"crm_attributes": null}"#)
            .unwrap()
            .applied(&present);
        assert_eq!(cleared[ATTRIBUTES].as_deref(), Some("{}"));
    }

    #[test]
    fn moving_is_the_smaller_right() {
        assert_eq!(
            read(r#"{"current_stage": "A"}"#).unwrap().action(),
            Action::StageMove
        );
        assert_eq!(
            read(r#"{"current_stage": "A", "name": "B"}"#)
                .unwrap()
                .action(),
            Action::AccountEdit
        );
    }
}

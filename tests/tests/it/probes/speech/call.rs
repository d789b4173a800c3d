//! Calls with ids and texts of others.

use super::{Speaker, Speech, plain};

impl<'a> Speaker<'a> {
    pub(super) fn call(&mut self) -> Speech {
        let schema = self.schema;
        let function = if self.dice.chance(10) {
            self.dice.one(&schema.functions)
        } else {
            &schema.functions[*self.dice.one(&schema.callable)]
        };
        let mut arguments = Vec::new();
        for (at, (name, kind)) in function.arguments.iter().enumerate() {
            if at >= function.required && self.dice.chance(40) {
                break;
            }
            arguments.push(self.argument(name, kind));
        }
        let call = format!("cs.{}({})", function.name, arguments.join(", "));
        let text = match self.dice.below(3) {
            0 => format!("select * from {call}"),
            1 => format!("select {call}"),
            _ => {
                let relation = self.relation("select");
                format!(
                    "select {call} from (select from cs.{} limit 2) as few",
                    relation.name
                )
            }
        };
        Speech {
            kind: "call",
            writes: true,
            ..plain(text)
        }
    }

    fn argument(&mut self, name: &str, kind: &str) -> String {
        let side = self.is_foreign();
        if kind == "text" && name.contains("role") {
            let role = *self.dice.one(&crate::world::MEMBER_ROLES);
            return self.say(role, kind);
        }
        if kind == "text" && name == "action" {
            let action =
                *self
                    .dice
                    .one(&["account.edit", "people.read", "stage.move", "playbook.edit"]);
            return self.say(action, kind);
        }
        // Where columns are called like it, one of their values; ids of accounts go where accounts are wanted.
        let schema = self.schema;
        let table = name
            .strip_suffix("_id")
            .map(|singular| format!("{singular}s"));
        let alike: Vec<&String> = schema.values[side]
            .iter()
            .filter(|((relation, column), _)| {
                column == name || (column == "id" && Some(relation) == table.as_ref())
            })
            .flat_map(|(_, values)| values)
            .collect();
        let of_type = schema.by_type[side].get(kind);
        let mut values: Vec<&String> = if self.dice.chance(75) && !alike.is_empty() {
            alike
        } else {
            of_type.into_iter().flatten().collect()
        };
        values.sort_unstable();
        match values.is_empty() {
            true => format!("null::{kind}"),
            false => {
                let value = (*self.dice.one(&values)).clone();
                self.say(&value, kind)
            }
        }
    }
}

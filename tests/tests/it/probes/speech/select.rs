//! Reads: conditions on foreign values, joins, aggregates, counts, sub-queries.

use std::fmt::Write as _;

use super::{Check, Speaker, Speech, plain};
use crate::world::tables::{Column, Table};

impl<'a> Speaker<'a> {
    pub(super) fn select(&mut self) -> Speech {
        let relation = self.relation("select");
        let from = format!("cs.{} r", relation.name);
        let mut check = Check::Shown;
        let text = match self.dice.below(10) {
            0..=2 => {
                let (what, condition) = (
                    self.projection(relation, "r"),
                    self.condition(relation, "r"),
                );
                let mut text = format!("select {what} from {from} where {condition}");
                self.tail(relation, &mut text);
                text
            }
            3 => {
                let condition = self.condition(relation, "r");
                self.count(relation, &condition, &mut check)
            }
            4 => {
                let (what, condition) =
                    (self.aggregate(relation, "r"), self.condition(relation, "r"));
                format!("select {what} from {from} where {condition}")
            }
            5 | 6 => self.join(relation),
            7 => {
                let (what, other) = (self.projection(relation, "r"), self.relation("select"));
                let condition = self.condition(other, "s");
                format!(
                    "select {what} from {from} where exists (select from cs.{} s where {condition})",
                    other.name
                )
            }
            8 => {
                let column = self.column(relation, "select");
                let condition = self.condition(relation, "i");
                let what = self.projection(relation, "r");
                format!(
                    "with w as materialized (select i.{0} from cs.{1} i where {condition})
                     select {what} from {from} where r.{0} in (select {0} from w)",
                    column.name, relation.name
                )
            }
            _ => {
                let (a, b) = (self.column(relation, "select"), self.relation("select"));
                let c = self.column(b, "select");
                format!(
                    "select r.{}::text from {from} union all select s.{}::text from cs.{} s",
                    a.name, c.name, b.name
                )
            }
        };
        Speech {
            kind: "select",
            says_nothing: true,
            check,
            writes: false,
            ..plain(text)
        }
    }

    /// Counts what a condition finds, less what of it is the caller's: a condition on a foreign value must find nothing.
    fn count(&mut self, relation: &Table, condition: &str, check: &mut Check) -> String {
        let from = format!("from cs.{} r where {condition}", relation.name);
        let own = &self.schema.tenants[self.own];
        let has_tenant = relation
            .columns
            .iter()
            .any(|column| column.name == "tenant_id");
        if has_tenant && self.dice.chance(70) {
            *check = Check::Zero;
            return format!(
                "select count(*) - count(*) filter (where r.tenant_id = '{own}') {from}"
            );
        }
        *check = Check::AtMostOwn(relation.name.clone());
        format!("select count(*) {from}")
    }

    fn tail(&mut self, relation: &'a Table, text: &mut String) {
        if self.dice.chance(30) {
            let column = self.column(relation, "select");
            let _ = write!(text, " order by r.{}", column.name);
        }
        if self.dice.chance(30) {
            let _ = write!(text, " limit {}", 1 + self.dice.below(3));
        }
        if !relation.is_view && self.dice.chance(5) {
            text.push_str(" for share skip locked");
        }
    }

    fn projection(&mut self, relation: &'a Table, alias: &str) -> String {
        let mut parts = Vec::new();
        for _ in 0..=self.dice.below(4) {
            let column = self.column(relation, "select");
            parts.push(match self.dice.below(8) {
                0..=5 => format!("{alias}.{}", column.name),
                6 => format!("{alias}.{}::text", column.name),
                _ => format!("to_jsonb({alias}.{})", column.name),
            });
        }
        parts.join(", ")
    }

    fn aggregate(&mut self, relation: &'a Table, alias: &str) -> String {
        let column = self.column(relation, "select");
        let name = format!("{alias}.{}", column.name);
        match self.dice.below(5) {
            0 => format!("max({name}::text)"),
            1 => format!("min({name}::text)"),
            2 => format!("string_agg({name}::text, ',' order by {name}::text)"),
            3 => format!("jsonb_agg(distinct {name})"),
            _ => {
                format!("mode() within group (order by {name}::text), count(distinct {name}::text)")
            }
        }
    }

    fn join(&mut self, relation: &'a Table) -> String {
        let other = self.relation("select");
        let pairs: Vec<(&Column, &Column)> = relation
            .columns
            .iter()
            .flat_map(|a| other.columns.iter().map(move |b| (a, b)))
            .filter(|(a, b)| a.kind == b.kind && (a.in_key || b.in_key || a.kind == "text"))
            .filter(|(a, b)| self.may(relation, a) && self.may(other, b))
            .collect();
        let on = match pairs.is_empty() {
            true => "true".to_owned(),
            false => {
                let (a, b) = self.dice.one(&pairs);
                format!("r.{} = s.{}", a.name, b.name)
            }
        };
        let how = *self
            .dice
            .one(&["join", "left join", "full join", "right join"]);
        let on = if on == "true" && how == "full join" {
            "1 = 1".to_owned()
        } else {
            on
        };
        let (left, right) = (self.projection(relation, "r"), self.projection(other, "s"));
        let condition = self.condition(other, "s");
        format!(
            "select {left}, {right} from cs.{} r {how} cs.{} s on {on} where {condition} limit 50",
            relation.name, other.name
        )
    }

    fn may(&self, relation: &Table, column: &Column) -> bool {
        let granted = self.schema.granted(relation, "select");
        granted
            .iter()
            .any(|at| relation.columns[*at].name == column.name)
    }
}

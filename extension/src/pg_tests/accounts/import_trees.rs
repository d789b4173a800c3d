//! Imports of trees: what becomes of a row depends neither on the order of the rows nor on a bad one beside it, and the rehearsal says
//! the same.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, import, staffed_world, traces};
    use crate::pg_tests::{lines, text};
    use pgrx::prelude::*;
    use serde_json::{Value, json};

    fn answer(rows: &Value, dry_run: bool) -> Value {
        call_as("pia");
        let rows = rows.to_string().replace('\'', "''");
        let answer = text(&import(&rows, &format!(", {dry_run}, true, true"))).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    /// Parent and child, as far as anybody has a parent.
    fn tree() -> Vec<String> {
        lines(
            "select concat_ws(' ', parent.external_id, child.external_id, child.hierarchy_level)
             from cs.accounts as child join cs.accounts as parent on parent.id = child.parent_id
             where child.hierarchy_path = parent.hierarchy_path || '/' || child.id order by 1",
        )
    }

    /// Makes accounts that stand one below the other: the first at the root.
    fn chain(names: &[&str]) {
        let rows = names.iter().enumerate().map(|(at, name)| {
            let parent = at.checked_sub(1).map(|it| names[it]);
            json!({ "external_id": name, "name": name, "parent_external_id": parent })
        });
        let made = answer(&rows.collect(), false);
        assert_eq!(made["inserted"], names.len(), "{made}");
    }

    fn row(id: &str, parent: Option<&str>) -> Value {
        json!({ "external_id": id, "name": id, "parent_external_id": parent })
    }

    const BAD: &str = r#"{"external_id": "BAD", "name": "Bad", "current_stage": "Nowhere"}"#;

    /// Writes rows in both orders, beside a bad row and without; each time the same is rejected, and the same tree stands.
    fn same_in_every_order(rows: &[Value], rejected: &[&str], expected: &[&str]) {
        let bad: Value = serde_json::from_str(BAD).unwrap();
        let backwards = rows.iter().rev().cloned().collect::<Vec<_>>();
        let mut beside = rows.to_vec();
        beside.insert(rows.len() / 2, bad.clone());
        let mut first = vec![bad];
        first.extend(backwards.clone());
        for told in [rows.to_vec(), backwards, beside, first] {
            let told = Value::from(told);
            let rehearsed = answer(&told, true);
            let ids = |answer: &Value| {
                let rejected = answer["rejected"].as_array().unwrap().iter();
                let at = |it: &Value| usize::try_from(it["index"].as_u64().unwrap()).unwrap();
                let mut ids = rejected
                    .map(|it| told[at(it)]["external_id"].as_str().unwrap().to_owned())
                    .filter(|it| it != "BAD")
                    .collect::<Vec<_>>();
                ids.sort();
                ids
            };
            assert_eq!(ids(&rehearsed), rejected, "{told}\n{rehearsed}");
            let real = crate::pg::subtransaction::undone(|| {
                let real = answer(&told, false);
                Ok((real, tree()))
            });
            let (real, tree) = real.unwrap();
            for key in ["inserted", "updated", "unchanged", "rejected"] {
                assert_eq!(real[key], rehearsed[key], "{key} {told}");
            }
            assert_eq!(tree, expected, "{told}");
        }
    }

    #[pg_test]
    fn two_change_places() {
        staffed_world();
        chain(&["P", "C"]);
        same_in_every_order(&[row("P", Some("C")), row("C", None)], &[], &["C P 1"]);
    }

    #[pg_test]
    fn three_go_round() {
        staffed_world();
        chain(&["A", "B", "C"]);
        same_in_every_order(
            &[row("A", Some("C")), row("B", Some("A")), row("C", None)],
            &[],
            &["A B 2", "C A 1"],
        );
    }

    #[pg_test]
    fn a_circle_is_refused_whole_and_nothing_else() {
        staffed_world();
        chain(&["A", "B"]);
        same_in_every_order(
            &[
                row("A", Some("B")),
                row("X", Some("Y")),
                row("Y", Some("X")),
                row("Z", Some("Z")),
                row("N", Some("A")),
                row("O", Some("X")),
            ],
            &["A", "O", "X", "Y", "Z"],
            &["A B 1", "A N 1"],
        );
    }

    #[pg_test]
    fn a_move_up_makes_room_for_what_is_new_below_it() {
        staffed_world();
        let names = (0..11).map(|it| format!("L{it:02}")).collect::<Vec<_>>();
        chain(&names.iter().map(String::as_str).collect::<Vec<_>>());
        same_in_every_order(
            &[
                row("L10", None),
                row("N1", Some("L10")),
                row("N2", Some("N1")),
            ],
            &[],
            &[
                "L00 L01 1",
                "L01 L02 2",
                "L02 L03 3",
                "L03 L04 4",
                "L04 L05 5",
                "L05 L06 6",
                "L06 L07 7",
                "L07 L08 8",
                "L08 L09 9",
                "L10 N1 1",
                "N1 N2 2",
            ],
        );
        let deep = answer(&json!([row("N", Some("L10")), row("M", Some("N"))]), true);
        assert_eq!(deep["rejected"].as_array().unwrap().len(), 2, "{deep}");
    }

    #[pg_test]
    fn a_good_row_below_a_bad_one_says_what_it_waits_for() {
        staffed_world();
        same_in_every_order(
            &[
                json!({ "external_id": "U", "name": "U", "csm": "nobody@one.test" }),
                row("V", Some("U")),
                row("W", Some("BAD")),
                row("K", None),
            ],
            &["U", "V", "W"],
            &[],
        );
    }

    #[pg_test]
    fn an_id_that_stands_twice_is_written_by_none() {
        staffed_world();
        let before = traces();
        let twice = json!([
            row("T", None), { "external_id": "T ", "name": "Other" }, row("K", Some("T")),
            { "external_id": 5, "name": "Five" }, { "external_id": "5", "name": "Cinq" }
        ]);
        let told = answer(&twice, false);
        let reasons = told["rejected"].as_array().unwrap().iter();
        let reasons =
            reasons.map(|it| format!("{} {}", it["index"], it["field"].as_str().unwrap()));
        assert_eq!(
            reasons.collect::<Vec<_>>(),
            [
                "0 external_id",
                "1 external_id",
                "2 parent_external_id",
                "3 external_id",
                "4 external_id"
            ]
        );
        assert_eq!(told["inserted"], 0);
        assert_eq!(traces(), before);
    }
}

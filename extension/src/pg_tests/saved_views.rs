//! What a person keeps of the pages: views under a name, shared or not, and preferences.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, staff};
    use crate::pg_tests::{fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn save(view: &str) -> String {
        format!("select cs.save_view('{view}')")
    }

    const SEEN: &str = "select name from cs.saved_views order by name";

    #[pg_test]
    fn a_private_view_is_its_owners_and_a_shared_one_everybodys() {
        staff();
        for (email, name, shared) in [
            ("vera@one.test", "Veras", false),
            ("cleo@one.test", "Cleos", false),
            ("paul@one.test", "Pauls", true),
            ("ben@two.test", "Bens", false),
        ] {
            act_as(email);
            run(&save(&format!(
                r#"{{"page": "accounts", "name": "{name}", "is_shared": {shared}}}"#
            )));
        }
        assert_eq!(lines(SEEN), ["Bens"]);
        for (email, seen) in [
            ("vera@one.test", vec!["Pauls", "Veras"]),
            ("cleo@one.test", vec!["Cleos", "Pauls"]),
            ("ada@one.test", vec!["Pauls"]),
        ] {
            act_as(email);
            assert_eq!(lines(SEEN), seen, "{email}");
        }
        for email in ["vera@one.test", "cleo@one.test"] {
            act_as(email);
            let share = save(r#"{"page": "accounts", "name": "Ours", "is_shared": true}"#);
            assert_eq!(
                fails_with(&share),
                "42501 your role may not share views",
                "{email}"
            );
            let mine =
                "update cs.saved_views set is_shared = true where owner_id = cs.current_user_id()";
            assert_eq!(
                fails_with(mine),
                "42501 your role may not share views",
                "{email}"
            );
        }
    }

    #[pg_test]
    fn a_view_is_changed_by_its_owner_who_saw_it() {
        staff();
        act_as("paul@one.test");
        run(&save(
            r#"{"page": "accounts", "name": "Risky", "is_shared": true, "settings": {"sort": "arr.desc"},
            "criteria": {"field": "stage", "op": "eq", "value": "renewal"}}"#,
        ));
        assert_eq!(
            lines(
                "select (criteria ->> 'value' = stage.id::text)::text from cs.saved_views
                   join cs.journey_stages as stage on stage.name = 'Renewal'"
            ),
            ["true"]
        );
        let change = |rest: &str, version: &str| {
            format!(
                "select cs.save_view(jsonb_build_object('id', (select id from cs.saved_views where name = 'Risky')) || '{rest}', {version})"
            )
        };
        run(&change(r#"{"settings": {"sort": "name.asc"}}"#, "1"));
        assert_eq!(
            text("select version || (settings ->> 'sort') || (criteria is not null) from cs.saved_views").as_deref(),
            Some("2name.asctrue")
        );
        assert_eq!(
            fails_with(&change(r#"{"name": "Other"}"#, "1")),
            "27000 this view has changed since you last saw it"
        );
        run(&change(r#"{"criteria": null}"#, "null"));
        assert_eq!(
            number("select count(*) from cs.saved_views where criteria is null"),
            1
        );
        run(&save(r#"{"page": "journey", "name": "risky"}"#));
        for (view, expected) in [
            (
                r#"{"page": "accounts", "name": "RISKY"}"#,
                "23505 you already have a view with this name",
            ),
            (r#"{"name": "x"}"#, "22023 view.page must be given"),
            (
                r#"{"page": "accounts", "name": " "}"#,
                "22023 a view needs a name of at most 100 characters",
            ),
            (
                r#"{"page": "A b", "name": "x"}"#,
                "22023 \"A b\" is not a valid page name",
            ),
            (
                r#"{"page": "accounts", "name": "x", "settings": []}"#,
                "22023 settings must be a JSON object",
            ),
            (
                r#"{"page": "accounts", "name": "x", "owner": 1}"#,
                "22023 view has no key \"owner\"",
            ),
            (
                r#"{"id": "00000000-0000-0000-0000-000000000000"}"#,
                "P0002 no such view",
            ),
        ] {
            assert_eq!(fails_with(&save(view)), expected, "{view}");
        }
        let wrong = save(
            r#"{"page": "accounts", "name": "x", "criteria": {"field": "nothing", "op": "eq", "value": 1}}"#,
        );
        assert!(fails_with(&wrong).starts_with("22023"));
        let large = "select cs.save_view(jsonb_build_object('page', 'accounts', 'name', 'x', 'settings', jsonb_build_object('a', repeat('x', 65536))))";
        assert_eq!(fails_with(large), "22023 settings must not exceed 64 kB");
        act_as("ada@one.test");
        assert_eq!(
            fails_with(&change(r#"{"name": "Mine"}"#, "null")),
            "42501 only its owner may change a view"
        );
    }

    #[pg_test]
    fn a_shared_view_is_deleted_by_its_owner_or_an_admin() {
        staff();
        act_as("paul@one.test");
        for (name, shared) in [("A", true), ("B", true), ("C", false)] {
            run(&save(&format!(
                r#"{{"page": "accounts", "name": "{name}", "is_shared": {shared}}}"#
            )));
        }
        run("reset role");
        run("insert into ids select name, id from cs.saved_views");
        let delete = |name: &str| {
            format!(
                "select cs.delete_view({})",
                crate::pg_tests::activities::tests::id(name)
            )
        };
        for (email, expected) in [
            (
                "vera@one.test",
                "42501 your role may not delete the views of others",
            ),
            ("ben@two.test", "P0002 no such view"),
        ] {
            act_as(email);
            assert_eq!(fails_with(&delete("A")), expected, "{email}");
        }
        act_as("ada@one.test");
        assert_eq!(fails_with(&delete("C")), "P0002 no such view");
        run(&delete("A"));
        act_as("paul@one.test");
        run(&delete("B"));
        assert_eq!(lines(SEEN), ["C"]);
        assert_eq!(
            fails_with("select cs.delete_view(null)"),
            "P0002 no such view"
        );
    }

    #[pg_test]
    fn preferences_are_merged_and_nobody_elses() {
        staff();
        act_as("vera@one.test");
        assert_eq!(
            text("select cs.my_preferences()::text").as_deref(),
            Some("{}")
        );
        run(
            r#"select cs.save_preferences('{"theme": "dark", "list": {"density": "compact", "rows": 50}}')"#,
        );
        assert_eq!(
            text(r#"select cs.save_preferences('{"theme": null, "list": {"rows": 100}}')::text"#)
                .as_deref(),
            Some(r#"{"list": {"rows": 100, "density": "compact"}}"#)
        );
        assert_eq!(
            fails_with("select cs.save_preferences(jsonb_build_object('a', repeat('x', 16384)))"),
            "22023 preferences must not exceed 16 kB"
        );
        assert_eq!(
            fails_with("select cs.save_preferences('[]')"),
            "22023 change must be a JSON object"
        );
        act_as("ada@one.test");
        assert_eq!(
            text("select cs.my_preferences()::text").as_deref(),
            Some("{}")
        );
        assert_eq!(number("select count(*) from cs.user_preferences"), 0);
        run("reset role");
        run("set local app.current_user_id = ''");
        assert!(
            fails_with("select cs.save_preferences('{}')")
                .starts_with("42501 preferences belong to a person")
        );
        assert!(
            fails_with(&save(r#"{"page": "accounts", "name": "x"}"#))
                .starts_with("42501 a view belongs to a person")
        );
    }
}

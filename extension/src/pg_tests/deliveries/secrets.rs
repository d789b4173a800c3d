//! What signs deliveries, in which order they leave, and how often they are tried.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, staff};
    use crate::pg_tests::{detail_of, fails_with, lines, run, text};
    use pgrx::prelude::*;

    const DROP: &str = "(select id from cs.playbooks where name = 'Drop')";

    fn secrets() -> Vec<String> {
        lines(
            "select concat_ws(' ', webhook_secret, previous_secret, signing_changed_at is not null) from cs.playbooks where name = 'Drop'",
        )
    }

    #[pg_test]
    fn a_new_secret_is_shown_once_and_the_one_before_is_kept() {
        staff();
        let first = text("select webhook_secret from cs.playbooks where name = 'Drop'").unwrap();
        assert_eq!(secrets(), [format!("{first} f")]);
        let rotate = format!("select cs.rotate_webhook_secret({DROP})");
        act_as("paul@one.test");
        assert!(fails_with(&rotate).starts_with("42501"));
        act_as("ada@one.test");
        let second = text(&rotate).unwrap();
        assert!(second.starts_with("whsec_") && second != first);
        assert!(fails_with("select webhook_secret from cs.playbooks").starts_with("42501"));
        assert!(fails_with("select previous_secret from cs.playbooks").starts_with("42501"));
        assert!(fails_with("update cs.playbooks set previous_secret = null").starts_with("42501"));
        run("reset role");
        assert_eq!(secrets(), [format!("{second} {first} t")]);
        let kept = text("select signing_changed_at::text from cs.playbooks where name = 'Drop'");
        run(
            "update cs.playbooks set description = 'x', previous_secret = 'whsec_x', signing_changed_at = null",
        );
        assert_eq!(
            secrets(),
            [format!("{second} {first} t")],
            "a trigger keeps them"
        );
        assert_eq!(
            text("select signing_changed_at::text from cs.playbooks where name = 'Drop'"),
            kept
        );
        assert_eq!(
            fails_with("select cs.rotate_webhook_secret(gen_random_uuid())"),
            "P0002 no such playbook"
        );
    }

    /// However it is changed: what nobody may read is still written by who may.
    #[pg_test]
    fn a_secret_and_headers_can_be_saved_by_call() {
        staff();
        act_as("ada@one.test");
        let given = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        run(&format!(
            "select cs.save_playbook(jsonb_build_object('id', {DROP}, 'webhook_secret', '{given}', 'headers', '{{\"X-Team\": \"cs\"}}'::jsonb))"
        ));
        run("reset role");
        assert!(secrets()[0].starts_with(given), "{:?}", secrets());
        assert_eq!(
            text("select headers::text from cs.playbooks where name = 'Drop'").as_deref(),
            Some(r#"{"X-Team": "cs"}"#)
        );
        assert_eq!(
            text("select count(*)::text from cs.audit_log where audit_log::text like '%' || (select webhook_secret from cs.playbooks where name = 'Drop') || '%'").as_deref(),
            Some("0")
        );
    }

    #[pg_test]
    fn order_and_tries_are_saved_shown_and_versioned() {
        staff();
        act_as("ada@one.test");
        let shown = "select concat_ws(' ', is_ordered, max_attempts, version) from cs.playbook_overview where name = 'Drop'";
        assert_eq!(text(shown).as_deref(), Some("f 1"));
        let save = |change: &str| {
            format!("select cs.save_playbook(jsonb_build_object('id', {DROP}, {change}))")
        };
        run(&save("'is_ordered', true, 'max_attempts', 7"));
        assert_eq!(text(shown).as_deref(), Some("t 7 2"));
        assert_eq!(
            text(&format!("select concat_ws(' ', definition ->> 'is_ordered', definition ->> 'max_attempts') from cs.playbook_versions where playbook_id = {DROP} order by version desc limit 1")).as_deref(),
            Some("true 7")
        );
        run(&save("'max_attempts', null"));
        assert_eq!(text(shown).as_deref(), Some("t 3"));
        for wrong in ["0", "101"] {
            let save = save(&format!("'max_attempts', {wrong}"));
            assert_eq!(
                fails_with(&save),
                format!("22023 max_attempts must be from 1 to 100, not {wrong}")
            );
            assert_eq!(detail_of(&save), r#"22023 {"field":"max_attempts"}"#);
        }
        assert!(detail_of(&save("'is_ordered', 'yes'")).contains(r#""field":"is_ordered""#));
    }
}

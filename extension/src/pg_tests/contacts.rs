//! The people at a customer: who may see and edit them, and that one comes first.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, id, staffed_world, traces};
    use crate::pg_tests::{detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn save(account: &str, contact: &str) -> String {
        format!("select cs.save_contact({}, '{contact}')", id(account))
    }

    #[pg_test]
    fn a_contact_is_kept_changed_and_removed() {
        staffed_world();
        call_as("pia");
        let made = format!(
            "select concat_ws(' ', it ->> 'full_name', it ->> 'email', it ->> 'is_primary')
             from cs.save_contact({}, '{{\"full_name\": \"Zoe\", \"email\": \" zoe@first.test \", \"is_primary\": true, \"title\": \"COO\"}}') as it",
            id("First")
        );
        assert_eq!(text(&made).as_deref(), Some("Zoe zoe@first.test true"));
        run(&save(
            "First",
            r#"{"full_name": "Yan", "is_primary": true, "phone": "+49 1", "notes": "calls back"}"#,
        ));
        run(&save(
            "Second",
            r#"{"full_name": "Xi", "is_primary": true}"#,
        ));
        let listed = "select concat_ws(' ', full_name, title, is_primary) from cs.contacts order by full_name";
        assert_eq!(lines(listed), ["Xi t", "Yan t", "Zoe COO f"]);
        run(&format!(
            "select cs.save_contact({}, jsonb_build_object('id', (select id from cs.contacts where full_name = 'Zoe'),
                'is_primary', true, 'title', null))",
            id("First")
        ));
        assert_eq!(lines(listed), ["Xi t", "Yan f", "Zoe t"]);
        run("select cs.delete_contact((select id from cs.contacts where full_name = 'Zoe'))");
        assert_eq!(lines(listed), ["Xi t", "Yan f"]);
        run("reset role");
        assert_eq!(
            lines(
                "select action || ' ' || count(*) from cs.audit_log where table_name = 'contacts' group by action order by 1"
            ),
            ["delete 1", "insert 3", "update 3"]
        );
    }

    #[pg_test]
    fn a_contact_is_checked() {
        staffed_world();
        call_as("pia");
        run(&save("First", r#"{"full_name": "Zoe"}"#));
        let before = traces();
        call_as("pia");
        for (contact, field) in [
            ("{}", "full_name"),
            (r#"{"full_name": " "}"#, "full_name"),
            (r#"{"full_name": null}"#, "full_name"),
            (r#"{"full_name": "A", "email": "nobody"}"#, "email"),
            (r#"{"full_name": "A", "email": "a b@c.test"}"#, "email"),
            (r#"{"full_name": "A", "email": ""}"#, "email"),
            (r#"{"full_name": "A", "is_primary": "yes"}"#, "is_primary"),
            (r#"{"full_name": "A", "fax": "1"}"#, "fax"),
            ("[]", "contact"),
        ] {
            assert_eq!(
                detail_of(&save("First", contact)),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{contact}"
            );
        }
        assert_eq!(traces(), before);
    }

    #[pg_test]
    fn anyone_who_sees_or_edits_the_account_sees_or_edits_its_contacts() {
        staffed_world();
        call_as("ada");
        run(&save("First", r#"{"full_name": "Zoe"}"#));
        run(&save("Second", r#"{"full_name": "Yan"}"#));
        run(
            "reset role; create temp table people on commit drop as select full_name, id from cs.contacts; grant select on people to cs_member",
        );
        let before = traces();
        let of = |name: &str| format!("(select id from pg_temp.people where full_name = '{name}')");
        for (nick, seen) in [("vic", 2), ("cleo", 1), ("pia", 2)] {
            call_as(nick);
            assert_eq!(number("select count(*) from cs.contacts"), seen, "{nick}");
        }
        for nick in ["vic", "cleo"] {
            call_as(nick);
            let remove = format!("select cs.delete_contact({})", of("Zoe"));
            for call in [save("First", r#"{"full_name": "A"}"#), remove] {
                assert_eq!(
                    fails_with(&call),
                    "42501 your role may not edit or share accounts",
                    "{nick} {call}"
                );
            }
            assert_eq!(
                fails_with("delete from cs.contacts"),
                "42501 permission denied for table contacts"
            );
            assert!(
                fails_with(&format!(
                    "insert into cs.contacts (account_id, full_name) values ({}, 'A')",
                    id("First")
                ))
                .starts_with("42501")
            );
        }
        call_as("cleo");
        for unseen in [of("Yan"), "gen_random_uuid()".into(), "null".into()] {
            assert_eq!(
                fails_with(&format!("select cs.delete_contact({unseen})")),
                "P0002 no such contact"
            );
        }
        call_as("pia");
        for account in ["Other", "nobody"] {
            assert_eq!(
                fails_with(&save(account, r#"{"full_name": "A"}"#)),
                "P0002 no such account"
            );
        }
        // A contact of another account is not one of this account's.
        let stray = format!(
            "select cs.save_contact({}, jsonb_build_object('id', {}, 'full_name', 'A'))",
            id("First"),
            of("Yan")
        );
        assert_eq!(fails_with(&stray), "P0002 no such contact");
        run("reset role");
        crate::pg_tests::become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(
            fails_with(&format!("select cs.delete_contact({})", of("Zoe"))),
            "P0002 no such contact"
        );
        assert_eq!(number("select count(*) from cs.contacts"), 0);
        assert_eq!(traces(), before);
    }
}

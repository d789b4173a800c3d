//! What is collected for live clients, statement by statement; sending it is tested from outside, since nothing commits here.

#[pgrx::pg_schema]
mod tests {
    use crate::live_events::take_payloads;
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, run, text};
    use pgrx::prelude::*;
    use serde_json::Value;

    fn world() {
        run(WORLD);
        take_payloads();
    }

    /// Topic and number of ids (`all` where none is named) of what would be sent; nothing of it is left.
    fn notices() -> Vec<String> {
        let mut notices: Vec<String> = take_payloads()
            .iter()
            .map(|payload| {
                let notice: Value = serde_json::from_str(payload).unwrap();
                let topic = notice["topic"].as_str().unwrap_or("everything").to_owned();
                match notice["ids"].as_array() {
                    Some(ids) => format!("{topic} {}", ids.len()),
                    None => format!("{topic} all"),
                }
            })
            .collect();
        notices.sort();
        notices
    }

    const MOVE: &str = "update cs.accounts set current_stage = 'Adoption' where name = 'First'";

    #[pg_test]
    fn a_move_is_announced_by_topic_with_actor_and_client() {
        world();
        become_person("ada@one.test");
        run("select set_config('app.client_id', '00000000-0000-0000-0000-00000000000c', true)");
        run(MOVE);
        let payloads = take_payloads();
        let notice: Value = serde_json::from_str(
            payloads
                .iter()
                .find(|it| it.contains("\"journey\""))
                .unwrap(),
        )
        .unwrap();
        let ids = |query: &str| text(query).unwrap();
        assert_eq!(
            notice["tenant"],
            ids("select id::text from cs.tenants where slug = 'one'")
        );
        assert_eq!(
            notice["ids"][0],
            ids("select id::text from cs.accounts where name = 'First'")
        );
        assert_eq!(
            notice["actor"],
            ids("select id::text from cs.users where email = 'ada@one.test'")
        );
        assert_eq!(notice["client"], "00000000-0000-0000-0000-00000000000c");
    }

    #[pg_test]
    fn topics_of_a_move_and_of_a_score() {
        world();
        run(MOVE);
        assert_eq!(
            notices(),
            ["accounts 1", "journey 1", "runs 1", "webhooks 1"]
        );
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 70 from cs.accounts where name in ('First', 'Second')",
        );
        assert_eq!(notices(), ["health 2"]);
        run("update cs.accounts set name = name where false");
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select tenant_id, id, 'logins', 1 from cs.accounts",
        );
        assert!(notices().is_empty());
        run("delete from cs.health_scores");
        assert_eq!(notices(), ["health 2"]);
    }

    #[pg_test]
    fn many_ids_are_all_of_the_topic_in_each_tenant() {
        world();
        run("insert into cs.accounts (tenant_id, name)
             select tenant.id, 'n' || n from cs.tenants as tenant, generate_series(1, 60) as n
             where tenant.slug = 'one' or n <= 50");
        let notices = notices();
        assert!(notices.contains(&"accounts all".to_owned()), "{notices:?}");
        assert!(notices.contains(&"accounts 50".to_owned()), "{notices:?}");
        assert!(notices.contains(&"journey all".to_owned()), "{notices:?}");
    }

    #[pg_test]
    fn a_rolled_back_subtransaction_announces_nothing_and_a_committed_one_does() {
        world();
        run("do $do$ begin
                begin
                    update cs.journey_stages set target_duration_days = 7;
                    begin
                        update cs.playbooks set description = 'x';
                    exception when others then raise;
                    end;
                    raise 'back';
                exception when raise_exception then null;
                end;
                begin
                    update cs.tenants set name = 'Uno' where slug = 'one';
                exception when others then raise;
                end;
             end $do$");
        assert_eq!(notices(), ["tenant 1"]);
    }

    #[pg_test]
    fn a_person_who_gets_or_loses_an_account_reads_everything_again() {
        world();
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'ada@one.test') where name = 'First'",
        );
        assert_eq!(notices(), ["access 1", "accounts 1"]);
        run("update cs.accounts set crm_attributes = '{\"arr\": 5}' where name = 'First'");
        assert_eq!(notices(), ["accounts 1", "revenue 1"]);
        run("update cs.accounts set csm_id = null where name = 'First'");
        assert_eq!(notices(), ["access 1", "accounts 1"]);
    }

    #[pg_test]
    fn people_and_sessions_are_announced() {
        world();
        run("update cs.profiles set role = 'Viewer' where full_name = 'Ada'");
        assert_eq!(notices(), ["people 1", "sessions 1"]);
        run(
            "select cs.end_session(cs.open_session(id)) from cs.users where email = 'ben@two.test'",
        );
        assert_eq!(notices(), ["sessions 1"]);
    }

    #[pg_test]
    fn a_restore_announces_nothing() {
        world();
        run("set local row_security = off");
        run("update cs.tenants set name = 'Uno' where slug = 'one'");
        assert!(notices().is_empty());
    }

    #[pg_test]
    fn topics_follow_the_role() {
        world();
        let topics = "select topic || case when by_account then ' by account' else '' end from cs.event_topics()";
        become_person("ada@one.test");
        assert_eq!(lines(topics).len(), 14);
        assert!(!lines(topics).join(" ").contains("by account"));
        become_person("ben@two.test");
        let viewer = lines(topics);
        assert!(!viewer.contains(&"webhooks".to_owned()), "{viewer:?}");
        assert!(viewer.contains(&"accounts".to_owned()), "{viewer:?}");
        run("update cs.profiles set role = 'Contributor' where full_name = 'Ben'");
        let contributor = lines(topics);
        assert!(
            contributor.contains(&"health by account".to_owned()),
            "{contributor:?}"
        );
        assert!(
            contributor.contains(&"stages".to_owned()),
            "{contributor:?}"
        );
        run("select set_config('app.current_user_id', '', true)");
        assert!(lines(topics).is_empty());
    }

    #[pg_test]
    fn only_the_gateway_listens_and_no_one_reads_the_name() {
        world();
        run("set local role cs_gateway");
        assert_eq!(fails_with("select cs.listen_to_events()"), "nothing");
        assert!(fails_with("select name from cs.event_channel").starts_with("42501"));
        run("set local role cs_member");
        assert!(fails_with("select cs.listen_to_events()").starts_with("42501"));
        assert!(fails_with("select name from cs.event_channel").starts_with("42501"));
        run("set local role cs_worker");
        assert!(fails_with("select name from cs.event_channel").starts_with("42501"));
    }
}

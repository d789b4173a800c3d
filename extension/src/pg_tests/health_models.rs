//! The model of a tenant: previewed, published, refused, and what it does to all scores.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{
        complaint, daily, drops, health_world, import, refresh_all, scores,
    };
    use crate::pg_tests::{become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    const PUBLISHED: &str = "select concat_ws('|', version, weights, thresholds, targets,
             case when caps::text like '%best quarter%' then 'the first four' else caps::text end,
             key_features, feature_aliases, quiet_periods)
        from cs.health_models as model join cs.tenants as tenant on tenant.id = model.tenant_id
        where slug = 'one' order by version";
    const FIRST_MODEL: &str = r#"1|{"usage": 25, "support": 25, "adoption": 25, "engagement": 25}|{"healthy": 80, "critical": 40}|{"logins": 40, "api_calls": 500, "feature_usage": 100}|the first four|[]|{}|[]"#;

    /// Ada publishes.
    fn publish(model: &str) -> i64 {
        become_person("ada@one.test");
        run("set local role cs_member");
        let version = number(&format!("select cs.publish_health_model('{model}')::int8"));
        run("reset role");
        version
    }

    /// A dozen accounts of all kinds, scored under the first model.
    fn dozen() {
        health_world();
        run(
            "insert into cs.accounts (tenant_id, name, crm_attributes)
             select id, account, jsonb_build_object('seats', 3, 'industry', case when account like 'Capped%' then 'Retail' end)
             from cs.tenants, unnest('{Silent, Calling, Young, Falling, Capped, Paused, Lost, Lost import, Import,
                 Overridden, Overridden import, Overridden nothing, Nothing}'::text[]) as it (account)
             where slug = 'one'",
        );
        run(
            "insert into pg_temp.ids select name, tenant_id, id from cs.accounts
             where name not in (select name from pg_temp.ids)",
        );
        for account in [
            "Capped",
            "Paused",
            "Lost",
            "Lost import",
            "Import",
            "Overridden",
            "Overridden import",
        ] {
            daily(account, "logins", "1", 100, 0);
            daily(account, "feature_usage", "2.5", 60, 0);
        }
        daily("Silent", "logins", "2", 100, 40);
        daily("Calling", "api_calls", "9", 90, 0);
        daily("Young", "logins", "1", 4, 0);
        daily(
            "Falling",
            "logins",
            "case when day < 30 then 0.4 else 3 end",
            110,
            9,
        );
        for account in ["Lost import", "Import", "Overridden import"] {
            import(account, 66);
        }
        refresh_all();
        for account in ["Overridden", "Overridden import", "Overridden nothing"] {
            run(&format!(
                "select cs.set_health_override(id, 41, 'because') from pg_temp.ids where name = '{account}'"
            ));
        }
        run("update cs.accounts set status = 'Churned' where name like 'Lost%'");
        run("update cs.accounts set status = 'Paused' where name = 'Paused'");
        run(
            "delete from cs.playbook_executions; delete from cs.webhook_queue; delete from cs.health_dirty",
        );
    }

    const STANDING: &str = "select concat_ws(' ', account.name, coalesce(score.overall_score::text, '-'), score.risk_level)
        from cs.accounts as account
        left join cs.health_scores as score on score.account_id = account.id and score.is_current
        where account.name <> 'Other' order by account.name";

    #[pg_test]
    fn a_tenant_starts_with_the_first_model_written_out() {
        health_world();
        assert_eq!(lines(PUBLISHED), [FIRST_MODEL]);
    }

    #[pg_test]
    fn a_change_is_merged_and_null_goes_back_to_the_default() {
        health_world();
        assert_eq!(
            publish(
                r#"{"weights": {"usage": 40.5}, "targets": {"logins": 10}, "key_features": ["export"]}"#
            ),
            2
        );
        assert_eq!(
            publish(
                r#"{"weights": {"support": 0}, "thresholds": {"healthy": 75}, "targets": null}"#
            ),
            3
        );
        assert_eq!(
            publish(r#"{"weights": {"usage": null}, "key_features": null}"#),
            4
        );
        assert_eq!(
            lines(PUBLISHED)[1..],
            [
                r#"2|{"usage": 40.5, "support": 25, "adoption": 25, "engagement": 25}|{"healthy": 80, "critical": 40}|{"logins": 10, "api_calls": 500, "feature_usage": 100}|the first four|["export"]|{}|[]"#,
                r#"3|{"usage": 40.5, "support": 0, "adoption": 25, "engagement": 25}|{"healthy": 75, "critical": 40}|{"logins": 40, "api_calls": 500, "feature_usage": 100}|the first four|["export"]|{}|[]"#,
                r#"4|{"usage": 25, "support": 0, "adoption": 25, "engagement": 25}|{"healthy": 75, "critical": 40}|{"logins": 40, "api_calls": 500, "feature_usage": 100}|the first four|[]|{}|[]"#,
            ]
        );
        assert_eq!(
            text(
                "select email from cs.health_models as model join cs.users as person on person.id = created_by where version = 4"
            ),
            Some("ada@one.test".into())
        );
    }

    #[pg_test]
    fn what_makes_no_sense_is_refused_with_its_place_and_leaves_nothing() {
        health_world();
        become_person("ada@one.test");
        run("set local role cs_member");
        for (model, field) in [
            ("[]", "model"),
            ("7", "model"),
            (r#"{"wieghts": {}}"#, "model.wieghts"),
            (r#"{"weights": []}"#, "weights"),
            (r#"{"weights": {"usage": -1}}"#, "weights.usage"),
            (r#"{"weights": {"usage": "9"}}"#, "weights.usage"),
            (r#"{"weights": {"usage": 1e300}}"#, "weights.usage"),
            (r#"{"weights": {"luck": 1}}"#, "weights.luck"),
            (
                r#"{"weights": {"usage": 0, "engagement": 0, "support": 0, "adoption": 0}}"#,
                "weights",
            ),
            (r#"{"thresholds": {"healthy": 40}}"#, "thresholds.critical"),
            (r#"{"thresholds": {"healthy": 70.5}}"#, "thresholds.healthy"),
            (r#"{"thresholds": {"critical": 0}}"#, "thresholds.critical"),
            (r#"{"targets": {"logins": 0}}"#, "targets.logins"),
            (
                r#"{"targets": {"support_tickets": 9}}"#,
                "targets.support_tickets",
            ),
            (r#"{"caps": {}}"#, "caps"),
            (r#"{"caps": [5]}"#, "caps[0]"),
            (r#"{"caps": [{"max": 5, "reason": "x"}]}"#, "caps[0].when"),
            (
                r#"{"caps": [{"when": {"field": "moon", "op": "eq", "value": 1}, "max": 5, "reason": "x"}]}"#,
                "caps[0].when.field",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 5, "reason": "x"}, {"when": {"all": [{"field": "stage", "op": "eq", "value": "Nowhere"}]}, "max": 5, "reason": "x"}]}"#,
                "caps[1].when.all[0].value",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 500, "reason": "x"}]}"#,
                "caps[0].max",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 5, "reason": " "}]}"#,
                "caps[0].reason",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 5, "reason": "x", "min": 1}]}"#,
                "caps[0].min",
            ),
            (r#"{"key_features": "export"}"#, "key_features"),
            (r#"{"key_features": ["a", "b", "a"]}"#, "key_features[2]"),
            (r#"{"key_features": [1]}"#, "key_features[0]"),
            (
                r#"{"caps": [{"when": {"all": []}, "max": "healthy", "reason": "x"}]}"#,
                "caps[0].max",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 5, "reason": "{moon}"}]}"#,
                "caps[0].reason",
            ),
            (
                r#"{"caps": [{"when": {"all": []}, "max": 5, "reason": "x", "is_active": 1}]}"#,
                "caps[0].is_active",
            ),
            (r#"{"feature_aliases": {"a": "a"}}"#, "feature_aliases.a"),
            (
                r#"{"quiet_periods": [{"from": "2026-01-02", "to": "2026-01-01"}]}"#,
                "quiet_periods[0].to",
            ),
            (
                r#"{"quiet_periods": [{"from": "2026-01-01", "to": "2026-03-31"}]}"#,
                "quiet_periods",
            ),
        ] {
            for call in ["publish", "preview"] {
                let said = complaint(&format!("select cs.{call}_health_model('{model}')"));
                assert!(said.starts_with("22023|"), "{model}: {said}");
                assert!(
                    said.contains(&format!(r#"{{"field":"{field}"}}"#)),
                    "{model}: {said}"
                );
            }
        }
        assert!(complaint("select cs.publish_health_model(null)").starts_with("22023|"));
        assert_eq!(lines(PUBLISHED), [FIRST_MODEL]);
    }

    #[pg_test]
    fn publishing_over_an_older_version_is_refused() {
        health_world();
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(number("select cs.publish_health_model('{}', 1)::int8"), 2);
        let said = complaint("select cs.publish_health_model('{}', 1)");
        assert!(
            said.starts_with(r#"27000|the health model has changed: version 2 is in force|{"current":{"version":2}}|"#),
            "{said}"
        );
        assert_eq!(number("select cs.publish_health_model('{}', 2)::int8"), 3);
    }

    #[pg_test]
    fn a_published_model_is_never_edited() {
        health_world();
        for column in ["weights", "thresholds", "targets", "key_features", "caps"] {
            assert_eq!(
                fails_with(&format!(
                    "update cs.health_models set {column} = '{{\"usage\": 1}}'"
                )),
                "42501 a published health model is never edited",
                "{column}"
            );
        }
        assert_eq!(
            fails_with("update cs.health_models set version = version + 10"),
            "42501 a published health model is never edited"
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        for statement in [
            "update cs.health_models set weights = '{}'",
            "delete from cs.health_models",
            "insert into cs.health_models (weights) values ('{}')",
            "update cs.health_overrides set score = 1",
            "delete from cs.health_dirty",
            "select from cs.health_passes",
        ] {
            assert!(
                fails_with(statement).starts_with("42501 permission denied"),
                "{statement}"
            );
        }
    }

    #[pg_test]
    fn a_bare_insert_is_checked_numbered_and_written_out() {
        health_world();
        let insert = |model: &str| {
            format!(
                "insert into cs.health_models (tenant_id, weights, thresholds)
                     select id, {model} from cs.tenants where slug = 'one'"
            )
        };
        run(&insert(r#"'{"usage": 50}', '{"critical": 30}'"#));
        assert_eq!(
            lines(PUBLISHED)[1],
            r#"2|{"usage": 50, "support": 25, "adoption": 25, "engagement": 25}|{"healthy": 80, "critical": 30}|{"logins": 40, "api_calls": 500, "feature_usage": 100}|the first four|[]|{}|[]"#
        );
        assert_eq!(
            fails_with(&insert(r#"'{"usage": -50}', '{}'"#)),
            "22023 weights.usage must be a number from 0"
        );
    }

    #[pg_test]
    fn a_preview_shows_what_publishing_does_for_every_kind_of_account() {
        dozen();
        for (model, fresh) in [
            (
                r#"{"weights": {"usage": 90, "adoption": 3}, "thresholds": {"healthy": 95, "critical": 60}}"#,
                false,
            ),
            (
                r#"{"caps": [{"when": {"field": "industry", "op": "eq", "value": "Retail"}, "max": 35, "reason": "Retail"}]}"#,
                true,
            ),
            (
                r#"{"targets": {"logins": 4000, "feature_usage": 7}, "key_features": ["export", "never used"]}"#,
                false,
            ),
            (
                r#"{"weights": {"usage": 0, "engagement": 1, "adoption": 0, "support": 0}, "thresholds": {"critical": 10, "healthy": 20}}"#,
                true,
            ),
        ] {
            if fresh {
                // Usage that has not been computed yet.
                daily("Falling", "logins", "1", 5, 0);
                daily("Nothing", "logins", "1", 20, 0);
            }
            become_person("ada@one.test");
            run("set local role cs_member");
            let before = lines(STANDING);
            assert_eq!(
                lines(&format!(
                    "select concat_ws(' ', account.name, coalesce(old_score::text, '-'), old_level)
                     from cs.preview_health_model('{model}') join cs.accounts as account on account.id = account_id order by account.name"
                )),
                before
            );
            let told = lines(&format!(
                "select concat_ws(' ', account.name, coalesce(new_score::text, '-'), new_level)
                 from cs.preview_health_model('{model}') join cs.accounts as account on account.id = account_id order by account.name"
            ));
            run(&format!("select cs.publish_health_model('{model}')"));
            assert_eq!(lines(STANDING), told, "{model}");
            assert_ne!(told, before, "{model}");
            run("reset role");
        }
        assert_eq!(
            lines(
                "select distinct coalesce(cause, '-') || ' ' || source from cs.health_scores
                 where model_version > 1 or cause = 'model' order by 1"
            ),
            ["model computed", "model imported", "model override"]
        );
        assert_eq!(drops(), Vec::<String>::new());
        assert_eq!(
            lines("select distinct overall_score::text from cs.health_scores as score join pg_temp.ids on ids.id = account_id
                   where name in ('Lost import', 'Import')"),
            ["66"]
        );
    }

    #[pg_test]
    fn publishing_fires_only_when_asked_to() {
        let model = r#"{"caps": [{"when": {"field": "name", "op": "eq", "value": "First"}, "max": 10, "reason": "x"}]}"#;
        dozen();
        publish(model);
        assert_eq!(drops(), Vec::<String>::new());
        assert_eq!(
            scores("First").last().map(String::as_str),
            Some("10 100 computed model current")
        );
        publish(r#"{"caps": null}"#);
        become_person("ada@one.test");
        run(&format!(
            "select cs.publish_health_model('{model}', null, true)"
        ));
        assert_eq!(drops(), ["First fired"]);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            1
        );
    }

    #[pg_test]
    fn an_older_version_is_restored_by_publishing_it_again() {
        dozen();
        publish(
            r#"{"weights": {"usage": 60}, "targets": {"logins": 300}, "key_features": ["export"],
                "caps": [{"when": {"field": "stage", "op": "eq", "value": "onboarding"}, "max": 30, "reason": "New"},
                         {"when": {"field": "csm", "op": "eq", "value": "con@one.test"}, "max": 50, "reason": "Con"}]}"#,
        );
        let second = lines(STANDING);
        publish(
            r#"{"weights": null, "targets": null, "caps": [], "key_features": [], "thresholds": {"healthy": 90}}"#,
        );
        assert_ne!(lines(STANDING), second);
        let old = text(
            "select jsonb_build_object('weights', weights, 'thresholds', thresholds, 'targets', targets, 'caps', caps,
                 'key_features', key_features, 'feature_aliases', feature_aliases, 'quiet_periods', quiet_periods)::text
             from cs.health_models where version = 2",
        )
        .unwrap();
        assert_eq!(publish(&old), 4);
        assert_eq!(lines(STANDING), second);
        let models = lines(PUBLISHED);
        assert_eq!(models[3].strip_prefix("4"), models[1].strip_prefix("2"));
    }

    #[pg_test]
    fn thresholds_move_levels_that_are_stored_and_asked_for() {
        health_world();
        import("Second", 75);
        refresh_all();
        assert_eq!(
            publish(r#"{"thresholds": {"healthy": 75, "critical": 74}}"#),
            2
        );
        assert_eq!(
            scores("Second"),
            ["75 - imported -", "75 75 imported model current"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', slug, cs.risk_level(75, id), cs.risk_level(74, id), cs.risk_level(73, id))
                 from cs.tenants order by slug"
            ),
            ["one Healthy At Risk Critical", "two At Risk At Risk At Risk"]
        );
        become_person("ada@one.test");
        assert_eq!(text("select cs.risk_level(75)"), Some("Healthy".into()));
        become_person("ben@two.test");
        run("set local role cs_member");
        // Bands of another tenant are not revealed.
        assert_eq!(
            text(
                "select cs.risk_level(75, (select tenant_id from pg_temp.ids where name = 'First'))"
            ),
            Some("At Risk".into())
        );
        run("reset role");
        import("Second", 74);
        assert_eq!(
            lines("select risk_level::text from cs.health_current where account_name = 'Second'"),
            ["At Risk"]
        );
    }

    #[pg_test]
    fn the_first_cap_that_matches_counts_and_the_raw_score_is_kept() {
        dozen();
        publish(
            r#"{"caps": [
                {"when": {"all": [{"field": "industry", "op": "eq", "value": "Retail"}, {"field": "logins_30d", "op": "lt", "value": 5}]}, "max": 1, "reason": "No logins"},
                {"when": {"field": "industry", "op": "eq", "value": "Retail"}, "max": 55, "reason": "Retail"},
                {"when": {"any": [{"field": "industry", "op": "eq", "value": "Retail"}, {"field": "csm", "op": "eq", "value": "Con"}]}, "max": 45, "reason": "Con"},
                {"when": {"field": "crm_attributes.seats", "op": "gte", "value": 0}, "max": 99, "reason": "Nobody is perfect"}]}"#,
        );
        assert_eq!(
            lines(
                "select concat_ws('|', account_name, overall_score, raw_score, cap_reason) from cs.health_current
                 where account_name in ('Capped', 'First') order by account_name"
            )
            .into_iter()
            .map(|line| line.replace(char::is_numeric, "#"))
            .collect::<Vec<_>>(),
            ["Capped|##|##|Retail", "First|##|###|Con"]
        );
        assert_eq!(
            lines(
                "select account_name || overall_score from cs.health_current where cap_reason in ('Con', 'Retail') order by 1"
            ),
            ["Capped55", "First45"]
        );
        assert_eq!(
            lines(
                "select person.email from cs.health_models as model
                 join cs.users as person on person.id::text = model.caps -> 2 -> 'when' -> 'any' -> 1 ->> 'value'
                 where version = 2"
            ),
            ["con@one.test"]
        );
    }

    #[pg_test]
    fn a_stage_in_a_cap_follows_its_rename() {
        health_world();
        publish(
            r#"{"caps": [{"when": {"field": "stage", "op": "eq", "value": "ONBOARDING"}, "max": 30, "reason": "New"}]}"#,
        );
        run("update cs.journey_stages set name = 'Welcome' where name = 'Onboarding'");
        refresh_all();
        assert_eq!(
            lines("select overall_score || cap_reason from cs.health_current"),
            ["30New"]
        );
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        crate::pg_tests::health::compute_marked_accounts();
        assert_eq!(
            lines(
                "select overall_score || coalesce(cap_reason, ' without cap') from cs.health_current"
            ),
            ["100 without cap"]
        );
    }

    #[pg_test]
    fn key_features_are_the_catalogue() {
        health_world();
        let adoption = "select adoption_score::text from pg_temp.ids, cs.compute_health(ids.id) where name = 'First'";
        assert_eq!(text(adoption), Some("100".into()));
        publish(r#"{"key_features": ["export", "audit", "sso", "api", "roles"]}"#);
        // One of five: a third of what gives 100, at half the weight.
        assert_eq!(text(adoption), Some("67".into()));
        assert_eq!(
            lines(
                "select reading from pg_temp.ids, cs.explain_health(ids.id)
                 where name = 'First' and component = 'adoption' and part = 'breadth'"
            ),
            ["20 % of 5 features in use; 60 % give 100; unused: api, audit, roles, sso"]
        );
    }
}

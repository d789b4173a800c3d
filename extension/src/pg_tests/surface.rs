//! What a reader comes across: refusals, descriptions, an installer that can be repeated.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, staff};
    use crate::pg_tests::{WORLD, fails_with, lines, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn bad_input_is_refused_in_the_words_of_the_reader() {
        run(WORLD);
        for (statement, expected) in [
            (
                "update cs.accounts set current_stage = 'Nowhere'",
                "22023 there is no stage \"Nowhere\"",
            ),
            (
                "update cs.accounts set crm_attributes = '{\"arr\": \"a lot\"}'",
                "22023 crm_attributes.arr must be a number of at least 0, not \"a lot\"",
            ),
            (
                "update cs.journey_stages set color_hex = 'red'",
                "22023 \"red\" is not a valid colour",
            ),
            (
                "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 101 from cs.accounts",
                "22023 overall_score must be from 0 to 100, not 101",
            ),
            (
                "update cs.tenants set settings = '{\"colour\": 1}'",
                "22023 settings has no key \"colour\"",
            ),
            (
                "update cs.playbooks set webhook_url = 'ftp://receiver.test/'",
                "22023 a webhook is sent by http or https, not by ftp",
            ),
            (
                "select cs.risk_level(101)",
                "22023 score must be from 0 to 100, not 101",
            ),
            (
                "select cs.check_session(gen_random_uuid())",
                "28000 the session has ended",
            ),
        ] {
            assert_eq!(fails_with(statement), expected, "{statement}");
        }
    }

    /// A broken expectation of the extension is an error of class XX; NULL and huge numbers are the caller's doing, and are
    /// answered or refused.
    #[pg_test]
    fn odd_arguments_are_never_an_internal_error() {
        staff();
        act_as("ada@one.test");
        for role in ["cs_member", "cs_gateway"] {
            run("reset role");
            let calls = format!(
                "select format('select cs.%I(%s)', native.proname, argument.odd)
                 from pg_proc as native
                 cross join (values ('null'), ('{{\"all\": 1e400}}'), ('1.8e308')) as json (odd)
                 cross join lateral (
                    select string_agg(
                        case
                            when json.odd = 'null' then format('null::%s', type::regtype)
                            when type = 'jsonb'::regtype then format('%L::jsonb', json.odd)
                            when type = 'text'::regtype then '''odd'''
                            else format('null::%s', type::regtype)
                        end,
                        ', ' order by place
                    ) as odd
                    from unnest(native.proargtypes::oid[]) with ordinality as it (type, place)
                 ) as argument
                 where native.pronamespace = 'cs'::regnamespace and native.prokind = 'f' and argument.odd is not null
                    and native.prorettype <> 'trigger'::regtype and has_function_privilege('{role}', native.oid, 'execute')"
            );
            let calls = lines(&calls);
            assert!(calls.len() > 9, "{calls:?}");
            run(&format!("set local role {role}"));
            for call in calls {
                let undone = format!(
                    "do $call$ begin perform count(*) from ({call}) as it; raise exception 'answered'; end $call$"
                );
                let complaint = fails_with(&undone);
                assert!(!complaint.starts_with("XX"), "{call}: {complaint}");
                assert_ne!(complaint, "nothing", "{call}");
            }
        }
        for (call, expected) in [
            (
                "select cs.create_api_token(null)",
                "22023 name must be given",
            ),
            ("select cs.deactivate_member(null)", "P0002 no such member"),
        ] {
            act_as("ada@one.test");
            assert_eq!(fails_with(call), expected, "{call}");
        }
    }

    #[pg_test]
    fn installing_twice_changes_nothing() {
        let state = "select string_agg(file || hash || applied_at, ',' order by file) from cs.schema_versions";
        let before = text(state);
        run("select cs.install()");
        assert_eq!(text(state), before);
    }

    #[pg_test]
    fn every_native_function_is_described_and_none_is_public() {
        let natives = "from pg_proc as native join pg_depend as member on member.objid = native.oid and member.deptype = 'e'
                   where native.pronamespace = 'cs'::regnamespace";
        assert_eq!(
            lines(&format!(
                "select native.oid::regprocedure::text {natives} and obj_description(native.oid) is null"
            )),
            Vec::<String>::new()
        );
        assert_eq!(
            lines(&format!(
                "select native.oid::regprocedure::text {natives} and has_function_privilege('public', native.oid, 'execute')"
            )),
            Vec::<String>::new()
        );
    }
}

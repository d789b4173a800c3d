//! What is over is purged once its time has come; what is not over never is.

#[pgrx::pg_schema]
mod tests {
    use crate::deliveries::mark_overdue;
    use crate::deliveries::purge::{Ended, PurgeWalk, cutoff};
    use crate::pg_tests::deliveries::{delivery_of, two_deliveries};
    use crate::pg_tests::{lines, number, run};
    use pgrx::Uuid;
    use pgrx::datum::TimestampWithTimeZone;
    use pgrx::prelude::*;

    /// Rows of two playbooks, in every state, that were made so many days ago, and two tries of each.
    fn deliveries_of(days: i32) {
        run(&format!(
            "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, status, held, claim_token, created_at, processed_at)
             select playbook.tenant_id, playbook.id, account.id, jsonb_build_object('days', {days}), state.status::cs.webhook_status, state.held,
                case when state.status = 'processing' then gen_random_uuid() end, now() - {days} * interval '1 day',
                case when state.status in ('completed', 'failed') then now() - {days} * interval '1 day' end
             from cs.playbooks as playbook
             join cs.accounts as account on account.tenant_id = playbook.tenant_id and account.name = 'First'
             cross join (values ('completed', null), ('failed', null), ('pending', null), ('pending', 'playbook'), ('processing', null))
                as state (status, held)"
        ));
        run(&format!(
            "insert into cs.webhook_attempts (tenant_id, delivery_id, account_id, attempt)
             select tenant_id, id, account_id, n from cs.webhook_queue cross join generate_series(1, 2) as n
             where payload ->> 'days' = '{days}'"
        ));
    }

    /// Walks to the end in steps of this many; how many steps that took.
    fn purge(ended: Ended, since: TimestampWithTimeZone, most: i64) -> usize {
        let tenant = Spi::get_one::<Uuid>("select id from cs.tenants where slug = 'one'");
        let tenant = tenant.unwrap().unwrap();
        let Some(until) = cutoff(ended).unwrap() else {
            return 0;
        };
        let mut walk = Some(PurgeWalk::new(tenant, ended, since, until));
        let mut steps = 0;
        while let Some(it) = walk {
            walk = it.step(most).unwrap();
            steps += 1;
        }
        steps
    }

    fn left() -> Vec<String> {
        lines(
            "select concat_ws(' ', payload ->> 'days', delivery.status, count(distinct delivery.id), count(try.id))
             from cs.webhook_queue as delivery
             left join cs.webhook_attempts as try on try.delivery_id = delivery.id
             where payload ? 'days'
             group by (payload ->> 'days')::integer, payload ->> 'days', delivery.status
             order by (payload ->> 'days')::integer, delivery.status::text",
        )
    }

    fn everything() -> TimestampWithTimeZone {
        TimestampWithTimeZone::negative_infinity()
    }

    #[pg_test]
    fn each_kind_has_a_time_of_its_own_and_what_waits_stays() {
        two_deliveries();
        for days in [10, 100, 400] {
            deliveries_of(days);
        }
        let all = left();
        assert_eq!(all.len(), 12, "{all:?}");
        purge(Ended::Completed, everything(), 500);
        purge(Ended::Failed, everything(), 500);
        assert_eq!(
            left(),
            [
                "10 completed 2 4",
                "10 failed 2 4",
                "10 pending 4 8",
                "10 processing 2 4",
                "100 failed 2 4",
                "100 pending 4 8",
                "100 processing 2 4",
                "400 pending 4 8",
                "400 processing 2 4"
            ]
        );
        assert_eq!(
            number(
                "select count(*) from cs.webhook_attempts as try where not exists (select from cs.webhook_queue as it where it.id = try.delivery_id)"
            ),
            0
        );
    }

    #[pg_test]
    fn zero_keeps_for_ever_and_days_are_a_setting() {
        two_deliveries();
        deliveries_of(400);
        run("set local customer_success.webhook_retention_days = 0");
        assert_eq!(purge(Ended::Completed, everything(), 500), 0);
        run("set local customer_success.dead_letter_retention_days = 500");
        purge(Ended::Failed, everything(), 500);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ? 'days' and status in ('completed', 'failed')"
            ),
            4
        );
        run("set local customer_success.dead_letter_retention_days = 399");
        purge(Ended::Failed, everything(), 500);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ? 'days' and status in ('completed', 'failed')"
            ),
            2
        );
    }

    /// A step is bounded, rows made in the same moment included, and a walk that begins later leaves what came before it.
    #[pg_test]
    fn a_walk_goes_in_small_steps_from_where_the_last_one_ended() {
        two_deliveries();
        for _ in 0..7 {
            deliveries_of(400);
        }
        let since = Spi::get_one::<TimestampWithTimeZone>("select now() - interval '399 days'");
        purge(Ended::Completed, since.unwrap().unwrap(), 3);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ? 'days' and status = 'completed'"
            ),
            14
        );
        let steps = purge(Ended::Completed, everything(), 3);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ? 'days' and status = 'completed'"
            ),
            0
        );
        // Of two playbooks 35 rows each: at most three of them a step.
        assert!(steps > 23, "{steps}");
    }

    #[pg_test]
    fn a_purge_reads_by_the_index() {
        two_deliveries();
        deliveries_of(400);
        run("set local enable_seqscan = off");
        let plan = lines_of_plan();
        assert!(plan.contains("webhook_queue_playbook_idx"), "{plan}");
    }

    fn lines_of_plan() -> String {
        let query = "select delivery.id, delivery.created_at from cs.webhook_queue as delivery
             where delivery.tenant_id = (select tenant_id from cs.webhook_queue limit 1)
                and delivery.playbook_id = (select playbook_id from cs.webhook_queue limit 1)
                and delivery.created_at >= '-infinity' and delivery.created_at < now()
                and (delivery.created_at, delivery.id) > ('-infinity', '00000000-0000-0000-0000-000000000000')
             order by delivery.created_at, delivery.id limit 500";
        Spi::connect(|client| {
            let plan = client
                .select(&format!("explain {query}"), None, &[])
                .unwrap();
            plan.filter_map(|row| row.get::<String>(1).unwrap())
                .collect::<Vec<_>>()
                .join("\n")
        })
    }

    #[pg_test]
    fn what_is_due_and_free_is_overdue_after_ten_seconds() {
        two_deliveries();
        assert_eq!(mark_overdue().unwrap(), 0);
        run(&format!(
            "update cs.webhook_queue set run_at = now() - interval '11 seconds' where id = {}",
            delivery_of("First")
        ));
        assert_eq!(mark_overdue().unwrap(), 1);
        run("insert into cs.webhook_breakers (tenant_id, host, probe_at, failures)
             select distinct tenant_id, host, now() + interval '1 minute', 12 from cs.webhook_queue");
        assert_eq!(mark_overdue().unwrap(), 0, "its receiver is left alone");
        run("update cs.webhook_breakers set probe_at = now() - interval '1 minute'");
        assert_eq!(mark_overdue().unwrap(), 1);
        run("update cs.webhook_queue set held = 'tenant'");
        assert_eq!(mark_overdue().unwrap(), 0);
    }
}

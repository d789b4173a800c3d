-- The tries of the delivery that was given up, as they are spread over three days.
insert into cs.webhook_attempts (tenant_id, delivery_id, account_id, attempt, tried_at, response_status, error, duration_ms)
select
    delivery.tenant_id, delivery.id, delivery.account_id, try.attempt,
    delivery.processed_at - try.before, 503, 'the receiver answered 503', 100 + try.attempt
from cs.webhook_queue as delivery
join cs.tenants as tenant on tenant.id = delivery.tenant_id and tenant.slug = 'acme'
cross join (values
    (1, interval '75 h 35 min'), (2, interval '75 h 35 min'), (3, interval '75 h 30 min'), (4, interval '75 h'), (5, interval '73 h'),
    (6, interval '68 h'), (7, interval '58 h'), (8, interval '44 h'), (9, interval '24 h'), (10, interval '0')
) as try (attempt, before)
where delivery.status = 'failed'

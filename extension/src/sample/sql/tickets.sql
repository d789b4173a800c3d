-- Owns the support tickets of the three accounts. A line means tickets every few days, from the oldest to the
-- newest; csat values take turns.
with line (external_id, oldest, newest, every, hours, severity, csat) as (
    values
        ('GT-001', 248, 92, 4, 19, 'normal', array[4, null, 3, 4]),
        ('GT-001', 88, 32, 4, 8, 'normal', array[5, 4, null, 4]),
        ('GT-001', 24, 24, 1, 61, 'high', array[4]),
        ('GT-001', 22, 7, 3, 50, 'normal', array[5, 4, null, 4]),
        ('GT-002', 226, 162, 4, 20, 'normal', array[4, 3]),
        ('GT-002', 157, 106, 4, 44, 'normal', array[2, null, 3]),
        ('GT-002', 136, 112, 12, 61, 'urgent', array[1]),
        ('GT-002', 102, 34, 4, 52, 'normal', array[3, 4, null]),
        ('GT-002', 26, 26, 1, 55, 'high', array[3]),
        ('GT-002', 20, 2, 6, 51, 'normal', array[3, 2, 4, null]),
        ('TS-001', 247, 87, 8, 12, 'low', array[5, null]),
        ('TS-001', 243, 91, 4, 16, 'normal', array[4, 5, 4]),
        ('TS-001', 88, 33, 5, 20, 'normal', array[3, null, 2]),
        ('TS-001', 84, 54, 10, 47, 'high', array[null::integer]),
        ('TS-001', 24, 18, 6, 30, 'normal', array[3, 4]),
        ('TS-001', 9, 9, 1, 20, 'high', array[null::integer])
), ticket as (
    select
        account.tenant_id, account.id as account_id, line.severity, line.hours * interval '1 hour' as effort,
        format('%s-%s', line.external_id, 1000 - day) as ticket_id,
        now() - day * interval '24 hours' - interval '5 hours' as opened_at,
        line.csat[1 + (line.oldest - day) / line.every % cardinality(line.csat)] as csat,
        true as is_resolved
    from line
    join cs.tenants as tenant on tenant.slug = 'acme'
    join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = line.external_id
    cross join lateral generate_series(line.newest, line.oldest, line.every) as day
)

-- $1 tenant, $2 account, $3 milestone, $4 why it is waived; NULL: it is done.
insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, reason)
values ($1, $2, $3, case when $4 is null then 'done' else 'waived' end, $4)
on conflict do nothing

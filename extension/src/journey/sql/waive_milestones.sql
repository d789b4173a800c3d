-- $1 tenant, $2 account, $3 milestones, $4 why they are waived.
insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, reason)
select $1, $2, milestone_id, 'waived', $4 from unnest($3) as milestone_id
on conflict do nothing
returning milestone_id

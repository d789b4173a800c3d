-- $1 tenant, $2 milestone, $3 the accounts that meet its criteria.
insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, completed_by)
select $1, account.id, $2, 'done', null from unnest($3) as account (id) order by account.id
on conflict do nothing

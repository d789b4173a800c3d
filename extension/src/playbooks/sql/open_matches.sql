-- $1 tenants, $2 executions.
select
    execution.id as execution_id, execution.tenant_id, execution.account_id, execution.event,
    coalesce(execution.event ->> 'held_since', to_json(execution.executed_at) #>> '{}') as since,
    playbook.id, playbook.version, playbook.xmin::text::bigint as written_by,
    health.overall_score, health.risk_level::text, health.usage_score, health.engagement_score, health.support_score,
    health.adoption_score,
    coalesce(stage.id::text = execution.event ->> 'to_stage_id' and stay.entered_at <= execution.executed_at, false) as is_same_stay,
    jsonb_build_object(
        'name', account.name, 'external_id', account.external_id, 'parent', account.parent_id, 'csm', account.csm_id,
        'status', account.status, 'arr', account.arr, 'contract_end_date', account.contract_end_date,
        'industry', account.crm_attributes ->> 'industry', 'crm_attributes', account.crm_attributes
    ) as account
from cs.playbook_executions as execution
join cs.playbooks as playbook on playbook.tenant_id = execution.tenant_id and playbook.id = execution.playbook_id
join cs.accounts as account on account.tenant_id = execution.tenant_id and account.id = execution.account_id
join cs.tenants as tenant on tenant.id = execution.tenant_id
left join cs.health_scores as health
    on health.tenant_id = execution.tenant_id and health.account_id = execution.account_id and health.is_current
left join cs.counted_stays as stay
    on stay.tenant_id = execution.tenant_id and stay.account_id = execution.account_id and stay.exited_at is null
left join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
where (execution.tenant_id, execution.id) in (select * from unnest($1::uuid[], $2::uuid[]))
    and execution.is_open
    and playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
    and tenant.is_active
order by execution.account_id, execution.executed_at

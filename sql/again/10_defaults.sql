-- Owns the defaults that call native functions: ids, and the caller's tenant.

alter table cs.tenants alter column id set default cs.uuid_v7();
alter table cs.users alter column id set default cs.uuid_v7();
alter table cs.profiles alter column id set default cs.uuid_v7();
alter table cs.profiles alter column tenant_id set default cs.current_tenant_id();
alter table cs.sessions alter column id set default gen_random_uuid();
alter table cs.journey_stages alter column id set default cs.uuid_v7();
alter table cs.journey_stages alter column tenant_id set default cs.current_tenant_id();
alter table cs.accounts alter column id set default cs.uuid_v7();
alter table cs.accounts alter column tenant_id set default cs.current_tenant_id();
alter table cs.account_members alter column tenant_id set default cs.current_tenant_id();
alter table cs.journey_history alter column id set default cs.uuid_v7();
alter table cs.journey_history alter column tenant_id set default cs.current_tenant_id();
alter table cs.usage_metrics alter column id set default cs.uuid_v7();
alter table cs.usage_metrics alter column tenant_id set default cs.current_tenant_id();
alter table cs.health_scores alter column id set default cs.uuid_v7();
alter table cs.health_scores alter column tenant_id set default cs.current_tenant_id();
alter table cs.playbooks alter column id set default cs.uuid_v7();
alter table cs.playbooks alter column tenant_id set default cs.current_tenant_id();
alter table cs.playbook_executions alter column id set default cs.uuid_v7();
alter table cs.playbook_executions alter column tenant_id set default cs.current_tenant_id();
alter table cs.webhook_queue alter column id set default cs.uuid_v7();
alter table cs.webhook_queue alter column tenant_id set default cs.current_tenant_id();
alter table cs.webhook_queue alter column event_id set default cs.uuid_v7();

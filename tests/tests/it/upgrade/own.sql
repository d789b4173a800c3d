-- What a DBA made for themselves in the schema.
create policy of_the_dba on cs.accounts for select to pg_monitor using (status <> 'Churned');

create function public.count_contact() returns trigger language plpgsql as 'begin return null; end';
create trigger of_the_dba after insert on cs.contacts for each row execute function public.count_contact();

create index of_the_dba on cs.accounts (tenant_id, name);

create view cs.report_of_the_dba as select member.full_name from cs.members as member;

grant select on cs.renewals to pg_monitor;
grant execute on function cs.field_history(uuid, text) to pg_monitor;

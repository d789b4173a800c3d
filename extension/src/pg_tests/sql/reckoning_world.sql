-- A random tenant and what it was told to do, kept beside it in pg_temp, from which the reckoning starts. The setting
-- reckoning.zone is its time zone, reckoning.includes whether a parent's ARR includes that of its children.
update cs.tenants
set settings = jsonb_build_object(
    'time_zone', current_setting('reckoning.zone'), 'parent_arr_includes_children', current_setting('reckoning.includes')::boolean
)
where slug = 'one';
delete from cs.accounts where tenant_id = (select id from cs.tenants where slug = 'one');

-- Thirty accounts; of each five the first is a root, the second and third are below it, the fourth below the third, the
-- fifth alone.
insert into cs.accounts (tenant_id, name)
select tenant.id, 'Account ' || number
from cs.tenants as tenant, generate_series(0, 29) as number
where tenant.slug = 'one';
update cs.accounts as account
set parent_id = parent.id
from cs.accounts as parent, (values (1, 1), (2, 2), (3, 1)) as below (place, up)
where substring(account.name from 9)::integer % 5 = below.place
    and account.name like 'Account %'
    and parent.name = 'Account ' || (substring(account.name from 9)::integer - below.up);

-- Moments at which something changes: local midnights of months and Mondays, just before and after, and any other.
create function pg_temp.moment() returns timestamptz language sql volatile as $$
    select case floor(random() * 6)
        when 0 then date_trunc('month', it.at) at time zone current_setting('reckoning.zone')
        when 1 then date_trunc('month', it.at) at time zone current_setting('reckoning.zone') - interval '1 microsecond'
        when 2 then date_trunc('month', it.at) at time zone current_setting('reckoning.zone') + interval '1 microsecond'
        when 3 then date_trunc('week', it.at) at time zone current_setting('reckoning.zone')
        else it.at at time zone current_setting('reckoning.zone')
    end
    from (select (now() - (10 + random() * 290) * interval '1 day') at time zone current_setting('reckoning.zone') as at) as it
$$;

-- What each paid from when on.
create table pg_temp.paid (account_id uuid, at timestamptz, arr numeric);
insert into pg_temp.paid
select distinct on (it.id, it.at) it.id, it.at, it.arr
from (
    select
        account.id, pg_temp.moment() as at,
        (array[0, 0, 0, 40, 100, 250])[1 + floor(random() * 6)::integer] * (1 + (account.parent_id is null)::integer * 2) as arr
    from cs.accounts as account, generate_series(1, 5)
    where account.name like 'Account %'
) as it;
delete from cs.arr_history where account_id in (select account_id from pg_temp.paid);
insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
select account.tenant_id, account.id, paid.arr, paid.at, lead(paid.at) over (partition by account.id order by paid.at)
from pg_temp.paid
join cs.accounts as account on account.id = paid.account_id;

-- What was done to each: moved to a stage, or its last move taken back.
create table pg_temp.done (account_id uuid, step integer, stage text, at timestamptz);
insert into pg_temp.done
select id, 0, 'Onboarding' from cs.accounts where name like 'Account %';
do $do$
declare
    account record;
    target text;
    was_move boolean;
begin
    for account in select id from cs.accounts where name like 'Account %' order by name loop
        was_move := false;
        for step in 1..7 loop
            if was_move and random() < 0.4 then
                perform cs.undo_stage_move(stay.id)
                from cs.journey_history as stay where stay.account_id = account.id and stay.exited_at is null;
                insert into pg_temp.done values (account.id, step, null);
                was_move := false;
            else
                select stage.name into target
                from cs.journey_stages as stage
                join cs.accounts as it on it.tenant_id = stage.tenant_id and it.current_stage <> stage.name
                where it.id = account.id
                order by random() limit 1;
                update cs.accounts set current_stage = target where id = account.id;
                insert into pg_temp.done values (account.id, step, target);
                was_move := true;
            end if;
        end loop;
    end loop;
end $do$;
-- When it was done is told afterwards: only a fresh move can be undone.
update pg_temp.done
set at = it.at
from (
    select picked.account_id, picked.at, row_number() over (partition by picked.account_id order by picked.at) - 1 as step
    from (
        select moment.account_id, moment.at, row_number() over (partition by moment.account_id order by random()) as place
        from (
            select distinct account.id as account_id, pg_temp.moment() as at
            from cs.accounts as account, generate_series(1, 40)
            where account.name like 'Account %'
        ) as moment
    ) as picked
    where picked.place <= 8
) as it
where it.account_id = done.account_id and it.step = done.step;
update cs.journey_history as stay
set entered_at = told.at,
    exited_at = told.until,
    duration_days = floor(extract(epoch from told.until - told.at) / 86400)
from (
    select done.account_id, done.step, done.at, lead(done.at) over (partition by done.account_id order by done.step) as until
    from pg_temp.done
) as told
join (
    select id, account_id, row_number() over (partition by account_id order by entered_at, id) - 1 as step from cs.journey_history
) as walked on walked.account_id = told.account_id and walked.step = told.step
where stay.id = walked.id;
update cs.accounts as account set created_at = done.at from pg_temp.done where done.account_id = account.id and done.step = 0;
-- Status changes with the stage have written history of today; the story is told above.
delete from cs.arr_history as history
where history.valid_from >= transaction_timestamp() or not exists (
    select from pg_temp.paid where paid.account_id = history.account_id and paid.at = history.valid_from
);
update cs.arr_history as history
set valid_until = (select min(paid.at) from pg_temp.paid where paid.account_id = history.account_id and paid.at > history.valid_from)
where history.account_id in (select account_id from pg_temp.paid);

-- The stays as one who was there tells them: a move that is taken back was never made.
create table pg_temp.stays (account_id uuid, place integer, from_stage text, stage text, entered_at timestamptz, exited_at timestamptz);
do $do$
declare
    told record;
begin
    for told in select * from pg_temp.done order by account_id, step loop
        if told.stage is null then
            delete from pg_temp.stays
            where account_id = told.account_id
                and place = (select max(place) from pg_temp.stays where account_id = told.account_id);
            update pg_temp.stays set exited_at = null
            where account_id = told.account_id
                and place = (select max(place) from pg_temp.stays where account_id = told.account_id);
        else
            update pg_temp.stays set exited_at = told.at where account_id = told.account_id and exited_at is null;
            insert into pg_temp.stays
            select told.account_id, told.step, last.stage, told.stage, told.at, null
            from (select 1) as one
            left join lateral (
                select stay.stage from pg_temp.stays as stay where stay.account_id = told.account_id order by stay.place desc limit 1
            ) as last on true;
        end if;
    end loop;
end $do$;

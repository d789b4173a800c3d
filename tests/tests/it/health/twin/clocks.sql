-- Owns time as the definition has it: quiet days, outages that have ended and one that lasts, and which moment is which.

-- Every local day from long before the first row until tomorrow.
create function twin.list_days() returns void
    language sql
begin atomic
    insert into twin.days
    select day, begins, extract(epoch from lead(begins) over (order by day) - begins)
    from (
        select dates.day::date as day, twin.day_begin(dates.day::date, question.zone) as begins
        from twin.question,
            generate_series(
                coalesce((select min(facts.day) from twin.facts), (question.as_of at time zone question.zone)::date) - 400,
                (question.as_of at time zone question.zone)::date + 3,
                interval '1 day'
            ) as dates (day)
    ) as days;
    delete from twin.days where seconds is null;
end;

-- Writes down every day of a clock anew.
create function twin.draw_calendar(of_clock text) returns void
    language sql
begin atomic
    delete from twin.calendar where clock = of_clock;
    insert into twin.calendar (clock, day, passes, ordinal, begins, seconds, elapsed)
    select
        of_clock, day, passes,
        count(*) filter (where passes) over until_here,
        begins, seconds,
        coalesce(sum(seconds) filter (where passes) over until_here, 0) - case when passes then seconds else 0 end
    from (
        select days.*, stopped.day is null as passes
        from twin.days
        left join twin.stopped on stopped.clock = of_clock and stopped.day = days.day
    ) as days
    window until_here as (order by day);
    -- A run of days that do not pass shares its ordinal with the last day before it that does.
    update twin.calendar as stopped
    set mapped_to = (
        select before.begins + before.seconds * interval '1 second'
        from twin.calendar as before
        where before.clock = of_clock and before.ordinal = stopped.ordinal and before.passes
    )
    where stopped.clock = of_clock and not stopped.passes;
end;

-- The moment itself, or the end of the last day before it that passes.
create function twin.mapped(of_clock text, at timestamptz) returns timestamptz
    language sql stable
begin atomic
    select coalesce(calendar.mapped_to, at)
    from twin.calendar, twin.question
    where calendar.clock = of_clock and calendar.day = (at at time zone question.zone)::date;
end;

-- How many seconds have passed on a clock at a moment, from any beginning.
create function twin.position(of_clock text, at timestamptz) returns numeric
    language sql stable
begin atomic
    select calendar.elapsed + case when calendar.passes then extract(epoch from at - calendar.begins) else 0 end
    from twin.calendar, twin.question
    where calendar.clock = of_clock and calendar.day = (at at time zone question.zone)::date;
end;

-- The first moment at which so many seconds have passed.
create function twin.moment_at(of_clock text, seconds_passed numeric) returns timestamptz
    language sql stable
begin atomic
    select calendar.begins + (seconds_passed - calendar.elapsed) * interval '1 second'
    from twin.calendar
    where calendar.clock = of_clock
        and calendar.passes
        and calendar.elapsed < seconds_passed
        and seconds_passed <= calendar.elapsed + calendar.seconds;
end;

-- The same local time of day, that many passing days earlier.
create function twin.earlier(of_clock text, at timestamptz, days integer) returns timestamptz
    language sql stable
begin atomic
    select
        (back.day + case when here.passes then (at at time zone question.zone)::time else time '00:00' end)
        at time zone question.zone
    from twin.question, twin.calendar as here, twin.calendar as back
    where here.clock = of_clock
        and here.day = (at at time zone question.zone)::date
        and back.clock = of_clock
        and back.passes
        -- The end of a day is the beginning of the one after it.
        and back.ordinal = here.ordinal + case when here.passes then 0 else 1 end - days;
end;

-- Was a feed, whose last row then was this one, out at a moment (or right before it, `is_end`)?
create function twin.was_out(of_metric text, latest timestamptz, at timestamptz, is_end boolean) returns boolean
    language sql stable
begin atomic
    select
        case when is_end
            then twin.position(of_metric, latest) < twin.position(of_metric, twin.earlier(of_metric, at, clocks.ttl))
            else twin.position(of_metric, latest) <= twin.position(of_metric, twin.earlier(of_metric, at, clocks.ttl))
        end
        and told.days >= 10
        and told.accounts >= 3
    from twin.clocks, twin.question,
        lateral (
            select count(distinct day.ordinal) as days, count(distinct feed_days.account_id) as accounts
            from twin.feed_days
            join twin.calendar as day on day.clock = 'account' and day.day = feed_days.day
            join twin.calendar as last
                on last.clock = 'account' and last.day = (latest at time zone question.zone)::date
            where feed_days.metric = of_metric and feed_days.day <= last.day and day.ordinal > last.ordinal - 14
        ) as told
    where clocks.metric = of_metric;
end;

-- Did somebody's word stand that the silence since a row is real?
create function twin.was_accepted(of_metric text, latest timestamptz, at timestamptz) returns boolean
    language sql stable
begin atomic
    select exists (
        select from twin.acceptances
        where metric = of_metric and since >= latest and since <= at and coalesce(until, 'infinity') > at
    );
end;

-- Finds the outages that have ended, the oldest first: the days wholly inside no longer pass on the clock.
create function twin.stop_ended_outages(of_metric text) returns void
    language plpgsql
as $$
declare
    gap record;
begin
    for gap in
        select pair.*
        from (
            select
                days.day, days.last_row as at, lead(days.day) over in_order as next_day,
                lead(days.first_row) over in_order as next_at
            from (
                select day, min(at) as first_row, max(at) as last_row
                from twin.facts
                where metric = of_metric
                group by day
            ) as days
            window in_order as (order by days.day)
        ) as pair
        where pair.next_day - pair.day >= 2
        order by pair.day
    loop
        if twin.was_out(of_metric, gap.at, gap.next_at, true)
            and not twin.was_accepted(of_metric, gap.at, gap.next_at - interval '1 microsecond')
        then
            insert into twin.stopped
            select of_metric, day::date
            from generate_series(gap.day + 1, gap.next_day - 1, interval '1 day') as day
            on conflict do nothing;
            perform twin.draw_calendar(of_metric);
        end if;
    end loop;
end
$$;

-- All clocks: quiet days, ended outages, the one that lasts, and the moment that is now.
create function twin.set_clocks() returns void
    language plpgsql
as $$
declare
    of_metric text;
begin
    insert into twin.stopped
    select clock, day::date
    from twin.question,
        unnest('{logins, feature_usage, api_calls, support_tickets, account}'::text[]) as clock,
        jsonb_array_elements(question.quiet_periods) as period,
        generate_series((period ->> 'from')::date, (period ->> 'to')::date, interval '1 day') as day
    on conflict do nothing;
    perform twin.list_days();
    perform twin.draw_calendar('account');
    insert into twin.clocks (metric, ttl, weight, target, last_row)
    select
        kind.metric, kind.ttl, kind.weight, (question.targets ->> kind.metric)::numeric,
        (select max(at) from twin.facts where facts.metric = kind.metric)
    from twin.question,
        (values ('logins', 3, 30), ('feature_usage', 3, 50), ('api_calls', 3, 20), ('support_tickets', 7, null))
            as kind (metric, ttl, weight);
    foreach of_metric in array '{logins, feature_usage, api_calls, support_tickets}'::text[] loop
        perform twin.draw_calendar(of_metric);
        perform twin.stop_ended_outages(of_metric);
        update twin.clocks
        set is_out = coalesce(twin.was_out(metric, last_row, question.as_of, false), false)
            and not twin.was_accepted(metric, last_row, question.as_of)
        from twin.question
        where clocks.metric = of_metric;
    end loop;
    update twin.clocks set real_now = case when is_out then last_row else question.as_of end from twin.question;
    update twin.clocks
    set now = twin.mapped(metric, real_now), position = twin.position(metric, real_now),
        window_start = twin.earlier(metric, real_now, 30);
end
$$;

-- $1 at, $2 done_at, $3 when the row was made: each compared with now. Clocks may differ by a few minutes.
select
    isfinite($1::timestamptz) as is_finite,
    $1::timestamptz > clock_timestamp() + interval '5 minutes' as is_ahead,
    coalesce($2::timestamptz > clock_timestamp() + interval '5 minutes', false) as is_done_ahead,
    coalesce($3::timestamptz < clock_timestamp() - interval '15 minutes', false) as is_old

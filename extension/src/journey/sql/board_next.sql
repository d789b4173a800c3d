-- $5 to $7 rank (NULL: none), name and id of the last card shown; all NULL for the first page. One more card than asked for
-- shows whether others follow.
picked as materialized (
    select
        sorted.*,
        row_number() over (order by sorted.rank, sorted.name, sorted.id) as place
    from sorted
    where $7::text is null
        or (sorted.rank, sorted.name, sorted.id) > (coalesce($5::numeric, 'Infinity'), $6::text, $7::uuid)
    order by sorted.rank, sorted.name, sorted.id
    limit $3::bigint + 1
),

placed as (
    select
        sorted.*,
        row_number() over (partition by sorted.stage_id order by sorted.rank, sorted.name, sorted.id) as place
    from sorted
), picked as materialized (
    select placed.* from placed where placed.place <= $3
),

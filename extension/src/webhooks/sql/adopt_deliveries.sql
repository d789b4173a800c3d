-- $1 this installation. What is in order is held until the worker lets it go.
with adopted as (
    update cs.webhook_queue
    set installation = $1,
        held = case when held = 'copy' then case when is_ordered then 'order' end else held end
    where status in ('pending', 'processing') and (installation <> $1 or held = 'copy')
    returning 1
)
select count(*) as adopted from adopted

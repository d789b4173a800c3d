-- Owns the list of accounts as pages call it: one page of rows, where the next begins, and the totals of all that were found.

create or replace function cs.search_accounts(
    criteria jsonb default null,
    sort text default null,
    after text default null,
    page_size integer default 200,
    with_total boolean default true
)
returns jsonb
language sql stable
set jit = off
begin atomic
    select jsonb_build_object(
        'rows', coalesce(
            (
                select jsonb_agg(to_jsonb(overview) order by array_position(found.ids, overview.id))
                from cs.account_overview as overview
                -- Not a join with the ids: for that the planner would read the whole view.
                where overview.id = any (found.ids)
            ),
            '[]'
        ),
        'next', found.next,
        'total', found.summary::jsonb -> 'accounts',
        'summary', found.summary::jsonb,
        'problem', cs.criteria_problem(search_accounts.criteria)
    )
    from cs.search_page(
        search_accounts.criteria,
        search_accounts.sort,
        search_accounts.after,
        search_accounts.page_size,
        search_accounts.with_total
    ) as found;
end;

-- A native function cannot declare this itself; for the default of 1000 rows the query would be compiled, which takes longer.
alter function cs.search_page(jsonb, text, text, integer, boolean) rows 1;

alter function cs.search_accounts(jsonb, text, text, integer, boolean) owner to cs_owner;
revoke execute on function cs.search_accounts(jsonb, text, text, integer, boolean) from public;
comment on function cs.search_accounts(jsonb, text, text, integer, boolean) is
    'A page of the accounts that meet criteria (NULL: all), of those the caller sees: {rows: as account_overview, next: what to pass as after for the next page, or null, total, summary, problem}. sort: field.desc,field.asc over fields of criteria, tree for the order of the tree; NULLs last, name.asc unless given. summary: {accounts, arr, at_risk, renewing, at_risk_renewing}, of Active accounts At Risk or Critical, and those whose contract ends within 90 days; null, as total, without with_total. problem: a sentence where criteria name a stage, member or field that is gone, and what to do; null: they do not. page_size 1 to 1000. Errors: 22023 with the path of the fault, also for an after of another sort.';

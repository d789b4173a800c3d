-- Owns the history of revenue: one gapless chain of rows per account, written by triggers and record_arr alone.
-- In: changes of accounts' ARR and status, what is told of the past. Out: retention, the bridge from ARR to ARR, cohorts.

create table cs.arr_history (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    arr numeric not null,
    valid_from timestamptz not null,
    valid_until timestamptz,
    constraint arr_history_pkey primary key (tenant_id, id),
    constraint arr_history_arr_check check (arr >= 0),
    constraint arr_history_valid_from_check check (isfinite(valid_from)),
    constraint arr_history_valid_until_check check (valid_until >= valid_from)
);
create unique index arr_history_open_key on cs.arr_history (tenant_id, account_id) where valid_until is null;
create index arr_history_account_idx on cs.arr_history (tenant_id, account_id, valid_from);
comment on table cs.arr_history is
    'The ARR of every account over time. The open row (valid_until is null) is the current one; each row begins when the one before it ends. Accounts older than this table have no row until their ARR or status changes. No foreign key: the history of a deleted account stays, ended with 0, so that sums of the past stay what they were.';
comment on column cs.arr_history.arr is
    'What counts, in the tenant''s currency: 0 while Churned, else ARR as entered, unknown as 0. A parent''s may include that of its children, which is taken out when it is read.';
comment on column cs.arr_history.valid_until is 'The first moment at which it is no longer valid; NULL: it is valid now.';

alter table cs.arr_history owner to cs_owner;

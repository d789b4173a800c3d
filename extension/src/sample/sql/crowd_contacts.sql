-- Owns the people at the other customers: a primary contact for two of three, a second one for some.
with given as (
    select
        string_to_array('Ada Noah Mei Omar Lena Mateo Priya Jonas Zara Felix Amara Hugo Nadia Elias Yuki Clara Tariq Ines Viktor Maya Samuel Greta Ravi', ' ') as first,
        string_to_array('Okafor Lindqvist Moreau Whitfield Haddad Tanaka Silva Novak Keller Osei Rossi Larsen Mehta Brandt Costa Nguyen Petrov Dubois Alvarez', ' ') as last,
        array['Head of Operations', 'IT Manager', 'COO', 'Product Owner', 'Team Lead', 'VP Customer Experience', 'Finance Manager'] as title
), told as (
    select
        it.tenant_id, it.id as account_id, it.external_id, place = 1 as is_primary,
        given.first[1 + (it.number * 13 + place * 5) % 23] as first,
        given.last[1 + (it.number * 7 + place * 11) % 19] as last,
        given.title[1 + (it.number + place) % 7] as title
    from pg_temp.sample_crowd as it
    cross join given
    cross join lateral generate_series(1, case when it.number % 3 = 0 then 0 when it.number % 8 = 1 then 2 else 1 end) as place
)
insert into cs.contacts (tenant_id, account_id, full_name, email, title, is_primary)
select
    tenant_id, account_id, first || ' ' || last,
    lower(format('%s.%s@%s.example', first, last, external_id)), title, is_primary
from told

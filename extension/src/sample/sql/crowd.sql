-- Owns who the other accounts are: numbers 4 to $1, each fully determined by its number, so that a larger crowd begins
-- with the smaller one. A number modulo a prime is used as chance.
--
-- The first three keep their scores. Pitch is feature use per login: 1, as GlobalTech Europe's, 2 and 1/2 in
-- turn, so that Europe's stays the median. Profiles without logins take whole turns, and those who use anything use the
-- features that the three use.
--
-- Some have gaps, as in any CRM: no CSM, no ARR, no seats.
create temporary table sample_crowd on commit drop as
with word as (
    select
        string_to_array('Harbor Cobalt Juniper Summit Willow Beacon Falcon Maple Orbit Granite Lumen Cedar Vertex Prairie Nova '
            'Copper Aspen Delta Ember Quartz Meadow Atlas Raven Coral Zenith Birch Pioneer Sable Tidal Crimson Alpine '
            'Nimbus Sterling Hazel Polaris Ivory Canyon Magnet Clover Silver Onyx Laurel Bright Keystone Fjord Amber '
            'Monarch Thistle Vantage Redwood Lynx Marble Horizon Saffron Glacier Linden Comet Basalt Heron Mosaic Everett', ' ') as first,
        string_to_array('Analytics Freight Dental Foods Robotics Energy Media Textiles Health Mobility Optics Realty Biotech '
            'Learning Aviation Payments Hospitality Security Packaging Motors Insurance Apparel Pharma Water Travel '
            'Gaming Steel Furniture Staffing Telecom Beverages Lending Recycling Sports Publishing Farms Marine Printing '
            'Solar Diagnostics Catering Events Chemicals Ceramics Shipping Cinema Timber Tools Genetics Audio Rail '
            'Wellness Brands', ' ') as second,
        string_to_array('Group Labs Systems Holdings Partners Works Industries Solutions Technologies Services Digital '
            'International Networks Global Ventures Collective Alliance Union Brothers Sons Company Corporation Limited '
            'Associates Studio Foundry Guild House Exchange Institute Enterprises Consulting Trading Capital Cooperative '
            'Trust Society', ' ') as third,
        string_to_array('Iberia Nordics Benelux Canada Brazil Japan Australia Alps Poland India Mexico Britain', ' ') as region,
        string_to_array('Technology Software Manufacturing Retail Healthcare Finance Logistics Education Media Energy Travel', ' ') as industry
), numbered as (
    select
        number,
        -- A tenth are children, three to a parent.
        case when number % 10 = 7 then number - 3 - 10 * (number / 10 % 3) end as parent,
        case
            when (number - 4) / 3 % 7 = 5 then (array['churned', 'dark', 'api'])[1 + number % 3]
            when number * 37 % 100 < 44 then 'healthy'
            when number * 37 % 100 < 66 then 'steady'
            when number * 37 % 100 < 77 then 'growing'
            when number * 37 % 100 < 86 then 'slipping'
            when number * 37 % 100 < 93 then 'declining'
            else 'new'
        end as profile,
        (array['half', 'even', 'double'])[1 + number % 3] as pitch
    from generate_series(4, $1) as number
), named as (
    select
        numbered.*,
        coalesce(parent, number) as root,
        case profile
            when 'new' then 'Onboarding'
            when 'churned' then 'Churned'
            when 'dark' then 'At Risk'
            when 'api' then 'Value Realization'
            when 'growing' then (array['Adoption', 'Adoption', 'Value Realization'])[1 + number % 11 % 3]
            when 'declining' then (array['At Risk', 'At Risk', 'Renewal'])[1 + number % 11 % 3]
            when 'slipping' then (array['Adoption', 'Value Realization', 'At Risk'])[1 + number % 11 % 3]
            when 'steady' then (array['Adoption', 'Value Realization', 'Renewal', 'Adoption'])[1 + number % 11 % 4]
            else (array['Value Realization', 'Expansion', 'Renewal', 'Expansion'])[1 + number % 11 % 4]
        end as stage
    from numbered
)
select
    named.number, named.parent, named.profile, named.pitch, named.stage,
    tenant.id as tenant_id, cs.uuid_v7() as id, case when number % 37 <> 20 then csm.user_id end as csm_id,
    format('AC-%s', lpad(number::text, 6, '0')) as external_id,
    concat_ws(
        ' ', word.first[1 + root * 17 % 61], word.second[1 + root * 11 % 53], word.third[1 + root * 7 % 37],
        case when parent is not null then word.region[1 + number / 10 % 12] end
    ) as name,
    word.industry[1 + root * 5 % 11] as industry,
    case when number % 41 <> 30 then round(5000 * power(100, (number * 616 % 997) / 996.0), -2)::integer end as arr,
    20 + number * 112 % 181 as seats,
    number % 43 <> 10 as tells_seats,
    case stage
        when 'Renewal' then 3 + number * 13 % 84
        when 'Churned' then -5 - number * 13 % 70
        else 95 + number * 181 % 293
    end as contract_days,
    -- Where each stay ends, counted in days from the first: lengths around the stages' targets.
    case stage
        when 'Onboarding' then array[9 + number * 7 % 31]
        when 'Adoption' then array[18 + number * 7 % 29, 62 + number * 60 % 97]
        when 'At Risk' then array[18 + number * 7 % 29, 110 + number * 60 % 97, 128 + number * 60 % 97 + number % 37]
        when 'Churned' then array[18 + number * 7 % 29, 110 + number * 60 % 97, 160 + number * 60 % 97, 225 + number * 60 % 97]
        when 'Value Realization' then array[18 + number * 7 % 29, 80 + number * 60 % 97, 155 + number * 60 % 97 + number * 5 % 83]
        when 'Expansion' then array[
            18 + number * 7 % 29, 80 + number * 29 % 47, 155 + number * 60 % 97, 190 + number * 60 % 97 + number * 5 % 331
        ]
        else array[
            18 + number * 7 % 29, 80 + number * 29 % 47, 155 + number * 60 % 97, 280 + number * 60 % 97,
            284 + number * 60 % 97 + number * 5 % 79
        ]
    end as ends,
    case stage
        when 'At Risk' then array['Onboarding', 'Adoption', 'At Risk']
        when 'Churned' then array['Onboarding', 'Adoption', 'At Risk', 'Churned']
        else array['Onboarding', 'Adoption', 'Value Realization', 'Expansion', 'Renewal']
    end as path
from named
cross join word
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.profiles as csm on csm.tenant_id = tenant.id
    and csm.full_name = case when root * 29 % 7 < 4 then 'Alice Administrator' else 'Bob Builder' end
order by number

-- Owns what is usual in the tenant, and the parts of adoption that are measured by it.

create function twin.name_features() returns void
    language sql
begin atomic
    insert into twin.feature_uses
    select
        named.account_id, named.id, named.moment,
        coalesce(
            (select twin.fold(alias.value) from twin.question, jsonb_each_text(question.aliases) as alias where twin.fold(alias.key) = named.feature),
            named.feature
        )
    from (
        select account_id, id, moment, twin.fold(metadata ->> 'feature') as feature
        from twin.rows
        where metric = 'feature_usage' and quantity > 0 and jsonb_typeof(metadata -> 'feature') = 'string'
    ) as named
    where named.feature is not null;
end;

-- What a tenth of the accounts that used any feature in 90 days have used, and somebody in the last 30.
create function twin.find_norms() returns void
    language sql
begin atomic
    insert into twin.norms_now
    with recent as (
        select feature_uses.account_id, feature_uses.feature, feature_uses.moment > clocks.window_start as is_recent
        from twin.feature_uses
        join twin.clocks on clocks.metric = 'feature_usage'
        where feature_uses.moment <= clocks.now
            and feature_uses.moment > twin.earlier(clocks.metric, clocks.real_now, 90)
    ),
    popular as (
        select feature
        from recent
        group by feature
        having bool_or(is_recent)
            and count(distinct account_id) * 10 >= (select count(distinct account_id) from recent)
    ),
    depths as (
        select twin.ratio(features.amount, logins.amount) as depth
        from twin.feats as logins
        join twin.feats as features on features.account_id = logins.account_id and features.metric = 'feature_usage'
        where logins.metric = 'logins' and logins.amount > 0
    )
    select
        array(select feature from popular order by feature),
        (select twin.middle(array_agg(depth order by depth)) from depths),
        (select count(distinct account_id) from recent);

    insert into twin.norms
    with kept as (
        select health_norms.catalogue, health_norms.median_depth::numeric as median_depth
        from twin.question
        join cs.health_norms on health_norms.tenant_id = question.tenant_id and health_norms.taken_at <= question.as_of
        order by health_norms.taken_at desc
        limit 1
    ),
    latest as (
        select * from kept
        union all
        select catalogue, median_depth from twin.norms_now where not exists (select from kept)
    ),
    names as (
        select twin.fold(feature) as feature
        from twin.question, jsonb_array_elements_text(question.key_features) as feature
        union all
        select twin.fold(feature)
        from twin.question, latest, unnest(latest.catalogue) as feature
        where question.key_features = '[]'
    )
    select
        array(
            select distinct coalesce(
                (select twin.fold(alias.value) from twin.question, jsonb_each_text(question.aliases) as alias where twin.fold(alias.key) = names.feature),
                names.feature
            )
            from names
            where names.feature is not null
        ),
        (select median_depth from latest);
end;

create function twin.score_adoption() returns void
    language sql
begin atomic
    insert into twin.adoption_parts
    with in_window as (
        select feature_uses.account_id, count(distinct feature) filter (where feature = any (norms.catalogue)) as used
        from twin.norms, twin.clocks, twin.feature_uses
        where clocks.metric = 'feature_usage'
            and feature_uses.moment > clocks.window_start
            and feature_uses.moment <= clocks.now
        group by feature_uses.account_id
    ),
    edges as materialized (
        select
            block,
            twin.earlier(clocks.metric, clocks.real_now, 7 * (block + 1)) as block_start,
            twin.earlier(clocks.metric, clocks.real_now, 7 * block) as block_end
        from twin.clocks, generate_series(0, 3) as block
        where clocks.metric = 'feature_usage'
    ),
    recent as materialized (
        select rows.account_id, feature_uses.feature, edges.block
        from twin.rows
        -- The edge of the last week is now, on whichever side of a run of days that do not pass.
        join edges on rows.moment > edges.block_start and (rows.moment <= edges.block_end or edges.block = 0)
        left join twin.feature_uses on feature_uses.id = rows.id
        where rows.metric = 'feature_usage' and rows.quantity > 0
    ),
    features as (
        select account_id, feature, count(distinct block) as blocks
        from recent
        where feature is not null
        group by account_id, feature
    ),
    sticky as (
        select account_id, twin.ratio(count(*) filter (where blocks >= 3), count(*)) as share
        from features
        group by account_id
    ),
    steady as (
        select account_id, twin.ratio(count(distinct block), 4) as share
        from recent
        group by account_id
    )
    select
        feats.account_id,
        case
            when feats.amount > 0 and in_window.account_id is null then null
            else twin.lin(twin.ratio(coalesce(in_window.used, 0), cardinality(norms.catalogue)), 0, 0.6)
        end,
        case when feats.days >= 28
            then twin.lin(coalesce(sticky.share, steady.share, 0), 0, 0.7) end,
        case when logins.amount > 0
            then twin.lin(twin.ratio(twin.ratio(feats.amount, logins.amount), norms.median_depth), 0, 1) end
    from twin.feats
    join twin.norms on true
    join twin.feats as logins on logins.account_id = feats.account_id and logins.metric = 'logins'
    left join in_window on in_window.account_id = feats.account_id
    left join sticky on sticky.account_id = feats.account_id
    left join steady on steady.account_id = feats.account_id
    where feats.metric = 'feature_usage' and feats.is_observed and feats.unused_since is null;
end;

insert into cs.journey_stages (tenant_id, name, display_order, target_duration_days, color_hex, is_side, is_end)
values
    ($1, 'Onboarding', 1, 30, '#6366f1', false, false),
    ($1, 'Adoption', 2, 60, '#0ea5e9', false, false),
    ($1, 'Value Realization', 3, 90, '#14b8a6', false, false),
    ($1, 'Expansion', 4, null, '#22c55e', false, false),
    ($1, 'Renewal', 5, 90, '#eab308', false, false),
    ($1, 'At Risk', 6, null, '#f97316', true, false),
    ($1, 'Churned', 7, null, '#64748b', true, true)

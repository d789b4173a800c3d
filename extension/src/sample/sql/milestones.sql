-- Owns what should be reached in each stage. Only Onboarding holds an account back until it is; an account that has
-- left it is not held.
insert into cs.stage_milestones (tenant_id, stage_id, title, description, is_required, due_after_days, display_order)
select
    stage.tenant_id, stage.id, told.title, told.description, told.is_required, told.due_after_days, told.place
from (values
    ('Onboarding', 1, 'Kick-off held', 'Goals and owners on both sides are written down.', true, 7),
    ('Onboarding', 2, 'First integration live', 'Usage of the customer''s own data arrives.', true, 21),
    ('Adoption', 1, 'Key users trained', 'Whoever is to use it daily has been shown how.', false, 90),
    ('Value Realization', 1, 'First business review held', 'The goals of the kick-off, and what became of them.', false, 60),
    ('Renewal', 1, 'Renewal quote sent', null, false, 30)
) as told (stage, place, title, description, is_required, due_after_days)
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.journey_stages as stage on stage.tenant_id = tenant.id and stage.name = told.stage

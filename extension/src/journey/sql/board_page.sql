select jsonb_build_object(
    'cards', coalesce(jsonb_agg(card.it order by card.place) filter (where card.place <= $3), '[]'),
    'next', case when max(card.place) > $3 then max(card.place_in_order) filter (where card.place = $3) end
) as it
from card

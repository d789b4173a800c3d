select overall_score, source
from cs.score_at($1, $2, $3)

// The parts of a chart of health: a level, or what no average counts: `none` is an account without a score, `uncertain` one
// whose score is of low confidence, `paused` any that is paused.
export const LEVELS = ['Healthy', 'At Risk', 'Critical'] as const
export const LEVEL_FILTERS = [...LEVELS, 'none', 'uncertain', 'paused'] as const
export type LevelFilter = (typeof LEVEL_FILTERS)[number]

/** As the server names them. */
export const BANDS = { Healthy: 'Healthy', 'At Risk': 'At Risk', Critical: 'Critical', none: 'No data', uncertain: 'Uncertain', paused: 'Paused' } as const satisfies Record<LevelFilter, string>

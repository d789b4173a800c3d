// The levels of health as the server names them; `none` is an account without a score.
export const LEVELS = ['Healthy', 'At Risk', 'Critical'] as const
export const LEVEL_FILTERS = [...LEVELS, 'none'] as const
export type LevelFilter = (typeof LEVEL_FILTERS)[number]

// The levels of health as the server names them, and the parts of a chart of health that no average counts.
export const LEVELS = ['Healthy', 'At Risk', 'Critical'] as const
export type Level = (typeof LEVELS)[number]

/** As the address of a list has them: `none` is an account without a score, `uncertain` one whose score is of low confidence. */
export const LEVEL_FILTERS = [...LEVELS, 'none', 'uncertain', 'paused'] as const
export type LevelFilter = (typeof LEVEL_FILTERS)[number]

export const BANDS = [...LEVELS, 'Uncertain', 'Paused', 'No data'] as const
export type Band = (typeof BANDS)[number]

export const bandOf: Record<LevelFilter, Band> = {
  Healthy: 'Healthy', 'At Risk': 'At Risk', Critical: 'Critical', none: 'No data', uncertain: 'Uncertain', paused: 'Paused',
}

export const bandColor: Record<Band, string> = {
  Healthy: 'var(--healthy)',
  'At Risk': 'var(--at-risk)',
  Critical: 'var(--critical)',
  Uncertain: 'var(--bar-soft)',
  Paused: 'var(--no-data)',
  'No data': 'var(--track)',
}

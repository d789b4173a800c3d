import { growthOf, mondayOf, mondays } from './growth'

test('weeks without entries have their place', () => {
  expect(mondays('2026-11-02', '2026-11-23')).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'])
  expect(mondayOf(Date.parse('2026-11-29T23:00:00Z'))).toBe('2026-11-23')
  expect(mondayOf(Date.parse('2026-11-30T00:00:00Z'))).toBe('2026-11-30')
})

test('stages keep their order, those without entries are left out, former ones come last', () => {
  const stages = ['Onboarding', 'Adoption', 'Renewal'].map((name) => ({ name, color: '#000000' }))
  const weeks = [
    { week: '2026-11-09', stage: 'Pilot', entries: 1 },
    { week: '2026-11-02', stage: 'Adoption', entries: 2 },
    { week: '2026-11-09', stage: 'Adoption', entries: 1 },
    { week: '2026-11-02', stage: 'Onboarding', entries: 4 },
  ]
  const flows = [
    { from_stage: 'Pilot', to_stage: 'Adoption', moves: 1, median_days: 3 },
    { from_stage: 'Onboarding', to_stage: 'Adoption', moves: 2, median_days: 30.5 },
    { from_stage: null, to_stage: 'Onboarding', moves: 4, median_days: null },
  ]
  const found = growthOf({ weeks, flows }, stages, ['2026-11-02', '2026-11-09'])
  expect(found.map(({ name, weeks: each, entries }) => [name, each, entries])).toEqual([
    ['Onboarding', [4, 0], 4],
    ['Adoption', [2, 1], 3],
    ['Pilot', [0, 1], 1],
  ])
  expect(found[1]!.source).toEqual({ from: 'Onboarding', moves: 2, days: 30.5 })
  expect(found[2]!.color).toBeNull()
})

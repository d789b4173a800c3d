import { bridgeBars, type Step } from './bridge'

const step = (key: string, value: number, total = false): Step => ({ key, label: key, value, text: '', total })

test('each step starts where the one before ended, and the axis is cut where steps are small', () => {
  const { cut, bars } = bridgeBars([step('start', 1000, true), step('new', 60), step('lost', -40), step('end', 1020, true)])
  expect(cut).toBeGreaterThan(0)
  expect(cut).toBeLessThan(1000)
  const tops = bars.map(({ bottom, height }) => Math.round(bottom + height))
  expect(Math.round(bars[1]!.bottom)).toBe(tops[0])
  expect(tops[2]).toBe(tops[1])
  expect(tops[3]).toBe(Math.round(bars[2]!.bottom))
})

test('the axis starts at zero where steps are large, and nothing at all is no error', () => {
  expect(bridgeBars([step('start', 0, true), step('new', 500), step('end', 500, true)]).cut).toBe(0)
  expect(bridgeBars([step('start', 0, true), step('end', 0, true)]).bars.map(({ height }) => height)).toEqual([2, 2])
})

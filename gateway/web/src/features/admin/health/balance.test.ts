import { COMPONENTS } from '@/lib/components-of-health'
import { apportion, balance, even, most, shares, type Weights } from './balance'

const sum = (weights: Weights) => COMPONENTS.reduce((so, key) => so + weights[key], 0)

test('the others give way in proportion', () => {
  expect(balance(even(), [], 'usage', 40)).toEqual({ usage: 40, engagement: 20, support: 20, adoption: 20 })
  expect(balance({ usage: 40, engagement: 30, support: 20, adoption: 10 }, [], 'usage', 70)).toEqual({ usage: 70, engagement: 15, support: 10, adoption: 5 })
})

test('a locked one keeps what it has, and limits the others', () => {
  expect(balance({ usage: 40, engagement: 20, support: 20, adoption: 20 }, ['usage'], 'support', 10)).toEqual({ usage: 40, engagement: 25, support: 10, adoption: 25 })
  expect(balance(even(), ['usage'], 'support', 90)).toEqual({ usage: 25, engagement: 0, support: 75, adoption: 0 })
  expect(most(even(), ['usage', 'support'], 'adoption')).toBe(50)
  expect(balance(even(), ['engagement', 'support', 'adoption'], 'usage', 40)).toEqual(even())
})

test('from nothing they share alike', () => {
  expect(balance({ usage: 100, engagement: 0, support: 0, adoption: 0 }, [], 'usage', 40)).toEqual({ usage: 40, engagement: 20, support: 20, adoption: 20 })
})

test('whatever is set, they sum up to 100', () => {
  let weights = even()
  for (let round = 0; round < 500; round++) {
    const key = COMPONENTS[round % 4]!
    weights = balance(weights, round % 3 === 0 ? [COMPONENTS[(round + 1) % 4]!] : [], key, (round * 37) % 113 - 5)
    expect(sum(weights)).toBe(100)
    expect(Math.min(...COMPONENTS.map((one) => weights[one]))).toBeGreaterThanOrEqual(0)
  }
})

test('stored weights become shares', () => {
  expect(shares({ usage: 1, engagement: 1, support: 1, adoption: 0 })).toEqual({ usage: 34, engagement: 33, support: 33, adoption: 0 })
  expect(apportion([0, 0], 5)).toEqual([3, 2])
})

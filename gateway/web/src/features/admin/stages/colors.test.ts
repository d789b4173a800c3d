import { contrast, ENOUGH, isHex, SWATCHES } from './colors'

test.each(SWATCHES)('%s stands out from a card in both themes', (hex) => {
  const { light, dark } = contrast(hex)
  expect(Math.min(light, dark)).toBeGreaterThanOrEqual(ENOUGH)
})

test('black and white are as far apart as can be', () => {
  expect(contrast('#000000').light).toBe(21)
  expect(contrast('#ffffff').light).toBe(1)
})

test('a colour is # and six digits', () => {
  expect(['#0ea5e9', '#ABCDEF'].every(isHex)).toBe(true)
  expect(['0ea5e9', '#fff', '#12345g', ''].some(isHex)).toBe(false)
})

import { marksText, mergeMarks } from './merge-marks'

const share = (at: number) => at / 100

test('marks that would cover each other become one', () => {
  const marks = [{ n: 1, at: 0 }, { n: 2, at: 2 }, { n: 3, at: 50, tone: 'bad' as const }, { n: 4, at: 100 }]
  expect(mergeMarks(marks, share, 500)).toEqual([{ at: 0, numbers: [1, 2], tone: undefined }, { at: 50, numbers: [3], tone: 'bad' }, { at: 100, numbers: [4], tone: undefined }])
  expect(mergeMarks(marks, share, 5_000)).toHaveLength(4)
  expect(mergeMarks(marks, share, 20)).toHaveLength(1)
})

test('and say which', () => {
  expect(marksText([3])).toBe('3')
  expect(marksText([3, 4])).toBe('3, 4')
  expect(marksText([3, 4, 5])).toBe('3–5')
})

import { noteText, plainText } from './why-words'

test('JSON and conditions are said in words', () => {
  expect(plainText('{"kind":"health_drop","threshold":40}')).toBe('threshold 40')
  expect(plainText('{"previous_score":55,"score":30}')).toBe('previous score 55, score 30')
  expect(plainText('days_to_renewal lte 90')).toBe('days to renewal ≤ 90')
  expect(plainText('crm_attributes.plan eq "gold"')).toBe('plan = "gold"')
  expect(plainText('medium or high')).toBe('medium or high')
  expect(plainText('{broken')).toBe('{broken')
})

test('moments are read in the tenant’s time', () => {
  expect(noteText('the last one, at 2026-11-30T21:30:29.696776+00:00', 'UTC')).toContain('Nov 30, 2026')
})

import { guarded, needsGuard, unguarded } from './formula'

test('formulas are found behind what cannot be seen', () => {
  for (const formula of ['=1', '@x', '\tx', '\nx', ' =1', '\u00a0=1', '\u200b=1', '\ufeff=1', '＝1', '＠SUM(1)', '-1+2', '+49-30', "'=1", "'\t"]) expect([formula, needsGuard(formula)]).toEqual([formula, true])
})

test('numbers, phones and texts stay', () => {
  for (const text of ['-1', '-1250.5', '+5', '-1e5', '+49 30 1234', '', 'a=b', "'tis", ' a', '\u22121']) expect([text, needsGuard(text)]).toEqual([text, false])
})

test('there is a way back', () => {
  for (const text of ['=x', "'=x", "''=x", "'tis", '-1', "'-1", "' =x", 'x', "'"]) expect(unguarded(guarded(text))).toBe(text)
})

import { account } from '../../../../tests/fake-accounts'
import { missing, treeRows } from './rows'

const at = (path: string) => account({ id: path.split('/').at(-1)!, name: path, hierarchy_path: path })
const shown = (rows: ReturnType<typeof treeRows>) => rows.map((row) => `${'-'.repeat(row.depth)}${row.account.id}${row.context ? '?' : ''}`)

test('those above a match stand over it, once, and are marked', () => {
  const rows = [at('a/b/c'), at('a/b/d'), at('e')]
  expect(missing(rows)).toEqual(['a', 'b'])
  expect(shown(treeRows(rows, [at('a/b'), at('a')], new Set()))).toEqual(['a?', '-b?', '--c', '--d', 'e'])
})

test('what is folded takes all below it away', () => {
  const rows = [at('a'), at('a/b'), at('a/b/c'), at('d')]
  expect(missing(rows)).toEqual([])
  expect(shown(treeRows(rows, [], new Set(['a'])))).toEqual(['a', 'd'])
  expect(shown(treeRows(rows, [], new Set(['b'])))).toEqual(['a', '-b', 'd'])
})

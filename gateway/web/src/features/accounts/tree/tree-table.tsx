// Families as a table that unfolds: arrow keys fold and walk, as in any tree.
import { useRef, type KeyboardEvent } from 'react'
import { useRowsInView } from '@/components/data-table/use-rows-in-view'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import type { TreeParts } from './parts'
import { TreeTableRow } from './tree-row'

/** A table whose rows fold; the element says table to those who know no more. */
const tree = { role: 'treegrid' }

export function TreeTable({ rows, families, folded, figures, context, open, actions, onFold }: TreeParts) {
  const { density } = preferences.use()
  const body = useRef<HTMLTableSectionElement>(null)
  const height = density === 'compact' ? 36 : 44
  const { from, to } = useRowsInView(rows.length, height, body)
  const shown = rows.slice(from, to)
  const own = figures !== 'family'
  const family = figures !== 'own'
  const columns = 3 + Number(own) * 2 + Number(family) * 3
  function onKeyDown(event: KeyboardEvent) {
    const index = Number((event.target as HTMLElement).closest('[data-row]')?.getAttribute('data-row') ?? -1)
    const row = rows[index]
    if (!row) return
    const parent = families?.has(row.account.id)
    const isFolded = folded.has(row.account.id)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) document.querySelector<HTMLElement>(`[data-row="${index + step}"] [data-name]`)?.focus()
    else if (event.key === 'ArrowLeft' && parent && !isFolded) onFold(row.account.id)
    else if (event.key === 'ArrowRight' && parent && isFolded) onFold(row.account.id)
    else return
    event.preventDefault()
  }
  const keys = { onKeyDown }
  return (
    <section aria-label={t('accounts.table')} className="panel acct overflow-x-auto xl:overflow-clip">
      <table {...tree} className="tbl" aria-label={t('tree.title')} aria-rowcount={rows.length + 1} style={{ minWidth: 900 }}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="w-56">{t('col.name')}</th>
            {own && <th scope="col" className="w-26">{t('col.health')}</th>}
            {family && <th scope="col" className="w-34">{t('tree.health')}</th>}
            {own && <th scope="col" className="end w-27">{t('col.arr')}</th>}
            {family && <th scope="col" className="end w-27">{t('tree.arr')}</th>}
            {family && <th scope="col" className="end w-20">{t('sum.atRisk')}</th>}
            <th scope="col" className="w-26">{t(family ? 'tree.renewal' : 'col.renewal')}</th>
            <th scope="col" className="w-40">{t('col.stage')}</th>
          </tr>
        </thead>
        <tbody ref={body} {...keys}>
          {from > 0 && <Gap height={from * height} columns={columns} />}
          {shown.map((row, i) => (
            <TreeTableRow key={row.account.id} row={row} index={from + i} family={families?.get(row.account.id)} folded={folded.has(row.account.id)} figures={figures} context={context} open={row.account.id === open} actions={actions} onFold={onFold} />
          ))}
          {rows.length > to && <Gap height={(rows.length - to) * height} columns={columns} />}
        </tbody>
      </table>
      {family && <p className="quiet small border-t border-hairline px-4 py-2.5">{t('tree.note')}</p>}
    </section>
  )
}

const Gap = ({ height, columns }: { height: number; columns: number }) => (
  <tr aria-hidden className="gap-row">
    <td colSpan={columns} style={{ height }}>
      {' '}
    </td>
  </tr>
)

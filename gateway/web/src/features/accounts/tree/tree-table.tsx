// Families as a table that unfolds: arrow keys fold and walk, as in any tree.
import { useRef, type KeyboardEvent } from 'react'
import { useRowsInView } from '@/components/data-table/use-rows-in-view'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { LoadMore } from '../load-more'
import type { TreeParts } from './parts'
import { TreeTableRow } from './tree-row'

/** A table whose rows fold; the element says table to those who know no more. */
const tree = { role: 'treegrid' }

export function TreeTable({ rows, families, folded, figures, context, open, actions, onFold, hasMore, onMore }: TreeParts) {
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
            <Head className="w-56" label={t('col.name')} />
            {own && <Head className="w-26" label={t('col.health')} />}
            {family && <Head className="w-34" label={t('tree.health')} />}
            {own && <Head className="end w-27" label={t('col.arr')} />}
            {family && <Head className="end w-27" label={t('tree.arr')} />}
            {family && <Head className="end w-20" label={t('sum.atRisk')} />}
            <Head className="w-26" label={t(family ? 'tree.renewal' : 'col.renewal')} />
            <Head className="w-40" label={t('col.stage')} />
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
      <LoadMore wanted={to} loaded={rows.length} found={hasMore ? Infinity : rows.length} onMore={onMore} />
      {family && <p className="quiet small border-t border-hairline px-4 py-2.5">{t('tree.note')}</p>}
    </section>
  )
}

const Head = ({ className, label }: { className: string; label: string }) => (
  <th scope="col" className={className}>
    <span className="cut" title={label}>
      {label}
    </span>
  </th>
)

const Gap = ({ height, columns }: { height: number; columns: number }) => (
  <tr aria-hidden className="gap-row">
    <td colSpan={columns} style={{ height }}>
      {' '}
    </td>
  </tr>
)

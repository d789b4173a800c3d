// The first matches, a column per condition: a tick or a cross, and what was found. Below, those that fail only one.
import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { valueKind, isNumeric } from '@/components/criteria-builder/field-types'
import { fieldName, valueName, valueWords } from '@/components/criteria-builder/names'
import { ErrorState } from '@/components/states'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { sentenceOf } from '@/components/criteria-builder/sentence'
import { allOf, type Criteria } from '@/lib/criteria'
import { moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { AwaitedEvent } from '../playbook-types'
import type { Match } from '../preview-api'
import { useShared } from '../shared'
import { ticksQuery, type Ticked } from './api'
import { stateOf } from '../events'
import { cellOf, columnsOf, nearly, type Cell, type TickColumn } from './ticks'

const FIRST = 10
const NEAR = 3

type Props = { rows: Match[]; event: AwaitedEvent; when: Criteria | undefined }

export function MatchTable({ rows, event, when }: Props) {
  const first = rows.slice(0, FIRST).map((one) => ({ id: one.account_id, name: one.account_name }))
  const criteria = allOf(stateOf(event), when)
  const columns = columnsOf(criteria)
  // what criteria cannot say of the event is not known of those that fail it
  const near = stateOf(event) ? nearly(columns) : undefined
  const ticks = useQuery({ ...ticksQuery(first, criteria ?? { all: [] }, near, NEAR), placeholderData: (before) => before })
  if (ticks.error) return <ErrorState error={ticks.error} onRetry={() => void ticks.refetch()} />
  const hits = ticks.data?.hits ?? []
  const close = ticks.data?.nearly ?? []
  if (hits.length + close.length === 0) return rows.length === 0 ? <p className="small quiet px-4 pb-4">{t('mt.none')}</p> : null
  return (
    <>
      <ScrollRegion className="scroll" label={t('mt.title')}>
        <table className="tbl">
          <caption className="sr-only">{t('mt.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              {columns.map((column) => (
                <Head key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {hits.map((one) => (
              <Row key={one.id} row={one} columns={columns} />
            ))}
          </tbody>
          {close.length > 0 && (
            <tbody>
              <tr className="bg-muted">
                <th scope="rowgroup" colSpan={columns.length + 1} className="quiet h-7!">
                  {t('mt.nearly')}
                </th>
              </tr>
              {close.map((one) => (
                <Row key={one.id} row={one} columns={columns} />
              ))}
            </tbody>
          )}
        </table>
      </ScrollRegion>
      {rows.length > FIRST && <p className="small quiet px-4 py-2">{t('mt.first', { n: FIRST })}</p>}
    </>
  )
}

function Head({ column }: { column: TickColumn }) {
  const { builder } = useShared()
  const [leaf, ...more] = column.leaves
  const whole = sentenceOf(column.criteria, builder.vocabulary)
  const short = leaf && more.length === 0 ? `${fieldName(leaf.field, builder.vocabulary.fields)} ${valueWords(leaf, builder.vocabulary)}` : whole
  return (
    <th scope="col" title={whole} className="max-w-40">
      <bdi className="cut">{short}</bdi>
    </th>
  )
}

function Row({ row, columns }: { row: Ticked; columns: TickColumn[] }) {
  return (
    <tr>
      <th scope="row" aria-label={row.name} className="max-w-44 font-normal">
        <AccountLink id={row.id} className="to" title={row.name}>
          <bdi className="cut">{row.name}</bdi>
        </AccountLink>
      </th>
      {columns.map((column) => (
        <Tick key={column.key} cell={cellOf(column, row.leaves)} />
      ))}
    </tr>
  )
}

function Tick({ cell }: { cell: Cell }) {
  const { builder, currency } = useShared()
  const info = builder.vocabulary.fields.get(cell.field) ?? { field: cell.field, type: 'any' }
  const kind = valueKind(info)
  const isNumber = isNumeric(kind) && cell.found !== null && cell.found !== '' && Number.isFinite(Number(cell.found))
  const text = cell.found === null ? t('notSet') : isNumber && kind === 'money' ? moneyShort(Number(cell.found), currency) : valueName(cell.field, isNumber ? Number(cell.found) : cell.found, builder.vocabulary)
  const Icon = cell.holds ? Check : X
  return (
    <td className="max-w-40 whitespace-nowrap">
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden className={cell.holds ? 'good size-4 shrink-0' : 'bad size-4 shrink-0'} strokeWidth={2} />
        <span className="sr-only">{t(cell.holds ? 'mt.holds' : 'mt.fails')}</span>
        <bdi className={cell.holds ? 'cut num' : 'cut num quiet'}>{text}</bdi>
      </span>
    </td>
  )
}

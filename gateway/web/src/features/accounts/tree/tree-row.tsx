// One account of a family: its own figures, and in italics those of all below it together.
import { Delta, Health } from '@/components/health'
import { Stage } from '@/components/stage'
import { Money } from '@/components/money'
import { cn } from '@/lib/cn'
import { allOf, where, type Criteria } from '@/lib/criteria'
import { day, money } from '@/lib/format'
import { ListLink } from '@/components/list-link'
import type { Family } from '../api'
import { ArrCell, RenewalCell, type CellContext } from '../cells'
import { type RowActions } from '../row'
import { atRisk } from '../views/standard'
import type { TreeRow } from './rows'
import type { Figures } from './parts'
import { FamilyHealth, TreeName } from './tree-name'

type Props = {
  row: TreeRow
  index: number
  family: Family | undefined
  folded: boolean
  figures: Figures
  context: CellContext
  open: boolean
  actions: RowActions
  onFold: (id: string) => void
}

export function TreeTableRow({ row: { account, depth, context: isContext }, index, family, folded, figures, context, open, actions, onFold }: Props) {
  const own = figures !== 'family'
  const sums = figures !== 'own'
  return (
    <tr aria-rowindex={index + 2} aria-level={depth + 1} aria-expanded={family ? !folded : undefined} data-row={index} data-open={open || undefined} className={cn(isContext && 'quiet')}>
      <th scope="row" className="acct-name">
        <TreeName account={account} depth={depth} family={family} folded={folded} isContext={isContext} actions={actions} onFold={onFold} />
      </th>
      {own && (
        <td>
          <span className="inline-flex items-center gap-2">
            <Health score={account.overall_score} level={account.risk_level} confidence={account.confidence} dense />
            <Delta change={account.score_change_30d} />
          </span>
        </td>
      )}
      {sums && <td className="sum-of">{family && <FamilyHealth family={family} />}</td>}
      {own && (
        <td className="end">
          <ArrCell row={account} context={context} />
        </td>
      )}
      {sums && <td className="end sum-of">{family && money(family.family_arr, context.currency)}</td>}
      {sums && (
        <td className="end">
          {family && family.family_arr_at_risk > 0 && <AtRisk id={account.id} family={family} currency={context.currency} />}
        </td>
      )}
      <td className={cn('num', sums && family && 'sum-of')}>{sums && family?.family_earliest_renewal ? day(family.family_earliest_renewal) : <RenewalCell row={account} context={context} />}</td>
      <td>
        <Stage name={account.current_stage} color={account.stage_color} />
      </td>
    </tr>
  )
}

/** Criteria reach one level down: a number that covers more has no list. */
function AtRisk({ id, family, currency }: { id: string; family: Family; currency: string }) {
  const amount = <Money amount={family.family_arr_at_risk} currency={currency} />
  if (family.descendants !== family.children) return <span className="sum-of">{amount}</span>
  const members: Criteria = { any: [where('id', 'eq', id), where('parent', 'eq', id)] }
  return (
    <ListLink criteria={allOf(atRisk, members)} className="sum-of">
      {amount}
    </ListLink>
  )
}

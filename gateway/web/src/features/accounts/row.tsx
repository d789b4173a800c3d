// One row of the table. Its first column names it and opens it; the row is drawn again only when something of it changes.
import { memo, type MouseEvent } from 'react'
import { Eye } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import { ChildMark, type CellContext } from './cells'
import type { Column } from './columns'
import { EditCell } from './edit/edit-cell'
import { isEditable, type SaveCell } from './edit/fields'

/** Must keep its identity. */
export type RowActions = { peek: (id: string) => void; select?: (id: string, range: boolean) => void; edit?: SaveCell }

type Props = {
  row: Account
  index: number
  columns: Column[]
  context: CellContext
  /** undefined where rows cannot be selected */
  selected?: boolean
  open: boolean
  actions: RowActions
}

export const AccountRow = memo(function AccountRow({ row, index, columns, context, selected, open, actions }: Props) {
  return (
    <tr aria-rowindex={index + 2} aria-selected={selected} data-open={open || undefined} data-row={index}>
      {actions.select && selected !== undefined && <SelectCell row={row} selected={selected} onSelect={actions.select} />}
      {columns.map(({ key, align, Cell }, place) =>
        place === 0 ? (
          <th key={key} scope="row" className="acct-name">
            <NameLink row={row} onPeek={actions.peek} />
          </th>
        ) : (
          <td key={key} className={align}>
            {actions.edit && isEditable(key) ? <EditCell row={row} field={key} context={context} onSave={actions.edit} Cell={Cell} /> : <Cell row={row} context={context} />}
          </td>
        ),
      )}
    </tr>
  )
})

/** The name leads to the account's page; beside it the drawer, which Space opens too. */
export function NameLink({ row, onPeek }: { row: Account; onPeek: (id: string) => void }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <ChildMark row={row} />
      <AccountLink id={row.id} title={row.name} nameOf className="name flex min-h-6 min-w-0 items-center hover:text-link">
        <bdi className="cut">{row.name}</bdi>
      </AccountLink>
      <PeekButton row={row} onPeek={onPeek} />
    </span>
  )
}

export const PeekButton = ({ row, onPeek }: { row: Account; onPeek: (id: string) => void }) => (
  <IconButton small data-peek label={t('peek.at', { name: row.name })} className="peek-at" onClick={() => onPeek(row.id)}>
    <Eye aria-hidden />
  </IconButton>
)

type SelectProps = { row: Account; selected: boolean; onSelect: (id: string, range: boolean) => void }

export function SelectBox({ row, selected, onSelect }: SelectProps) {
  // with Shift from the last one to this one; a key press has the Shift of its event
  const press = (event: MouseEvent<HTMLInputElement>) => onSelect(row.id, event.shiftKey)
  return <input type="checkbox" className="check" aria-label={t('bulk.select', { name: row.name })} checked={selected} onClick={press} onChange={() => undefined} />
}

function SelectCell(props: SelectProps) {
  return (
    <td className="check-cell">
      <SelectBox {...props} />
    </td>
  )
}

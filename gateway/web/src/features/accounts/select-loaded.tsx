// The box in the head of the list that selects the rows that are loaded.
import { t } from '@/lib/i18n'
import type { Account } from './api'
import type { Selection } from './bulk/use-selection'

export function SelectLoaded({ rows, selection }: { rows: Account[]; selection: Selection }) {
  const chosen = rows.length > 0 && rows.every((row) => selection.has(row.id))
  const some = !chosen && selection.size > 0
  return (
    <th scope="col" className="check-cell">
      <input
        type="checkbox"
        className="check"
        aria-label={t('bulk.selectLoaded', { n: rows.length })}
        checked={chosen}
        ref={(box) => {
          if (box) box.indeterminate = some
        }}
        onChange={() => selection.setAll(chosen ? [] : rows.map((row) => row.id))}
      />
    </th>
  )
}

// A field of an account: read by all, edited where it stands by those who may.
import { useRef } from 'react'
import { InlineEdit } from '@/components/edit/inline-edit'
import { useShown } from '../shown'
import type { FieldRow } from './field-list'
import { ShowValue } from './show-value'
import { useSave } from './use-save'

export function Editable({ row }: { row: FieldRow }) {
  const { page, currency, may } = useShown()
  const { save, conflict } = useSave()
  // what it was when editing began: the page goes on following others
  const begun = useRef({ base: row.value, version: page.version })
  const shown = <ShowValue type={row.type} value={row.value} options={row.options} currency={currency} />
  if (!may('account.edit') || row.fixed) return shown
  return (
    <>
      <InlineEdit
        label={row.label}
        type={row.type}
        value={row.value}
        options={row.options}
        required={row.required}
        onBegin={() => (begun.current = { base: row.value, version: page.version })}
        onSave={(value) => save({ field: row.field, label: row.label, value, type: row.type, options: row.options, ...begun.current })}
      >
        {shown}
      </InlineEdit>
      {conflict}
    </>
  )
}

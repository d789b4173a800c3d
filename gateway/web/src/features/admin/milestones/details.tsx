// What a milestone is about, and the criteria that complete it by themselves.
import { useState } from 'react'
import { CriteriaBuilder } from '@/components/criteria-builder/builder'
import { BuilderProvider, type BuilderContext } from '@/components/criteria-builder/context'
import { fromCriteria, isWhole, toCriteria } from '@/components/criteria-builder/tree'
import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { t } from '@/lib/i18n'
import type { MilestoneRow } from './milestones-api'

type Props = { row: MilestoneRow; builder: BuilderContext | undefined; onChange: (part: Partial<MilestoneRow>) => void }

export function Details({ row, builder, onChange }: Props) {
  const [tree, setTree] = useState(() => fromCriteria(row.criteria))
  const [on, setOn] = useState(row.criteria !== null)
  return (
    <div className="grid gap-3 rounded-card bg-muted p-3">
      <Field label={t('ms.description')} hint={t('ms.descriptionHint')}>
        {(described) => <textarea {...described} rows={2} value={row.description ?? ''} onChange={(event) => onChange({ description: event.target.value || null })} className="field-box" />}
      </Field>
      <label className="hit justify-self-start">
        <Switch
          checked={on}
          onChange={(next) => {
            setOn(next)
            onChange({ criteria: next ? (toCriteria(tree) ?? null) : null })
          }}
        />
        {t('ms.criteria')}
      </label>
      {on && builder && (
        <BuilderProvider value={builder}>
          <CriteriaBuilder
            value={tree}
            checked={!isWhole(tree)}
            onChange={(next) => {
              setTree(next)
              onChange({ criteria: toCriteria(next) ?? null })
            }}
          />
          {!row.criteria && <p className="small warn">{t('ms.noCriteria')}</p>}
        </BuilderProvider>
      )}
    </div>
  )
}

// Names of features and days without use: what counts for adoption, what was renamed, when nobody is expected.
import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { EditProps } from './edit-props'

export function MoreParts(props: EditProps) {
  return (
    <Panel title={t('hw.more')} sub={t('hw.moreSub')}>
      <div className="pad grid gap-4">
        <KeyFeatures {...props} />
        <Aliases {...props} />
        <Quiet {...props} />
      </div>
    </Panel>
  )
}

function KeyFeatures({ model: { key_features: names }, onChange }: EditProps) {
  return (
    <Field label={t('hw.keyFeatures')} hint={t('hw.keyFeaturesHint')}>
      {(described) => <textarea {...described} rows={2} defaultValue={names.join('\n')} key={names.join('\n')} onBlur={(event) => onChange({ key_features: [...new Set(event.target.value.split('\n').map((one) => one.trim()).filter(Boolean))] })} className="field-box" spellCheck={false} />}
    </Field>
  )
}

type RowsProps<T> = { title: string; hint: string; add: string; rows: T[]; fresh: T; onChange: (rows: T[]) => void; children: (row: T, set: (part: Partial<T>) => void, at: number) => React.ReactNode; remove: (at: number) => string }

function Rows<T extends object>({ title, hint, add, rows, fresh, onChange, children, remove }: RowsProps<T>) {
  const { mayEdit } = useShown()
  return (
    <fieldset className="grid gap-1.5">
      <legend className="small mb-1 font-medium">{title}</legend>
      {rows.map((row, at) => (
        // eslint-disable-next-line react/no-array-index-key -- a row is what stands at its place
        <div key={at} className="flex items-center gap-2">
          {children(row, (part) => onChange(rows.map((one, i) => (i === at ? { ...one, ...part } : one))), at)}
          {mayEdit && (
            <IconButton label={remove(at + 1)} onClick={() => onChange(rows.filter((_, i) => i !== at))}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {mayEdit && (
        <Button look="ghost" size="xs" className="justify-self-start" onClick={() => onChange([...rows, fresh])}>
          <Plus aria-hidden />
          {add}
        </Button>
      )}
      <p className="small quiet">{hint}</p>
    </fieldset>
  )
}

function Aliases({ model: { feature_aliases: rows }, onChange }: EditProps) {
  return (
    <Rows title={t('hw.aliases')} hint={t('hw.aliasesHint')} add={t('hw.aliasAdd')} remove={(n) => t('hw.aliasRemove', { n: String(n) })} rows={rows} fresh={{ old: '', now: '' }} onChange={(feature_aliases) => onChange({ feature_aliases })}>
      {(row, set, at) => (
        <>
          <input aria-label={t('hw.aliasOld', { n: String(at + 1) })} placeholder={t('hw.aliasOldHint')} value={row.old} onChange={(event) => set({ old: event.target.value })} className="field-box" autoComplete="off" spellCheck={false} />
          <span className="quiet small shrink-0">{t('hw.aliasIs')}</span>
          <input aria-label={t('hw.aliasNow', { n: String(at + 1) })} placeholder={t('hw.aliasNowHint')} value={row.now} onChange={(event) => set({ now: event.target.value })} className="field-box" autoComplete="off" spellCheck={false} />
        </>
      )}
    </Rows>
  )
}

function Quiet({ model: { quiet_periods: rows }, onChange }: EditProps) {
  return (
    <Rows title={t('hw.quiet')} hint={t('hw.quietHint')} add={t('hw.quietAdd')} remove={(n) => t('hw.quietRemove', { n: String(n) })} rows={rows} fresh={{ from: '', to: '' }} onChange={(quiet_periods) => onChange({ quiet_periods })}>
      {(row, set, at) => (
        <>
          <input type="date" aria-label={t('hw.quietFrom', { n: String(at + 1) })} value={row.from} onChange={(event) => set({ from: event.target.value, ...(row.to ? {} : { to: event.target.value }) })} className="field-box" />
          <span className="quiet small shrink-0">{t('hw.quietTo')}</span>
          <input type="date" aria-label={t('hw.quietUntil', { n: String(at + 1) })} min={row.from} value={row.to} onChange={(event) => set({ to: event.target.value })} className="field-box" />
        </>
      )}
    </Rows>
  )
}

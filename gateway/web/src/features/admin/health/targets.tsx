// How much of each kind of usage, in 30 days, gives the full 100.
import { Field } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import type { EditProps } from './edit-props'
import { TARGETS } from './model'

export function Targets({ model: { targets }, base, onChange }: EditProps) {
  return (
    <Panel title={t('hw.targets')} sub={t('hw.targetsSub')}>
      <div className="pad grid gap-3" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))' }}>
        {TARGETS.map((key) => (
          <Field key={key} label={t(`hwTarget.${key}`)} hint={targets[key] === base.targets[key] ? undefined : t('hw.was', { value: base.targets[key] })} error={targets[key] > 0 ? undefined : t('hwFault.target')}>
            {(described) => <input {...described} type="number" min={1} inputMode="decimal" value={Number.isFinite(targets[key]) ? targets[key] : ''} onChange={(event) => onChange({ targets: { ...targets, [key]: event.target.value === '' ? Number.NaN : event.target.valueAsNumber } })} className="field-box num" />}
          </Field>
        ))}
      </div>
    </Panel>
  )
}

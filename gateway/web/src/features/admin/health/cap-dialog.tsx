// One cap: which accounts, how high their score can be, and what the reader of a score is told.
import { useState } from 'react'
import { CriteriaBuilder } from '@/components/criteria-builder/builder'
import { BuilderProvider, type BuilderContext } from '@/components/criteria-builder/context'
import { fromCriteria, isWhole, toCriteria } from '@/components/criteria-builder/tree'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'
import { AT_RISK, type Cap } from './model'

type Props = { cap: Cap; isNew: boolean; healthy: number; builder: BuilderContext; onClose: () => void; onRemove: () => void; onDone: (cap: Cap) => void }

export function CapDialog({ cap, isNew, healthy, builder, onClose, onRemove, onDone }: Props) {
  const [tree, setTree] = useState(() => fromCriteria(cap.when))
  const [max, setMax] = useState(cap.max)
  const [reason, setReason] = useState(cap.reason)
  const [checked, setChecked] = useState(false)
  const when = toCriteria(tree)
  const goodMax = typeof max === 'string' || (Number.isInteger(max) && max >= 0 && max <= 100)
  const done = () => (when && isWhole(tree) && goodMax && reason.trim() ? onDone({ ...cap, when, max, reason: reason.trim() }) : setChecked(true))
  return (
    <Dialog
      title={t(isNew ? 'hw.capNew' : 'hw.capTitle')}
      description={t('hw.capText')}
      wide="more"
      onClose={onClose}
      footer={
        <>
          {!isNew && (
            <Button look="danger" className="me-auto" onClick={onRemove}>
              {t('hw.capRemove')}
            </Button>
          )}
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={done}>{t('hw.capDone')}</Button>
        </>
      }
    >
      <BuilderProvider value={builder}>
        <CriteriaBuilder value={tree} onChange={setTree} checked={checked} />
      </BuilderProvider>
      {checked && !when && (
        <p role="alert" className="bad">
          {t('hw.capWhen')}
        </p>
      )}
      <Field label={t('hw.capMax')} error={checked && !goodMax ? t('fault.percent') : undefined}>
        {(described) => (
          <div className="flex flex-wrap gap-2">
            <select {...described} value={typeof max === 'string' ? AT_RISK : 'number'} onChange={(event) => setMax(event.target.value === AT_RISK ? AT_RISK : healthy - 1)} className="field-box" style={{ width: 256 }}>
              <option value={AT_RISK}>{t('hw.capAtRisk', { n: healthy - 1 })}</option>
              <option value="number">{t('hw.capNumber')}</option>
            </select>
            {typeof max === 'number' && <input aria-label={t('hw.capMax')} type="number" min={0} max={100} value={Number.isNaN(max) ? '' : max} onChange={(event) => setMax(event.target.valueAsNumber)} className="field-box num" style={{ width: 80 }} />}
          </div>
        )}
      </Field>
      <Field label={t('hw.capReason')} hint={t('hw.capReasonHint', { field: '{urgent_open_days}' })} error={checked && !reason.trim() ? t('hw.capReasonMissing') : undefined}>
        {(described) => <input {...described} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} className="field-box" autoComplete="off" />}
      </Field>
    </Dialog>
  )
}

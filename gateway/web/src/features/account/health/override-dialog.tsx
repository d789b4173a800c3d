// Sets the score by hand, with a reason and an end; or ends that.
import { useState } from 'react'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { dayIn } from '@/lib/days'
import { day } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { overrideScore } from '../write-api'

const MOST_DAYS = 90

export function OverrideDialog({ onClose }: { onClose: () => void }) {
  const { id, page } = useShown()
  const { current } = page.health
  const isSet = Boolean(current?.override_reason)
  const [score, setScore] = useState(String(page.account.overall_score ?? ''))
  const [reason, setReason] = useState(current?.override_reason ?? '')
  const [until, setUntil] = useState(dayIn(30))
  const [wrong, setWrong] = useState<{ score?: string; reason?: string; until?: string }>({})
  const done = (text: string) => () => {
    toast(text)
    onClose()
  }
  const set = useWrite({ send: () => overrideScore(id, Number(score), reason.trim(), `${until}T23:59:00Z`), onDone: done(t('over.done', { score, day: day(until) })), quiet: true })
  const end = useWrite({ send: () => overrideScore(id, null), onDone: done(t('over.ended')), quiet: true })
  function submit() {
    const number = Number(score)
    const next = {
      score: score.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 100 ? undefined : t('over.scoreWrong'),
      reason: reason.trim() ? undefined : t('over.reasonMissing'),
      until: until > dayIn(0) && until <= dayIn(MOST_DAYS) ? undefined : t('over.untilWrong'),
    }
    setWrong(next)
    if (!next.score && !next.reason && !next.until) set.mutate(undefined)
  }
  const error = set.error ?? end.error
  return (
    <Dialog
      title={t('acct.override')}
      description={isSet && current?.override_until ? t('over.isSet', { score: page.account.overall_score ?? '', day: day(current.override_until), computed: current.raw_score ?? t('health.none') }) : t('over.text')}
      onClose={onClose}
      footer={
        <>
          {isSet && (
            <Button look="outline" className="me-auto" busy={end.isPending} onClick={() => end.mutate(undefined)}>
              {t('over.end')}
            </Button>
          )}
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={set.isPending} onClick={submit}>
            {t('over.set')}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone="bad" role="alert">
          {message(error)}
        </Note>
      )}
      <Field label={t('over.score')} error={wrong.score}>
        {(described) => <input {...described} type="text" inputMode="numeric" value={score} onChange={(event) => setScore(event.target.value)} className="field-box" />}
      </Field>
      <Field label={t('over.reason')} error={wrong.reason} hint={t('over.reasonHint')}>
        {(described) => <textarea {...described} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} className="field-box" />}
      </Field>
      <Field label={t('over.until')} error={wrong.until} hint={t('over.untilHint')}>
        {(described) => <input {...described} type="date" min={dayIn(1)} max={dayIn(MOST_DAYS)} value={until} onChange={(event) => setUntil(event.target.value)} className="field-box" />}
      </Field>
    </Dialog>
  )
}

// The dialog that asks for a stage: which one, a note, and of a customer that is lost why and since when.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { Stage } from '@/components/stage'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { dayIn } from '@/lib/days'
import { t } from '@/lib/i18n'
import { activeStagesQuery, type StageName } from '@/lib/names'
import { noteOf } from './lost-note'

type Props = {
  title: string
  description: string
  /** the stage they are in, where it is one */
  from?: string
  suggested?: string | null
  /** chosen already */
  given?: string
  busy: boolean
  error: unknown
  onClose: () => void
  onMove: (stage: StageName, note: string | undefined) => void
}

export function StageForm({ title, description, from, suggested = null, given, busy, error, onClose, onMove }: Props) {
  const stages = useQuery(activeStagesQuery)
  const [picked, setPicked] = useState<StageName>()
  const [note, setNote] = useState('')
  const [lostOn, setLostOn] = useState(() => dayIn(0))
  const [wrong, setWrong] = useState<'stage' | 'reason'>()
  const to = picked ?? stages.data?.find((one) => one.id === given)
  function submit() {
    if (!to) return setWrong('stage')
    if (to.isEnd && note.trim() === '') return setWrong('reason')
    setWrong(undefined)
    onMove(to, noteOf(note, to.isEnd ? lostOn : undefined))
  }
  return (
    <Dialog
      title={title}
      description={description}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={busy} onClick={submit}>
            {to ? t('gate.moveTo', { stage: to.name }) : t('gate.change')}
          </Button>
        </>
      }
    >
      {Boolean(error) && (
        <Note tone="bad" role="alert">
          {message(error)}
        </Note>
      )}
      <Awaited query={stages} height={240}>
        {(all) => <Choices all={all} current={from} suggested={suggested} chosen={to} onChoose={(stage) => { setPicked(stage); setWrong(undefined) }} />}
      </Awaited>
      {wrong === 'stage' && <p role="alert" className="bad">{t('gate.choose')}</p>}
      <Field label={t(to?.isEnd ? 'gate.reason' : 'gate.note')} error={wrong === 'reason' ? t('gate.reasonMissing') : undefined}>
        {(described) => <textarea {...described} rows={2} value={note} onChange={(event) => setNote(event.target.value)} className="field-box" />}
      </Field>
      {to?.isEnd && (
        <Field label={t('gate.lostOn')}>
          {(described) => <input {...described} type="date" value={lostOn} max={dayIn(0)} onChange={(event) => setLostOn(event.target.value)} className="field-box w-44" />}
        </Field>
      )}
    </Dialog>
  )
}

type ChoicesProps = { all: StageName[]; current: string | undefined; suggested: string | null; chosen: StageName | undefined; onChoose: (stage: StageName) => void }

function Choices({ all, current, suggested, chosen, onChoose }: ChoicesProps) {
  const remark = (stage: StageName) => (stage.name === current ? t('gate.here') : stage.name === suggested ? t('gate.suggested') : stage.isEnd ? t('gate.end') : stage.isSide ? t('gate.side') : '')
  return (
    <fieldset>
      <legend className="sr-only">{t('gate.choose')}</legend>
      {all.map((stage) => (
        <label key={stage.id} className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 hover:bg-accent">
          <input type="radio" name="stage" disabled={stage.name === current} checked={stage.id === chosen?.id} onChange={() => onChoose(stage)} className="size-4" />
          <Stage name={stage.name} color={stage.color} />
          <span className="quiet ms-auto">{remark(stage)}</span>
        </label>
      ))}
    </fieldset>
  )
}

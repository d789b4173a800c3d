// Moves the account to another stage. Where milestones hold it back, the dialog turns into the gate.
import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { Stage } from '@/components/stage'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { activeStagesQuery, type StageName } from '@/lib/names'
import { ACCOUNT } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { moveStage, undoMove } from '../write-api'
import { Gate } from './gate'
import { openMilestonesOf, type OpenMilestone } from './open-milestones'

export function StageDialog({ onClose }: { onClose: () => void }) {
  const { id, page } = useShown()
  const client = useQueryClient()
  const stages = useQuery(activeStagesQuery)
  const [to, setTo] = useState<StageName>()
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState('')
  const [held, setHeld] = useState<OpenMilestone[]>()
  const from = page.stage?.name ?? ''
  const { name } = page.account

  const move = useWrite({
    send: (stage: StageName) => moveStage({ id, to: stage.id, from, note: note.trim() || undefined }),
    onDone: (_, stage) => {
      const undo = () =>
        void undoMove(id).then(
          () => client.invalidateQueries({ queryKey: [...ACCOUNT, id] }),
          (error: unknown) => fail(t('gate.notUndone', { message: message(error) })),
        )
      toast(t('gate.moved', { name, stage: stage.name }), { action: { label: t('undo'), run: undo } })
      onClose()
    },
    quiet: true,
  })
  function submit() {
    if (!to) return setWrong(t('gate.choose'))
    if (to.isEnd && note.trim() === '') return setWrong(t('gate.reasonMissing'))
    setWrong('')
    move.mutate(to, { onError: (error) => setHeld(error instanceof ApiError && error.status === 422 ? openMilestonesOf(error.details) : undefined) })
  }
  if (held && to) return <Gate open={held} to={to.name} onClose={onClose} onSettled={() => { setHeld(undefined); submit() }} />
  return (
    <Dialog
      title={t('gate.title', { name })}
      description={t('gate.now', { stage: from })}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={move.isPending} onClick={submit}>
            {to ? t('gate.moveTo', { stage: to.name }) : t('acct.changeStage')}
          </Button>
        </>
      }
    >
      {move.error && (
        <Note tone="bad" role="alert">
          {message(move.error)}
        </Note>
      )}
      <Awaited query={stages} height={240}>
        {(all) => <Choices all={all} current={from} suggested={page.stage?.suggested ?? null} chosen={to} onChoose={(stage) => { setTo(stage); setWrong('') }} />}
      </Awaited>
      <Field label={t(to?.isEnd ? 'gate.reason' : 'gate.note')} error={wrong || undefined}>
        {(described) => <textarea {...described} rows={2} value={note} onChange={(event) => setNote(event.target.value)} className="field-box" />}
      </Field>
    </Dialog>
  )
}

type ChoicesProps = { all: StageName[]; current: string; suggested: string | null; chosen: StageName | undefined; onChoose: (stage: StageName) => void }

function Choices({ all, current, suggested, chosen, onChoose }: ChoicesProps) {
  return (
    <fieldset>
      <legend className="sr-only">{t('gate.choose')}</legend>
      {all.map((stage) => (
        <label key={stage.id} className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 hover:bg-accent">
          <input type="radio" name="stage" disabled={stage.name === current} checked={stage.id === chosen?.id} onChange={() => onChoose(stage)} className="size-4" />
          <Stage name={stage.name} color={stage.color} />
          <span className="quiet ms-auto">{stage.name === current ? t('gate.here') : stage.name === suggested ? t('gate.suggested') : stage.isEnd ? t('gate.end') : stage.isSide ? t('gate.side') : ''}</span>
        </label>
      ))}
    </fieldset>
  )
}

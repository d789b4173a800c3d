// The gate of a stage: each open milestone is ticked now or waived with a reason, then the account moves; or nothing happens.
import { useEffect, useRef, useState } from 'react'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Due } from '../overview/milestones'
import { useWrite } from '../use-write'
import { completeMilestone } from '../write-api'
import type { OpenMilestone } from './open-milestones'

type Answer = { done: boolean; waive?: string }
type Props = { open: OpenMilestone[]; to: string; onClose: () => void; onSettled: () => void }

const isAnswered = (answer: Answer | undefined) => answer?.done === true || (answer?.waive ?? '').trim() !== ''

export function Gate({ open, to, onClose, onSettled }: Props) {
  const { id, page } = useShown()
  const [answers, setAnswers] = useState<Record<string, Answer>>({})
  const left = open.filter((one) => !isAnswered(answers[one.id])).length
  const settle = useWrite({
    send: async () => {
      for (const one of open) await completeMilestone(id, one.id, answers[one.id]?.done ? undefined : answers[one.id]?.waive?.trim())
    },
    onDone: onSettled,
    quiet: true,
  })
  const answer = (one: OpenMilestone, next: Answer) => setAnswers({ ...answers, [one.id]: next })
  return (
    <Dialog
      title={t('gate.held', { n: open.length, stage: page.stage?.name ?? '' })}
      description={t('gate.heldText', { name: page.account.name, stage: page.stage?.name ?? '' })}
      onClose={onClose}
      footer={
        <>
          {left > 0 && <span className="quiet me-auto self-center">{t('gate.left', { n: left })}</span>}
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={settle.isPending} held={left > 0} onClick={() => settle.mutate(undefined)}>
            {t('gate.moveTo', { stage: to })}
          </Button>
        </>
      }
    >
      {settle.error && (
        <Note tone="bad" role="alert">
          {message(settle.error)}
        </Note>
      )}
      <ul>
        {open.map((one) => (
          <Held key={one.id} one={one} answer={answers[one.id] ?? { done: false }} onAnswer={(next) => answer(one, next)} />
        ))}
      </ul>
    </Dialog>
  )
}

function Held({ one, answer, onAnswer }: { one: OpenMilestone; answer: Answer; onAnswer: (next: Answer) => void }) {
  const { page, timeZone } = useShown()
  const known = page.milestones.find((it) => it.milestone_id === one.id)
  const waiving = answer.waive !== undefined
  return (
    <li className="grid gap-2 border-hairline py-2 not-first:border-t">
      <div className="flex items-center gap-3">
        <label className="hit min-w-0 flex-1">
          <input type="checkbox" className="check" checked={answer.done} onChange={(event) => onAnswer({ done: event.target.checked })} />
          <span className="min-w-0 wrap-anywhere">
            <bdi className="font-semibold">{one.title}</bdi> {known && <Due one={known} timeZone={timeZone} />}
          </span>
        </label>
        <Button look="ghost" size="xs" aria-expanded={waiving} onClick={() => onAnswer(waiving ? { done: false } : { done: false, waive: '' })}>
          {t('gate.waive')}
        </Button>
      </div>
      {waiving && <Waiver title={one.title} reason={answer.waive ?? ''} onReason={(waive) => onAnswer({ done: false, waive })} />}
    </li>
  )
}

function Waiver({ title, reason, onReason }: { title: string; reason: string; onReason: (reason: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  // the button that was pressed asks for it
  useEffect(() => field.current?.focus(), [])
  return <input ref={field} type="text" aria-label={t('gate.waiveReason', { title })} placeholder={t('gate.waiveHint')} value={reason} onChange={(event) => onReason(event.target.value)} className="field-box" />
}

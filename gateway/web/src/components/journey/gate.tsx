// The gate of a stage: each open milestone is ticked now or waived with a reason, then the account moves; or nothing happens.
import { useEffect, useRef, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { completeMilestone, dueQuery, type DueMilestone } from '@/lib/stage-moves-api'
import { Due } from './due'
import type { OpenMilestone } from './open-milestones'

type Answer = { done: boolean; waive?: string }
type Props = {
  account: { id: string; name: string }
  stage: string
  to: string
  open: OpenMilestone[]
  timeZone: string
  onClose: () => void
  /** all of them are done or waived */
  onSettled: () => void
}

const isAnswered = (answer: Answer | undefined) => answer?.done === true || (answer?.waive ?? '').trim() !== ''

export function Gate({ account, stage, to, open, timeZone, onClose, onSettled }: Props) {
  const [answers, setAnswers] = useState<Record<string, Answer>>({})
  const { data: due } = useQuery({ ...dueQuery(account.id), staleTime: 0 })
  const left = open.filter((one) => !isAnswered(answers[one.id])).length
  const settle = useMutation({
    mutationFn: async () => {
      for (const one of open) await completeMilestone(account.id, one.id, answers[one.id]?.done ? undefined : answers[one.id]?.waive?.trim())
    },
    onSuccess: onSettled,
  })
  return (
    <Dialog
      title={t('gate.held', { n: open.length, stage })}
      description={t('gate.heldText', { name: account.name, stage })}
      onClose={onClose}
      footer={
        <>
          {left > 0 && <span className="quiet me-auto self-center">{t('gate.left', { n: left })}</span>}
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={settle.isPending} held={left > 0} onClick={() => settle.mutate()}>
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
          <Held
            key={one.id}
            one={one}
            due={due?.find((it) => it.milestone_id === one.id)}
            timeZone={timeZone}
            answer={answers[one.id] ?? { done: false }}
            onAnswer={(next) => setAnswers({ ...answers, [one.id]: next })}
          />
        ))}
      </ul>
    </Dialog>
  )
}

type HeldProps = { one: OpenMilestone; due: DueMilestone | undefined; timeZone: string; answer: Answer; onAnswer: (next: Answer) => void }

function Held({ one, due, timeZone, answer, onAnswer }: HeldProps) {
  const now = useNow(60_000)
  const waiving = answer.waive !== undefined
  return (
    <li className="grid gap-2 border-hairline py-2 not-first:border-t">
      <div className="flex items-center gap-3">
        <label className="hit min-w-0 flex-1">
          <input type="checkbox" className="check" checked={answer.done} onChange={(event) => onAnswer({ done: event.target.checked })} />
          <span className="min-w-0 wrap-anywhere">
            <bdi className="font-semibold">{one.title}</bdi> {due && <Due one={due} timeZone={timeZone} now={now} />}
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

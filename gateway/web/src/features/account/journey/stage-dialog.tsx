// Moves the account to another stage. Where milestones hold it back, the dialog turns into the gate.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Gate } from '@/components/journey/gate'
import { openMilestonesOf, type OpenMilestone } from '@/components/journey/open-milestones'
import { StageForm } from '@/components/journey/stage-form'
import { message } from '@/components/states'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import type { StageName } from '@/lib/names'
import { moveStage, undoMove } from '@/lib/stage-moves-api'
import { fail, toast } from '@/lib/toasts'
import { ACCOUNT } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'

type Wanted = { to: StageName; note: string | undefined }

export function StageDialog({ onClose }: { onClose: () => void }) {
  const { id, page, timeZone } = useShown()
  const client = useQueryClient()
  const [held, setHeld] = useState<{ wanted: Wanted; open: OpenMilestone[] }>()
  const from = page.stage?.name ?? ''
  const { name } = page.account
  const reread = () => client.invalidateQueries({ queryKey: [...ACCOUNT, id] })

  const move = useWrite({
    send: ({ to, note }: Wanted) => moveStage({ id, to: to.id, from, note }),
    onDone: (_, { to }) => {
      const undo = () => void undoMove(id).then(reread, (error: unknown) => fail(t('gate.notUndone', { message: message(error) })))
      toast(t('gate.moved', { name, from, to: to.name }), { action: { label: t('undo'), run: undo } })
      onClose()
    },
    quiet: true,
  })
  function go(wanted: Wanted) {
    const onError = (error: Error) => {
      const open = error instanceof ApiError && error.status === 422 ? openMilestonesOf(error.details) : undefined
      setHeld(open && { wanted, open })
    }
    move.mutate(wanted, { onError })
  }
  function leave() {
    // some of them may have been settled before it stopped
    void reread()
    onClose()
  }
  if (held) {
    return <Gate account={{ id, name }} stage={from} to={held.wanted.to.name} open={held.open} timeZone={timeZone} onClose={leave} onSettled={() => { setHeld(undefined); go(held.wanted) }} />
  }
  return (
    <StageForm
      title={t('gate.title', { name })}
      description={t('gate.now', { stage: from })}
      from={from}
      suggested={page.stage?.suggested}
      busy={move.isPending}
      error={move.error}
      onClose={onClose}
      onMove={(to, note) => go({ to, note })}
    />
  )
}

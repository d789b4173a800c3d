// Runs a playbook for the account: first as a trial that writes nothing, then for good.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { playbooksQuery, runPlaybook, type Playbook } from '@/components/playbook/playbook-api'
import { Tried } from '@/components/playbook/tried'
import { eventText, resultText } from '@/components/playbook/words'
import { message, State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { useWrite } from '../use-write'

export function PlaybookDialog({ onClose }: { onClose: () => void }) {
  const { id, page } = useShown()
  const playbooks = useQuery(playbooksQuery)
  const [chosen, setChosen] = useState<Playbook>()
  const trial = useWrite({ send: (one: Playbook) => runPlaybook(one.id, id, true), quiet: true })
  const real = useWrite({
    send: (one: Playbook) => runPlaybook(one.id, id, false),
    onDone: (outcome, one) => {
      toast(t(outcome.result === 'fired' ? 'auto.ran' : 'auto.didNotRun', { name: one.name, result: outcome.result ? resultText(outcome.result) : (outcome.reason ?? '') }))
      onClose()
    },
    quiet: true,
  })
  const tried = trial.data
  const choose = (one: Playbook) => {
    setChosen(one)
    trial.reset()
    real.reset()
  }
  const error = real.error ?? trial.error
  return (
    <Dialog
      title={t('auto.runTitle')}
      description={t('auto.runText', { name: page.account.name })}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look={tried ? 'outline' : 'primary'} busy={trial.isPending} held={!chosen} onClick={() => trial.mutate(chosen!)}>
            {t('auto.try')}
          </Button>
          {tried?.result === 'fired' && (
            <Button busy={real.isPending} onClick={() => real.mutate(chosen!)}>
              {t('auto.runNow')}
            </Button>
          )}
        </>
      }
    >
      {error && (
        <Note tone="bad" role="alert">
          {message(error)}
        </Note>
      )}
      <Awaited query={playbooks} height={160}>
        {(all) => (all.length === 0 ? <State>{t('auto.noPlaybooks')}</State> : <Choices all={all} chosen={chosen} onChoose={choose} />)}
      </Awaited>
      {tried && <Tried outcome={tried} />}
    </Dialog>
  )
}

function Choices({ all, chosen, onChoose }: { all: Playbook[]; chosen: Playbook | undefined; onChoose: (one: Playbook) => void }) {
  return (
    <fieldset className="max-h-80 overflow-y-auto">
      <legend className="sr-only">{t('why.choose')}</legend>
      {all.map((one) => (
        <label key={one.id} className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1 hover:bg-accent">
          <input type="radio" name="playbook" checked={one.id === chosen?.id} onChange={() => onChoose(one)} className="size-4 shrink-0" />
          <bdi className="min-w-0 font-medium wrap-anywhere">{one.name}</bdi>
          <span className="quiet ms-auto text-end">{[one.event_kind && eventText(one.event_kind), one.state !== 'active' && t('auto.isOff')].filter(Boolean).join(', ')}</span>
        </label>
      ))}
    </fieldset>
  )
}

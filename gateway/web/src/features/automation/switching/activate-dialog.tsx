// Switching a playbook on: from now on, or also for the accounts that match already; and what becomes of what it had queued.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { resultText } from '@/components/playbook/words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { listed, money, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { activatePlaybook, portfolioQuery, type Activation } from '../api'
import { hasPresent } from '../events'
import type { Playbook } from '../playbook-types'
import { previewQuery } from '../preview-api'
import { useShared } from '../shared'
import { sentence, useWrite } from '../use-write'

/** More than this share of the portfolio asks for a second look. */
export const MANY = 0.2

type Props = { playbook: Playbook; onClose: () => void; onDone?: () => void }

export function ActivateDialog({ playbook, onClose, onDone }: Props) {
  const { currency } = useShared()
  const { event, when } = playbook.trigger_criteria
  const present = hasPresent(event)
  const preview = useQuery({ ...previewQuery(event, when), enabled: present })
  const portfolio = useQuery(portfolioQuery)
  const [scope, setScope] = useState<Activation['scope']>('new')
  const [queued, setQueued] = useState<Activation['queued']>('send')
  const [sure, setSure] = useState(false)
  const n = preview.data?.length ?? 0
  const share = portfolio.data ? n / portfolio.data : 0
  const isMany = share > MANY
  const activate = useWrite(
    activatePlaybook,
    ({ results }) => {
      const came = Object.entries(results).map(([result, times]) => `${resultText(result)} ${times}`)
      toast(came.length > 0 ? t('act.doneNow', { name: playbook.name, what: listed(came) }) : t('act.done', { name: playbook.name }))
      onClose()
      onDone?.()
    },
    true,
  )
  const choices: [Activation['scope'], string, string][] = [['new', t('act.new'), t('act.newText')], ['present', t('act.present', { n }), t('act.presentText', { money: money((preview.data ?? []).reduce((sum, one) => sum + (one.arr ?? 0), 0), currency) })]]
  return (
    <Dialog
      title={t('act.title', { name: playbook.name })}
      description={t('act.text')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={activate.isPending} held={isMany && !sure} onClick={() => activate.mutate({ id: playbook.id, scope, queued })}>
            {t('act.go')}
          </Button>
        </>
      }
    >
      {activate.error && (
        <Note tone="bad" role="alert">
          {sentence(activate.error)}
        </Note>
      )}
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-semibold">{t('act.scope')}</legend>
        {choices.slice(0, present ? 2 : 1).map(([value, label, text]) => (
          <label key={value} aria-label={label} className="flex cursor-pointer items-start gap-2.5 rounded-control px-2 py-1.5 hover:bg-accent">
            <input type="radio" name="scope" checked={scope === value} onChange={() => setScope(value)} className="mt-0.5 size-4 shrink-0" />
            <span>
              <b className="font-medium">{label}</b>
              <span className="quiet block">{text}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {playbook.deliveries_waiting > 0 && (
        <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="mb-1 font-semibold">{t('act.queued', { n: playbook.deliveries_waiting })}</legend>
          {(['send', 'drop'] as const).map((value) => (
            <label key={value} className="hit">
              <input type="radio" name="queued" checked={queued === value} onChange={() => setQueued(value)} className="size-4" />
              {t(`act.${value}`)}
            </label>
          ))}
        </fieldset>
      )}
      {isMany && (
        <Note tone="warn">
          <p>{t('act.many', { share: percent(share), n })}</p>
          <label className="hit mt-1">
            <input type="checkbox" className="check" checked={sure} onChange={(change) => setSure(change.target.checked)} />
            {t('act.sure')}
          </label>
        </Note>
      )}
    </Dialog>
  )
}

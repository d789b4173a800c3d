// The head of the builder: the name, what of it is saved, form or JSON, and the button that saves, publishes or switches on.
import { Link } from '@tanstack/react-router'
import { PageTitle } from '@/components/page-title'
import { Button, buttonClass } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { whenText } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { activatePlaybook, pausePlaybook } from '../api'
import type { Playbook } from '../playbook-types'
import { useShared } from '../shared'
import { useWrite } from '../use-write'
import type { BuilderState } from './use-builder'

type Props = { state: BuilderState; title: string; form: 'form' | 'json'; onForm: (form: 'form' | 'json') => void; onActivate: (playbook: Playbook) => void; mayEdit: boolean }

export function BuilderHead({ state, title, form, onForm, onActivate, mayEdit }: Props) {
  const { tenant } = useShared()
  const { playbook, dirty, busy } = state
  const isOn = playbook?.state === 'active'
  const resume = useWrite(activatePlaybook)
  const pause = useWrite(() => pausePlaybook(playbook!.id), () => toast(t('pb.paused', { name: title }), { action: { label: t('undo'), run: () => resume.mutate({ id: playbook!.id, scope: 'new', queued: 'send' }) } }))
  async function saveDraft() {
    const saved = await state.save()
    if (saved) state.settle(saved)
  }
  async function activate() {
    const ready = dirty ? await state.save() : playbook
    if (!ready) return
    onActivate(ready)
  }
  return (
    <div className="mb-3 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <Link to="/dashboard/automation/$section" params={{ section: 'playbooks' }} search={{}} className="sr-only focus:not-sr-only">
        {t('bld.back')}
      </Link>
      <PageTitle title={title} owner={tenant} className="min-w-0 wrap-anywhere" />
      <p role="status" className="small quiet">
        <Standing playbook={playbook} dirty={dirty} />
      </p>
      <div className="ms-auto flex flex-wrap items-center gap-2">
        <Segmented label={t('bld.view')} value={form} options={[{ value: 'form', label: t('bld.form') }, { value: 'json', label: t('bld.json') }]} onChange={onForm} />
        {mayEdit && isOn && (
          <>
            <Button look="outline" busy={pause.isPending} onClick={() => pause.mutate(undefined)}>
              {t('bld.pause')}
            </Button>
            <Button busy={busy} held={!dirty} onClick={() => void saveDraft()}>
              {t('bld.publish', { version: (playbook?.version ?? 0) + 1 })}
            </Button>
          </>
        )}
        {mayEdit && !isOn && (
          <>
            <Button look="outline" busy={busy} held={!dirty} onClick={() => void saveDraft()}>
              {t('bld.saveDraft')}
            </Button>
            <Button held={busy} onClick={() => void activate()}>
              {t(playbook?.state === 'paused' || playbook?.state === 'off' ? 'bld.resume' : 'bld.activate')}
            </Button>
          </>
        )}
        {!mayEdit && (
          <Link to="/dashboard/automation/$section" params={{ section: 'runs' }} search={{ playbook: playbook?.id }} className={buttonClass('outline')}>
            {t('pb.seeRuns')}
          </Link>
        )}
      </div>
    </div>
  )
}

function Standing({ playbook, dirty }: { playbook: Playbook | undefined; dirty: boolean }) {
  const { timeZone } = useShared()
  if (!playbook) return t('bld.unsaved')
  const version = t('bld.version', { state: t(`pbState.${playbook.state}`), version: playbook.version })
  if (dirty) return `${version}, ${t('bld.changed')}`
  return `${version}, ${t('bld.savedAt', { when: whenText(playbook.updated_at, timeZone) })}`
}

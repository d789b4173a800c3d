// On or off: on asks for which accounts, off pauses at once and can be taken back.
import { Switch } from '@/components/ui/switch'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { activatePlaybook, pausePlaybook } from '../api'
import type { Playbook } from '../playbook-types'
import { useShared } from '../shared'
import { useWrite } from '../use-write'
import type { Layer } from './layer'

export function PlaybookSwitch({ row, onLayer }: { row: Playbook; onLayer: (layer: Layer) => void }) {
  const { may } = useShared()
  const resume = useWrite(activatePlaybook)
  const pause = useWrite(
    () => pausePlaybook(row.id),
    () => toast(t('pb.paused', { name: row.name }), { action: { label: t('undo'), run: () => resume.mutate({ id: row.id, scope: 'new', queued: 'send' }) } }),
  )
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      {may('playbook.edit') && <Switch checked={row.state === 'active'} label={t('pb.switch', { name: row.name })} onChange={(on) => (on ? onLayer({ kind: 'activate', playbook: row }) : pause.mutate(undefined))} />}
      <span className={row.state === 'active' ? undefined : 'quiet'}>{t(`pbState.${row.state}`)}</span>
    </span>
  )
}

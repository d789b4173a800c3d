// What can be done with a playbook.
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { t } from '@/lib/i18n'
import type { Playbook } from '../playbook-types'
import type { SectionProps } from '../search'
import { useShared } from '../shared'
import type { Layer } from './layer'

export function PlaybookMenu({ row, onLayer, onGo }: { row: Playbook; onLayer: (layer: Layer) => void; onGo: SectionProps['onGo'] }) {
  const { may } = useShared()
  const navigate = useNavigate()
  const entries: MenuEntry[] = [
    { label: t('pb.seeRuns'), onSelect: () => onGo('runs', { playbook: row.id }) },
    { label: t('pb.seeQueue'), onSelect: () => onGo('queue', { playbook: row.id }) },
  ]
  if (may('playbook.edit')) {
    entries.push(
      { label: t('pb.duplicate'), onSelect: () => void navigate({ to: '/dashboard/automation/playbooks/new', search: { copy: row.id } }) },
      { label: t('pb.test'), onSelect: () => void navigate({ to: '/dashboard/automation/playbooks/$id/edit', params: { id: row.id }, hash: 'try' }) },
      'line',
      { label: t('pb.delete'), danger: true, onSelect: () => onLayer({ kind: 'delete', playbook: row }) },
    )
  }
  const label = t('chart.more', { title: row.name })
  return <Menu trigger={{ className: buttonClass('ghost', 'icon'), label, title: label, children: <Ellipsis aria-hidden /> }} entries={entries} align="end" />
}

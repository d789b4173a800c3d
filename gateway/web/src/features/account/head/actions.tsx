// What can be done to an account: log, move, run, and more.
import { Copy, FolderTree, Gauge, Merge, Pencil, Phone, Play, Printer, SquareKanban, Ellipsis, Trash2 } from 'lucide-react'
import { Button, buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { useShown } from '../shown'

export async function copyLink() {
  await navigator.clipboard.writeText(location.href)
  toast(t('chart.copied'))
}

export function Actions() {
  const { may, onDialog, onChange } = useShown()
  const narrow = useMedia('(max-width: 767px)')
  const entries: MenuEntry[] = []
  const add = (allowed: boolean, entry: MenuEntry) => allowed && entries.push(entry)
  add(narrow && may('stage.move'), { label: t('acct.changeStage'), icon: <SquareKanban aria-hidden />, onSelect: () => onDialog('stage') })
  add(narrow && may('playbook.run'), { label: t('acct.runPlaybook'), icon: <Play aria-hidden />, onSelect: () => onDialog('playbook') })
  add(may('account.edit'), { label: t('acct.edit'), icon: <Pencil aria-hidden />, onSelect: () => onChange({ tab: 'fields' }) })
  add(may('account.edit'), { label: t('acct.move'), icon: <FolderTree aria-hidden />, onSelect: () => onDialog('move') })
  add(may('account.delete'), { label: t('mg.menu'), icon: <Merge aria-hidden />, onSelect: () => onDialog('merge') })
  add(may('score.override'), { label: t('acct.override'), icon: <Gauge aria-hidden />, onSelect: () => onDialog('override') })
  if (entries.length > 0) entries.push('line')
  entries.push({ label: t('acct.print'), icon: <Printer aria-hidden />, onSelect: () => print() }, { label: t('chart.link'), icon: <Copy aria-hidden />, onSelect: () => void copyLink() })
  if (may('account.delete')) entries.push('line', { label: t('gone.delete'), icon: <Trash2 aria-hidden />, danger: true, onSelect: () => onDialog('delete') })
  return (
    <>
      {may('activity.log') && (
        <Button onClick={() => onDialog('log')} aria-keyshortcuts="l">
          <Phone aria-hidden />
          {t('acct.log')}
        </Button>
      )}
      {!narrow && may('stage.move') && (
        <Button look="outline" onClick={() => onDialog('stage')} aria-keyshortcuts="m">
          <SquareKanban aria-hidden />
          {t('acct.changeStage')}
        </Button>
      )}
      {!narrow && may('playbook.run') && (
        <Button look="outline" onClick={() => onDialog('playbook')}>
          <Play aria-hidden />
          {t('acct.runPlaybook')}
        </Button>
      )}
      <Menu trigger={{ className: buttonClass('outline', 'icon'), label: t('acct.more'), title: t('acct.more'), children: <Ellipsis aria-hidden /> }} entries={entries} />
    </>
  )
}

// The keys and the entries of the palette of an account's page: what the person may do, and the way to the next account.
import { useMemo } from 'react'
import { t } from '@/lib/i18n'
import { usePageActions, type PageAction } from '@/lib/page-actions'
import { walkOrder } from '@/lib/peek-order'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'
import type { AccountSearch360 } from '../search'
import type { OpenDialog } from '../shown'

type Given = {
  id: string
  may: (action: string) => boolean
  onDialog: (dialog: OpenDialog) => void
  onChange: (part: Partial<AccountSearch360>) => void
  onOpen: (id: string) => void
}

export function useAccountKeys({ id, may, onDialog, onChange, onOpen }: Given) {
  useShortcuts(
    useMemo(() => {
      const walk = (by: number) => {
        const order = walkOrder.get()
        const next = order.includes(id) ? order[order.indexOf(id) + by] : undefined
        if (next) onOpen(next)
      }
      const all: (Shortcut | false)[] = [
        { keys: 'alt+ArrowUp', label: 'acct.previous', group: 'keys.page', run: () => walk(-1) },
        { keys: 'alt+ArrowDown', label: 'acct.next', group: 'keys.page', run: () => walk(1) },
        may('activity.log') && { keys: 'l', label: 'acct.logLong', group: 'keys.page', run: () => onDialog('log') },
        may('stage.move') && { keys: 'm', label: 'acct.changeStage', group: 'keys.page', run: () => onDialog('stage') },
        may('account.edit') && { keys: 'e', label: 'acct.edit', group: 'keys.page', run: () => onChange({ tab: 'fields' }) },
      ]
      return all.filter((one) => one !== false)
    }, [id, may, onDialog, onChange, onOpen]),
  )
  usePageActions(
    useMemo(() => {
      const all: (PageAction | false)[] = [
        may('activity.log') && { id: 'log', label: t('acct.logLong'), keys: 'l', run: () => onDialog('log') },
        may('stage.move') && { id: 'stage', label: t('acct.changeStage'), keys: 'm', run: () => onDialog('stage') },
        may('playbook.run') && { id: 'playbook', label: t('acct.runPlaybook'), run: () => onDialog('playbook') },
        may('account.edit') && { id: 'edit', label: t('acct.edit'), keys: 'e', run: () => onChange({ tab: 'fields' }) },
        may('account.edit') && { id: 'move', label: t('acct.move'), run: () => onDialog('move') },
        may('score.override') && { id: 'override', label: t('acct.override'), run: () => onDialog('override') },
        may('account.delete') && { id: 'merge', label: t('mg.menu'), run: () => onDialog('merge') },
        may('account.delete') && { id: 'delete', label: t('gone.delete'), run: () => onDialog('delete') },
        { id: 'explain', label: t('acct.explain'), run: () => onChange({ tab: 'health', explain: 'now' }) },
      ]
      return all.filter((one) => one !== false)
    }, [may, onDialog, onChange]),
  )
}

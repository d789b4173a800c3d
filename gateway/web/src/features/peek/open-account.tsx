// The way from the drawer to the page of the account; the key o goes there too.
import { useCallback, useMemo } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { AccountLink } from '@/components/account-link'
import { buttonClass } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'

export function OpenAccount({ id }: { id: string }) {
  const navigate = useNavigate()
  const go = useCallback(() => void navigate({ to: '/dashboard/accounts/$id', params: { id }, search: {} }), [navigate, id])
  useShortcuts(useMemo((): Shortcut[] => [{ keys: 'o', label: 'peek.open', group: 'keys.page', run: go }], [go]))
  return (
    <AccountLink id={id} className={buttonClass()}>
      {t('peek.open')}
      <kbd aria-hidden>{'o'}</kbd>
    </AccountLink>
  )
}

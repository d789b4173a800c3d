// The way from the drawer to the page of the account, where the site has one; the key o goes there too.
import { useCallback, useMemo, type MouseEvent } from 'react'
import { useRouter } from '@tanstack/react-router'
import { buttonClass } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'

const PAGE = '/dashboard/accounts/$id'

/** Undefined where there is no such page. */
export function useAccountAddress() {
  const router = useRouter()
  return PAGE in router.routesByPath ? (id: string) => PAGE.replace('$id', id) : undefined
}

export function OpenAccount({ address }: { address: string }) {
  const router = useRouter()
  const go = useCallback(() => void router.navigate({ href: address }), [router, address])
  useShortcuts(useMemo((): Shortcut[] => [{ keys: 'o', label: 'peek.open', group: 'keys.page', run: go }], [go]))
  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go()
  }
  return (
    <a href={address} onClick={press} className={buttonClass()}>
      {t('peek.open')}
      <kbd aria-hidden>{'o'}</kbd>
    </a>
  )
}

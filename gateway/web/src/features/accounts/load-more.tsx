// Asks for the next rows before the last one is on screen.
import { useEffect } from 'react'
import { t } from '@/lib/i18n'

/** rows that are loaded ahead */
const AHEAD = 60

type Props = { wanted: number; loaded: number; found: number; onMore: () => void }

export function LoadMore({ wanted, loaded, found, onMore }: Props) {
  const short = loaded < found && wanted + AHEAD > loaded
  useEffect(() => {
    if (short) onMore()
  }, [short, onMore])
  return short && wanted > loaded ? (
    <p role="status" className="sr-only">
      {t('accounts.loading')}
    </p>
  ) : null
}

// The head of an account: name, actions, five facts in a line; once it is scrolled away, one line of it stays.
import { useEffect, useRef, useState } from 'react'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { PageTitle } from '@/components/page-title'
import { IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { walkOrder } from '@/lib/peek-order'
import { useShown } from '../shown'
import { Actions } from './actions'
import { FactLine } from './fact-line'
import { SmallBar } from './small-bar'

export function AccountHead({ onOpen }: { onOpen: (id: string) => void }) {
  const { page, reader } = useShown()
  const { account } = page
  const end = useRef<HTMLDivElement>(null)
  const gone = useIsAbove(end)
  const facts = [account.external_id, t('acct.level', { n: account.hierarchy_level })].filter(Boolean).join(', ')
  return (
    <>
      <SmallBar shown={gone} />
      <div className="mb-3 grid gap-2">
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <div className="flex min-w-0 flex-1 basis-64 flex-wrap items-baseline gap-x-3">
            <div className="min-w-0" title={account.name}>
              <PageTitle title={account.name} owner={reader.tenant} className="line-clamp-2 wrap-anywhere" />
            </div>
            <span className="quiet small max-md:hidden">{facts}</span>
            {account.status !== 'Active' && <span className="small font-medium">{t(`status.${account.status}`)}</span>}
          </div>
          <div className="no-print flex items-center gap-2">
            <Walk onOpen={onOpen} />
            <Actions />
          </div>
        </div>
        <FactLine />
      </div>
      <div ref={end} />
    </>
  )
}

/** Through the list one came from. */
function Walk({ onOpen }: { onOpen: (id: string) => void }) {
  const { id } = useShown()
  const order = walkOrder.use()
  const place = order.indexOf(id)
  if (place < 0 || order.length < 2) return null
  const [before, after] = [order[place - 1], order[place + 1]]
  return (
    <span className="flex max-md:hidden">
      <IconButton label={t('acct.previous')} held={!before} onClick={() => onOpen(before!)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label={t('acct.next')} held={!after} onClick={() => onOpen(after!)}>
        <ChevronDown aria-hidden />
      </IconButton>
    </span>
  )
}

function useIsAbove(place: React.RefObject<HTMLElement | null>) {
  const [above, setAbove] = useState(false)
  useEffect(() => {
    const watched = place.current
    if (!watched || !('IntersectionObserver' in window)) return
    const observer = new IntersectionObserver(([entry]) => setAbove(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 100), { rootMargin: '-48px 0px 0px' })
    observer.observe(watched)
    return () => observer.disconnect()
  }, [place])
  return above
}

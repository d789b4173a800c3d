// The one h1 of a page: also the tab's title, and focused when the page is reached from another one.
import { useEffect, useRef } from 'react'
import { t } from '@/lib/i18n'

let first = true

type Props = { title: string; owner?: string; className?: string; focus?: boolean }

export function PageTitle({ title, owner = t('app.name'), className, focus }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} - ${owner}`
  }, [title, owner])
  useEffect(() => {
    // the first page leaves the focus at the top, before the skip link; who walks along tabs by the arrow keys stays there
    if ((!first && !document.activeElement?.matches('[role="tab"]')) || focus) heading.current?.focus({ preventScroll: true })
    first = false
  }, [focus])
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {title}
    </h1>
  )
}

// Where one is: the tenant and the page; on a phone only the page.
import { Link, useMatches } from '@tanstack/react-router'
import { t } from '@/lib/i18n'
import { HOME } from '@/lib/next-path'

export function Breadcrumb({ tenant }: { tenant: string | undefined }) {
  const title = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData.title })
  return (
    <nav aria-label={t('nav.where')} className="quiet flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap">
      {tenant && (
        <>
          <Link to={HOME} className="max-w-60 min-w-0 hover:text-foreground max-md:hidden" title={tenant}>
            <bdi className="cut">{tenant}</bdi>
          </Link>
          <span aria-hidden className="max-md:hidden">
            {'/'}
          </span>
        </>
      )}
      {title && (
        <span aria-current="page" className="shrink-0 font-medium text-foreground max-md:min-w-0 max-md:shrink max-md:truncate">
          {t(title)}
        </span>
      )}
    </nav>
  )
}

// Where one is: the tenant, the page, and what lies between it and what is looked at; on a phone only the last. An account stands
// below its tenant and its parents: there the tenant leads to the list of its accounts.
import { Link, useMatches } from '@tanstack/react-router'
import { AccountLink } from '@/components/account-link'
import { t } from '@/lib/i18n'
import { HOME } from '@/lib/next-path'
import { trail } from '@/lib/trail'

const ACCOUNTS = '/dashboard/accounts'

export function Breadcrumb({ tenant }: { tenant: string | undefined }) {
  const page = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.title)?.staticData })
  const crumbs = trail.use()
  const last = crumbs.at(-1)
  const inAccount = page?.to === ACCOUNTS && last !== undefined
  return (
    <nav aria-label={t('nav.where')} className="quiet flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap">
      {tenant && (
        <>
          <Link to={inAccount ? ACCOUNTS : HOME} search={{}} className="max-w-60 min-w-0 hover:text-foreground max-md:hidden" title={tenant}>
            <bdi className="cut">{tenant}</bdi>
          </Link>
          <Slash />
        </>
      )}
      {page?.title && page.to && !inAccount && (
        <>
          <Link to={page.to} search={{}} className="shrink-0 hover:text-foreground max-md:hidden">
            {t(page.title)}
          </Link>
          {last && <Slash />}
        </>
      )}
      {page?.title && !page.to && (
        <span aria-current="page" className="shrink-0 font-medium text-foreground max-md:min-w-0 max-md:shrink max-md:truncate">
          {t(page.title)}
        </span>
      )}
      {crumbs.slice(0, -1).map((crumb) => (
        <span key={crumb.id} className="flex min-w-0 items-center gap-1.5 max-md:hidden">
          <AccountLink id={crumb.id} className="max-w-44 min-w-0 hover:text-foreground" title={crumb.name}>
            <bdi className="cut">{crumb.name}</bdi>
          </AccountLink>
          <Slash />
        </span>
      ))}
      {last && (
        <bdi aria-current="page" className="cut font-medium text-foreground" title={last.name}>
          {last.name}
        </bdi>
      )}
    </nav>
  )
}

function Slash() {
  return (
    <span aria-hidden className="max-md:hidden">
      {'/'}
    </span>
  )
}

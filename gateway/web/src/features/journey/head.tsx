// The title with what the board covers.
import { TrendingUp } from 'lucide-react'
import { Money } from '@/components/money'
import { PageTitle } from '@/components/page-title'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import type { Column } from './api'
import { Display } from './display'
import type { JourneySearch } from './search'

type Props = { tenant: string | undefined; columns: Column[] | undefined; currency: string; search: JourneySearch; onChange: (part: Partial<JourneySearch>) => void }

export const toVelocity = () => document.getElementById('velocity')?.scrollIntoView({ block: 'start' })

export function Head({ tenant, columns, currency, search, onChange }: Props) {
  return (
    <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
      <PageTitle title={t('nav.journey')} owner={tenant} />
      {columns && (
        <p className="quiet small num">
          {t('accounts.count', { n: columns.reduce((sum, one) => sum + one.count, 0) })}, <Money amount={columns.reduce((sum, one) => sum + one.arr, 0)} currency={currency} />
        </p>
      )}
      <div className="ms-auto flex items-center gap-1">
        <Button look="ghost" className="max-md:hidden" onClick={toVelocity}>
          <TrendingUp aria-hidden />
          {t('velocity.title')}
        </Button>
        <Display search={search} onChange={onChange} />
      </div>
    </div>
  )
}

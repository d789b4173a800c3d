// Of when the page is and what it compares with; refresh and print.
import { Printer, RotateCw } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { day, dayShort, timeOfDay } from '@/lib/format'
import { useDelayed, useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import type { Dashboard } from './api'
import type { ExecutiveSearch } from './range'

type Props = { data: Dashboard; search: ExecutiveSearch; isFetching: boolean; onChange: (part: Partial<ExecutiveSearch>) => void; onRefresh: () => void }

export function Head({ data, search, isFetching, onChange, onRefresh }: Props) {
  const slow = useDelayed(isFetching, 300)
  const isToday = data.as_of.slice(0, 10) === new Date(useNow(60_000)).toISOString().slice(0, 10)
  const at = timeOfDay(data.as_of, data.time_zone)
  return (
    <div className="small quiet ms-auto flex items-center gap-x-2 max-md:ms-0 max-md:w-full">
      <div className="flex flex-1 flex-wrap items-center gap-x-3">
      <span className="num" title={day(data.as_of)}>
        {t('exec.asOf', { time: isToday ? at : `${dayShort(data.as_of, data.time_zone)}, ${at}` })}
      </span>
      <label className="hit num">
        <input type="checkbox" className="check" checked={search.compare !== 'off'} onChange={(event) => onChange({ compare: event.target.checked ? undefined : 'off' })} />
        {t('exec.compare', { day: dayShort(data.since, data.time_zone) })}
      </label>
      </div>
      <span className="flex flex-none items-center gap-1">
        <IconButton label={t('refresh')} onClick={onRefresh}>
          <RotateCw aria-hidden className={cn(slow && 'animate-spin')} />
        </IconButton>
        <Button look="outline" onClick={() => print()}>
          <Printer aria-hidden />
          {t('exec.print')}
        </Button>
      </span>
    </div>
  )
}

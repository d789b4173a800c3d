// What would raise the score most: by how much, what to do, where it leads.
import { Health } from '@/components/health'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import type { Gain } from '../health/explanation'
import { gainName } from '../health/part-names'
import { useShown } from '../shown'

export function Gains({ gains }: { gains: Gain[] }) {
  const { may, onChange, onDialog } = useShown()
  if (gains.length === 0) return null
  const people = (gain: Gain) => (gain.component === 'engagement' || gain.component === 'support') && may('activity.log')
  return (
    <section aria-labelledby="gains" className="border-t border-hairline">
      <h3 id="gains" className="small px-4 pt-2.5 pb-1.5 font-semibold">
        {t('why.raise')}
      </h3>
      <ul>
        {gains.map((gain, i) => (
          <li
            key={`${gain.component}-${gain.part}`}
            className={cn('small flex flex-wrap items-center gap-x-3 px-4 py-2', i === 0 ? 'bg-healthy-bg' : 'border-t border-hairline')}
          >
            <bdi dir="ltr" className="good num text-base font-semibold" style={{ width: 44 }}>
              +{gain.points}
            </bdi>
            <div className="min-w-0" style={{ flex: '1 1 180px' }}>
              <p className="font-semibold">{gainName(gain.component, gain.part)}</p>
              <p className={cn('wrap-anywhere', i > 0 && 'quiet')}>{gain.reading}</p>
            </div>
            <span className="inline-flex items-center gap-1.5">
              {t('why.to')} <Health score={gain.score} level={gain.level} />
            </span>
            <span className="text-end max-md:hidden" style={{ width: 96 }}>
              {people(gain) ? (
                <Button look="outline" size="xs" onClick={() => onDialog('log')}>
                  {t('why.logCall')}
                </Button>
              ) : (
                <Button look="outline" size="xs" onClick={() => onChange({ tab: 'usage' })}>
                  {t('why.seeUsage')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

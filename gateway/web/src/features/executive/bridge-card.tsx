// From the ARR at the start of the period to that at its end, step by step.
import { useQuery } from '@tanstack/react-query'
import { Bridge, bridgeBars, type Step } from '@/components/chart/bridge'
import { ChartPanel } from '@/components/chart/chart-panel'
import { State } from '@/components/states'
import { dayShort, money, moneyShort, signed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { bridgeQuery, type BridgeAmounts } from './api'
import { CardState } from './card-state'
import type { CardProps } from './covered'
import { cutOffs } from './range'

const SOFT_HYPHEN = '\u00ad'

function stepsOf(amounts: BridgeAmounts, currency: string): Step[] {
  const total = (key: 'start' | 'end', value: number): Step => ({ key, label: t(`bridge.${key}`), value, total: true, text: moneyShort(value, currency) })
  const change = (key: 'new' | 'returned' | 'expansion' | 'contraction' | 'churn', value: number): Step => ({
    key,
    label: t(`bridge.${key}`),
    value,
    text: value === 0 ? moneyShort(0, currency) : signed(value, { style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 3 }),
  })
  return [
    total('start', amounts.start_arr),
    change('new', amounts.new_arr),
    ...(amounts.returned_arr > 0 ? [change('returned', amounts.returned_arr)] : []),
    change('expansion', amounts.expansion),
    change('contraction', -amounts.contraction),
    change('churn', -amounts.churned_arr),
    total('end', amounts.end_arr),
  ]
}

export function BridgeCard({ data: { currency, time_zone }, covered: { criteria, range } }: CardProps) {
  const amounts = useQuery(bridgeQuery(criteria, range))
  const steps = amounts.data ? stepsOf(amounts.data, currency) : []
  const { since, until } = cutOffs(range)
  const { cut } = bridgeBars(steps)
  const isEmpty = amounts.data && amounts.data.start_arr === 0 && amounts.data.end_arr === 0
  return (
    <ChartPanel
      id="arr-bridge"
      title={t('bridge.title')}
      sub={t('bridge.period', { from: dayShort(since, time_zone), to: until ? dayShort(until, time_zone) : t('bridge.today') })}
      sentence={amounts.data && !isEmpty ? t('bridge.sentence', { start: moneyShort(amounts.data.start_arr, currency), end: moneyShort(amounts.data.end_arr, currency) }) : undefined}
      data={amounts.data && { head: [{ label: t('bridge.step') }, { label: t('col.arr'), end: true, show: (value) => money(Number(value), currency) }], rows: steps.map((step) => [step.label.replaceAll(SOFT_HYPHEN, ''), step.value]) }}
      footer={amounts.data && cut > 0 && t('bridge.cut', { money: moneyShort(cut, currency) })}
    >
      {!amounts.data ? <CardState query={amounts} height={220} /> : isEmpty ? <State>{t('bridge.none')}</State> : <Bridge steps={steps} />}
    </ChartPanel>
  )
}

// Money in short, with the whole amount for readers and in the title.
import { money, moneyShort } from '@/lib/format'

export function Money({ amount, currency }: { amount: number; currency: string }) {
  return (
    <span title={money(amount, currency)} className="num">
      {moneyShort(amount, currency)}
    </span>
  )
}

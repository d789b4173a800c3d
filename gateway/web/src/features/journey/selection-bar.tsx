// What is selected, and where it can go together.
import { useEffect } from 'react'
import { ArrowRight, X } from 'lucide-react'
import { Money } from '@/components/money'
import { Button, IconButton } from '@/components/ui/button'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import type { Place } from './use-moves'

type Props = { places: Place[]; currency: string; onMove: () => void; onClear: () => void }

export function SelectionBar({ places, currency, onMove, onClear }: Props) {
  const text = t('board.selected', { n: places.length })
  useEffect(() => announce(text), [text])
  return (
    <section aria-label={t('board.selection')} className="selbar">
      <p className="num me-2">
        <b className="font-semibold">{text}</b> <span className="quiet"><Money amount={places.reduce((sum, { card }) => sum + (card.arr ?? 0), 0)} currency={currency} /></span>
      </p>
      <Button look="ghost" onClick={onMove}>
        <ArrowRight aria-hidden className="rtl:-scale-x-100" />
        {t('board.moveTo')}
      </Button>
      <IconButton label={t('board.clearSelection')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  )
}

// What is noted of a move; of a lost customer with the day. Pure.
import { day } from '@/lib/format'
import { t } from '@/lib/i18n'

export function noteOf(note: string, lostOn: string | undefined): string | undefined {
  const text = note.trim()
  if (text === '') return undefined
  return lostOn ? t('gate.lostNote', { reason: text, day: day(lostOn) }) : text
}

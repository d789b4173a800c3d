// What a cap does to the score; one that the score is far from only says where its way ends.
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import type { Explanation } from './explanation'

export function CapNote({ cap, score }: { cap: Explanation['cap']; score: number | null }) {
  if (!cap || cap.target === null) return null
  const holds = score !== null && score >= cap.target
  return <Note tone={holds ? 'warn' : 'info'}>{t(holds ? 'why.cap' : 'why.ceiling', { most: cap.target, reason: cap.reading })}</Note>
}

// The level of health that a link asked for; it can be dropped.
import { X } from 'lucide-react'
import { LevelShape } from '@/components/health'
import { t } from '@/lib/i18n'
import { bandOf, type LevelFilter } from '@/lib/levels'

export function LevelChip({ level, onDrop }: { level: LevelFilter; onDrop: () => void }) {
  return (
    <span className="chip">
      <span className="chip-name">{t('health.level')}</span>
      <span>
        <LevelShape band={bandOf[level]} />
        {t(`health.${bandOf[level]}`)}
      </span>
      <button type="button" className="chip-x" onClick={onDrop} aria-label={t('exec.drop', { name: t('health.level') })}>
        <X aria-hidden />
      </button>
    </span>
  )
}

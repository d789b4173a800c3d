// How the stages will stand on the board, while they are edited.
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { isHex } from './colors'
import type { StageRow } from './stages-api'

export function Preview({ rows }: { rows: StageRow[] }) {
  return (
    <Panel title={t('stages.preview')} sub={t('stages.previewSub')}>
      <ScrollRegion label={t('stages.preview')} className="relative overflow-x-auto px-4 pb-4">
        <ol className="flex gap-2">
          {rows.map((row) => (
            <li key={row.id} className={cn('w-36 shrink-0 rounded-card px-3 py-2', 'border', row.is_side || row.is_end ? 'border-dashed' : 'bg-muted')}>
              <span className="flex min-w-0 items-center gap-2">
                <span aria-hidden className="swatch" style={{ background: isHex(row.color_hex) ? row.color_hex : 'var(--no-data)' }} />
                <bdi className="cut font-medium" title={row.name}>
                  {row.name || t('stages.unnamed')}
                </bdi>
              </span>
              <span className="small quiet num block">
                {row.target_duration_days === null ? t('stages.noTarget') : t('stage.days', { n: row.target_duration_days })}
                {row.wip_limit !== null && `, ${t('stages.upTo', { n: row.wip_limit })}`}
              </span>
            </li>
          ))}
        </ol>
      </ScrollRegion>
    </Panel>
  )
}

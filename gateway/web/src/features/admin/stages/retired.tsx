// Stages that are no longer in use, kept for the history; each can come back.
import type { Draft } from '@/components/draft/use-draft'
import { Stage } from '@/components/stage'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { active, changed, placed } from './edit-stages'
import type { StageRow } from './stages-api'

export function Retired({ rows, draft }: { rows: StageRow[]; draft: Draft<StageRow[]> }) {
  const { mayEdit } = useShown()
  if (rows.length === 0) return null
  const back = (row: StageRow) => draft.set((now) => placed(changed(now, row.id, { is_active: true }), row.id, active(now).length))
  return (
    <Panel title={t('stages.retired')} sub={t('stages.retiredSub')}>
      <ul className="pad">
        {rows.map((row) => (
          <li key={row.id} className="flex min-h-10 items-center justify-between gap-3 border-hairline not-first:border-t">
            <Stage name={row.name} color={row.color_hex} />
            {mayEdit && (
              <Button look="outline" size="xs" onClick={() => back(row)} aria-label={t('stages.backOne', { name: row.name })}>
                {t('stages.back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

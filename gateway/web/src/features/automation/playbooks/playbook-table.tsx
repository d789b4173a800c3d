// The playbooks as a table: name and what it waits for, whether it is on, how often it ran, what waits.
import { useNow } from '@/lib/hooks'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import type { RecentRun } from '../api'
import type { SectionProps } from '../search'
import type { Playbook } from '../playbook-types'
import { useShared } from '../shared'
import { lately } from './order'
import { PlaybookRow } from './playbook-row'
import type { Layer } from './layer'

export type TableProps = { rows: Playbook[]; recent: { runs: RecentRun[]; isWhole: boolean } | undefined; onLayer: (layer: Layer) => void; onGo: SectionProps['onGo'] }

export function PlaybookTable({ rows, recent, onLayer, onGo }: TableProps) {
  const { timeZone } = useShared()
  const now = useNow(60_000)
  return (
    <div className="panel">
      <ScrollRegion className="scroll" label={t('am.playbooks')}>
        <table className="tbl">
          <caption className="sr-only">{t('am.playbooks')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('pb.name')}</th>
              <th scope="col">{t('pb.on')}</th>
              <th scope="col">{t('pb.runs')}</th>
              <th scope="col" className="end">{t('pb.ran')}</th>
              <th scope="col">{t('pb.last')}</th>
              <th scope="col">{t('pb.limits')}</th>
              <th scope="col">{t('pb.deliveries')}</th>
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PlaybookRow key={row.id} row={row} lately={recent?.isWhole ? lately(recent.runs, row.id, timeZone, now) : undefined} onLayer={onLayer} onGo={onGo} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

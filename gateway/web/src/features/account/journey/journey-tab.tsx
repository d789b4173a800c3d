// The way through the stages: how long in each against its target, and every stay.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { decimal, moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { peopleQuery } from '@/lib/names'
import { useShown } from '../shown'
import { stepsQuery, staysQuery, type Stay } from './journey-api'
import { Stepper } from './stepper'

export function JourneyTab() {
  const { id, may, onDialog } = useShown()
  const steps = useQuery(stepsQuery(id))
  const stays = useQuery(staysQuery(id))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Panel
        id="steps"
        title={t('jour.title')}
        sub={t('jour.sub')}
        ends={
          may('stage.move') && (
            <Button look="ghost" onClick={() => onDialog('stage')}>
              {t('acct.changeStage')}
            </Button>
          )
        }
      >
        <Awaited query={steps} height={150} what={t('jour.failed')}>
          {(rows) => (rows.length === 0 ? <State>{t('jour.none')}</State> : <Stepper steps={rows} />)}
        </Awaited>
      </Panel>
      <Panel id="stays" title={t('jour.history')}>
        <Awaited query={stays} height={200} what={t('jour.failed')}>
          {(rows) => (rows.length === 0 ? <State>{t('jour.none')}</State> : <History rows={rows} />)}
        </Awaited>
      </Panel>
    </div>
  )
}

const DAY_MS = 86_400_000

function History({ rows }: { rows: Stay[] }) {
  const { timeZone, now } = useShown()
  const { data: people = [] } = useQuery(peopleQuery)
  const days = (row: Stay) => (row.exited_at ? Date.parse(row.exited_at) : now) - Date.parse(row.entered_at)
  return (
    <ScrollRegion className="scroll" label={t('jour.history')}>
      <table className="tbl">
        <caption className="sr-only">{t('jour.history')}</caption>
        <thead>
          <tr>
            {(['to', 'from', 'entered', 'left'] as const).map((key) => (
              <th key={key} scope="col">{t(`jour.${key}`)}</th>
            ))}
            <th scope="col" className="end">{t('jour.days')}</th>
            {(['by', 'note'] as const).map((key) => (
              <th key={key} scope="col">{t(`jour.${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.is_undone ? 'quiet' : undefined} style={row.is_undone ? { textDecoration: 'line-through' } : undefined}>
              <th scope="row" className="name">
                <bdi>{row.to_stage}</bdi>
                {row.is_undone && <span className="sr-only">, {t('jour.undone')}</span>}
              </th>
              <td>{row.from_stage ? <bdi>{row.from_stage}</bdi> : <span className="quiet">{t('jour.first')}</span>}</td>
              <td className="num whitespace-nowrap">{moment(row.entered_at, timeZone)}</td>
              <td className="num whitespace-nowrap">{row.exited_at ? moment(row.exited_at, timeZone) : <span className="quiet">{t('jour.still')}</span>}</td>
              <td className="end">{decimal(days(row) / DAY_MS, 0)}</td>
              <td className="whitespace-nowrap">{row.triggered_by ? <bdi>{people.find((one) => one.id === row.triggered_by)?.name ?? t('jour.former')}</bdi> : <span className="quiet">{t('jour.system')}</span>}</td>
              <td className="max-w-80 wrap-anywhere">
                {row.notes && <bdi className="block">{row.notes}</bdi>}
                {row.override_reason && <bdi className="warn block">{t('jour.waived', { reason: row.override_reason })}</bdi>}
                {!row.notes && !row.override_reason && <span className="quiet">{t('none')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

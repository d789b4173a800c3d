// How far a change of many is, and what came of it: numbers, why some were refused, and those as a file.
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { csv, download } from '@/lib/csv'
import { t } from '@/lib/i18n'
import type { Outcome } from './api'
import { reasons, type Change } from './run'
import type { Step } from './use-bulk'

const MOST_REASONS = 5
const CHANGE = { writing: 'bulk.writing', would: 'bulk.would', did: 'bulk.did', refused: 'bulk.refused' } as const
const PLAYBOOK = { writing: 'bulkPlaybook.writing', would: 'bulkPlaybook.would', did: 'bulkPlaybook.did', refused: 'bulkPlaybook.refused' } as const

export function BulkResult({ step, kind }: { step: Step; kind: Change['kind'] }) {
  const words = kind === 'playbook' ? PLAYBOOK : CHANGE
  if (step.at === 'choose') return <p className="quiet">{t('bulk.tryFirst')}</p>
  if (step.at === 'failed') {
    return (
      <Note tone="bad" role="alert">
        {message(step.error)}
      </Note>
    )
  }
  if (step.at === 'trying' || step.at === 'writing') {
    return (
      <div role="status" className="grid gap-1.5">
        <p>{t(step.at === 'trying' ? 'bulk.trying' : words.writing, { done: step.done, total: step.total })}</p>
        <progress aria-label={t('bulk.progress')} value={step.done} max={Math.max(1, step.total)} className="progress" />
      </div>
    )
  }
  const { outcome, total, stopped } = step
  const same = outcome.matched - outcome.changed - outcome.refused.length
  const parts = [
    t(step.at === 'tried' ? words.would : words.did, { n: outcome.changed }),
    ...(same > 0 ? [t('bulk.same', { n: same })] : []),
    ...(outcome.refused.length > 0 ? [t(words.refused, { n: outcome.refused.length })] : []),
    ...(stopped ? [t('bulk.stopped', { n: total - outcome.matched })] : []),
  ]
  return (
    <div role="status" className="grid gap-2">
      <p className="num">
        <b className="font-semibold">{parts[0]}</b>
        {parts.slice(1).map((part) => `, ${part}`)}
        {step.at === 'tried' && <span className="quiet"> {t('import.nothingYet')}</span>}
      </p>
      {outcome.refused.length > 0 && <Refused outcome={outcome} />}
    </div>
  )
}

function Refused({ outcome: { refused } }: { outcome: Outcome }) {
  const file = () => download('refused.csv', csv([t('col.name'), t('bulk.reason'), t('bulk.id')], refused.map((one) => [one.name, one.reason, one.account_id])))
  return (
    <Note tone="warn">
      <ul>
        {reasons(refused).slice(0, MOST_REASONS).map(({ reason, n }) => (
          <li key={reason}>
            <b className="num font-semibold">{n}</b> <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
      <Button look="outline" size="xs" className="mt-2" onClick={file}>
        {t('bulk.file')}
      </Button>
    </Note>
  )
}

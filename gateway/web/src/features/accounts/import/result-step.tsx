// What a trial found or an import did: numbers, then the rows that there is something to say about.
import { message } from '@/components/states'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { NotableRows } from './notable-rows'
import type { Result } from './run-import'
import type { Import } from './use-import'

export function ResultStep({ job }: { job: Import }) {
  const { step } = job
  if (step.at === 'failed') {
    return (
      <>
        <Note tone="bad" role="alert">
          {message(step.error)}
        </Note>
        {step.result && <p>{t('load.until', { done: step.result.done, total: step.result.total })}</p>}
      </>
    )
  }
  if (step.at === 'trying' || step.at === 'writing') {
    const { done = 0, total = job.content?.rows.length ?? 0 } = step.result ?? {}
    return (
      <div role="status" className="grid gap-1.5">
        <p className="num">{t(step.at === 'trying' ? 'load.trying' : 'load.writing', { done, total })}</p>
        <progress aria-label={t('bulk.progress')} value={done} max={Math.max(1, total)} className="progress" />
      </div>
    )
  }
  if (step.at !== 'tried' && step.at !== 'written') return null
  return (
    <>
      <Numbers result={step.result} tried={step.at === 'tried'} />
      {(step.result.refused.length > 0 || step.result.alikes.length > 0) && <NotableRows job={job} result={step.result} />}
    </>
  )
}

function Numbers({ result: { inserted, updated, unchanged, stale, stopped, done, total }, tried }: { result: Result; tried: boolean }) {
  return (
    <div role="status" className="grid gap-1">
      <p className="num">
        <b className="font-semibold">{t(tried ? 'load.wouldAdd' : 'load.added', { n: inserted })}</b>, {t(tried ? 'load.wouldChange' : 'load.changed', { n: updated })}, {t('load.same', { n: unchanged })}
        {tried && <span className="quiet"> {t('import.nothingYet')}</span>}
      </p>
      {stale !== undefined && stale > 0 && <p className="num">{t(tried ? 'load.wouldBeStale' : 'load.stale', { n: stale })}</p>}
      {stopped && <Note tone="warn">{t(tried ? 'load.stoppedTrial' : 'load.stopped', { done, total })}</Note>}
    </div>
  )
}

// What a trial found or an import did: numbers, then what was refused by row and field, and all of it as a file.
import { Download } from 'lucide-react'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Result } from './run-import'
import type { Import } from './use-import'

const MOST_SHOWN = 50

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
      {step.result.refused.length > 0 && <Refusals job={job} result={step.result} />}
    </>
  )
}

function Numbers({ result: { inserted, updated, unchanged, stopped, done, total }, tried }: { result: Result; tried: boolean }) {
  return (
    <div role="status" className="grid gap-1">
      <p className="num">
        <b className="font-semibold">{t(tried ? 'load.wouldAdd' : 'load.added', { n: inserted })}</b>, {t(tried ? 'load.wouldChange' : 'load.changed', { n: updated })}, {t('load.same', { n: unchanged })}
        {tried && <span className="quiet"> {t('import.nothingYet')}</span>}
      </p>
      {stopped && <Note tone="warn">{t(tried ? 'load.stoppedTrial' : 'load.stopped', { done, total })}</Note>}
    </div>
  )
}

function Refusals({ job, result }: { job: Import; result: Result }) {
  const rows = new Set(result.refused.map(({ line }) => line)).size
  const shown = result.refused.toSorted((one, other) => one.line - other.line).slice(0, MOST_SHOWN)
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <p className="warn num me-auto">{t('import.refused', { n: rows })}</p>
        <Button look="outline" onClick={() => job.saveRefused(result)}>
          <Download aria-hidden />
          {t('load.file')}
        </Button>
      </div>
      <ScrollRegion label={t('load.refused')} className="max-h-60 overflow-auto rounded-card border">
        <table className="tbl">
          <caption className="sr-only">{t('load.refused')}</caption>
          <thead>
            <tr>
              <th scope="col" className="end">{t('load.row')}</th>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('bulk.reason')}</th>
            </tr>
          </thead>
          <tbody className="[&_td]:h-8! [&_th]:h-8!">
            {shown.map(({ line, field, reason }) => (
              <tr key={`${line}-${field}-${reason}`}>
                <th scope="row" className="end">{count(job.lineNumber(line))}</th>
                <td>
                  <bdi>{field}</bdi>
                </td>
                <td>
                  <bdi className="wrap-anywhere">{reason}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {result.refused.length > MOST_SHOWN && <p className="quiet num">{t('load.more', { n: result.refused.length - MOST_SHOWN })}</p>}
    </>
  )
}

// Accounts from a file, in steps: the file, its columns, a trial that writes nothing, the import.
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import type { PageContext } from '../use-page'
import { ColumnsStep } from './columns-step'
import { FileStep } from './file-step'
import { ResultStep } from './result-step'
import { useImport, type Import } from './use-import'

type Props = { page: PageContext; onClose: () => void; onDone: () => void }

export function ImportDialog({ page, onClose, onDone }: Props) {
  const job = useImport(page.fields, onDone)
  const { step, content } = job
  const isFile = step.at === 'file' || step.at === 'reading'
  return (
    <Dialog title={t('load.title')} description={isFile ? t('load.text') : undefined} wide closable={step.at !== 'writing'} onClose={onClose} footer={<Foot job={job} onClose={onClose} />}>
      {isFile && <FileStep job={job} />}
      {step.at === 'columns' && content && <ColumnsStep job={job} content={content} fields={page.fields} />}
      {!isFile && step.at !== 'columns' && <ResultStep job={job} />}
    </Dialog>
  )
}

function Foot({ job, onClose }: { job: Import; onClose: () => void }) {
  const { step, content } = job
  if (step.at === 'trying' || step.at === 'writing') {
    return (
      <Button look="outline" onClick={job.stop}>
        {t('bulk.stop')}
      </Button>
    )
  }
  if (step.at === 'written') return <Button onClick={onClose}>{t('done')}</Button>
  const good = step.at === 'tried' ? step.result.inserted + step.result.updated : 0
  return (
    <>
      {content && step.at !== 'columns' && step.at !== 'reading' && (
        <Button look="ghost" className="me-auto" onClick={job.back}>
          {t('load.back')}
        </Button>
      )}
      {step.at === 'columns' && (
        <Button look="ghost" className="me-auto" onClick={job.again}>
          {t('load.other')}
        </Button>
      )}
      <Button look="ghost" onClick={onClose}>
        {t('cancel')}
      </Button>
      {step.at === 'columns' && (
        <Button held={job.faults.key || !content?.rows.length} onClick={job.tryOut}>
          {t('load.try')}
        </Button>
      )}
      {step.at === 'tried' && (
        <Button held={good === 0 || step.result.stopped} onClick={job.write}>
          {t('load.write', { n: good })}
        </Button>
      )}
    </>
  )
}

// A file to bring in: dropped, or chosen.
import { useState, type DragEvent } from 'react'
import { Upload } from 'lucide-react'
import { cn } from '@/lib/cn'
import { percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Import } from './use-import'

export function FileStep({ job }: { job: Import }) {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) job.open(file)
  }
  if (job.step.at === 'reading') {
    return (
      <div role="status" className="grid gap-1.5">
        <p>{t('load.reading', { share: percent(job.step.share) })}</p>
        <progress aria-label={t('load.readingLabel')} value={job.step.share} max={1} className="progress" />
      </div>
    )
  }
  return (
    // the field within does the same by keyboard
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop} className={cn('drop-zone', over && 'bg-accent')}>
      <Upload aria-hidden className="quiet size-5" strokeWidth={1.5} />
      <label className="grid gap-2 font-medium">
        {t('load.choose')}
        <input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(event) => { const file = event.target.files?.[0]; if (file) job.open(file) }} className="small w-full font-normal file:me-3 file:h-8 file:cursor-pointer file:rounded-control file:border file:border-border file:bg-card file:px-3 file:font-medium" />
      </label>
      <p className="quiet">{t('load.hint')}</p>
    </div>
  )
}

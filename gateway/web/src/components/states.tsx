// What a page shows instead of data: nothing yet, no result, an error.
import type { ReactNode } from 'react'
import { RotateCw, TriangleAlert } from 'lucide-react'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { Button } from './ui/button'

type StateProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

export function State({ icon, title, children, action }: StateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-14 text-center">
      {icon && <div className="mb-1 grid size-11 place-items-center rounded-full bg-muted text-muted-foreground [&_svg]:size-5">{icon}</div>}
      <h2 className="text-[15px] font-semibold">{title}</h2>
      {children && <div className="max-w-md text-muted-foreground">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="rounded-xl border bg-card shadow-xs">
      <State
        icon={<TriangleAlert aria-hidden className="text-critical-fg" />}
        title={t('error.title')}
        action={
          <Button look="outline" onClick={onRetry}>
            <RotateCw aria-hidden />
            {t('error.retry')}
          </Button>
        }
      >
        <ErrorText error={error} />
      </State>
    </div>
  )
}

/** One line above a list that is still shown but out of date. */
export function StaleBanner({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-at-risk bg-at-risk-bg px-3 py-2">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-at-risk-fg" />
      <p className="min-w-0 flex-1 basis-64">
        {t('error.stale')} <span className="text-at-risk-fg">{message(error)}</span>
      </p>
      <Button look="outline" size="sm" onClick={onRetry}>
        {t('error.retry')}
      </Button>
    </div>
  )
}

function ErrorText({ error }: { error: unknown }) {
  const failure = error instanceof ApiError ? error : null
  return (
    <>
      <p>{message(error)}</p>
      {failure?.hint && <p className="mt-1">{failure.hint}</p>}
      {failure?.requestId && <p className="mt-2 font-mono text-xs break-all">{t('error.request', { id: failure.requestId })}</p>}
    </>
  )
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error))

// What stands in place of data: nothing yet, no result, an error, no right. Text starts at the left, without pictures.
import { Component, type ReactNode } from 'react'
import { RotateCw } from 'lucide-react'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { Button } from './ui/button'
import { Note } from './ui/note'

type StateProps = { title?: string; children?: ReactNode; action?: ReactNode }

/** Within a panel, under its head. */
export function State({ title, children, action }: StateProps) {
  return (
    <div className="state">
      {title && <h2 className="title text-foreground">{title}</h2>}
      {children && <div>{children}</div>}
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  )
}

export function ErrorState({ error, onRetry, what }: { error: unknown; onRetry: () => void; what?: string }) {
  const failure = error instanceof ApiError ? error : null
  return (
    <div role="alert" className="state">
      <p>
        <b>{what ?? t('error.card')}</b> {message(error)} {failure?.hint}
      </p>
      {failure?.requestId && <p className="num break-all">{t('error.request', { id: failure.requestId })}</p>}
      <div className="flex flex-wrap gap-2">
        {failure?.status !== 403 && (
          <Button look="outline" onClick={onRetry}>
            <RotateCw aria-hidden />
            {t('error.retry')}
          </Button>
        )}
        {failure?.requestId && <CopyButton text={failure.requestId} label={t('error.copy')} />}
      </div>
    </div>
  )
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    toast(t('copied'))
  }
  return (
    <Button look="ghost" onClick={() => void copy()}>
      {label}
    </Button>
  )
}

/** One line above what is still shown but out of date. */
export function StaleBanner({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Note tone="warn" role="alert">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 basis-64">
          {t('error.stale')} {message(error)}
        </p>
        <button type="button" onClick={onRetry} className="link min-h-6">
          {t('error.retry')}
        </button>
      </div>
    </Note>
  )
}

export const message = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** With what to do about it, where the server says it. */
export const explained = (error: unknown) => [message(error), error instanceof ApiError && error.hint].filter(Boolean).join(' ')

type BoundaryProps = { children: ReactNode; fallback: (error: Error, again: () => void) => ReactNode }

/** What breaks while it is drawn takes only its own card with it. */
export class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  state = { error: null as Error | null }
  static getDerivedStateFromError(error: Error) {
    return { error }
  }
  render() {
    const { error } = this.state
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children
  }
}

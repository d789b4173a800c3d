// What a trial found: whether it would run, what it would do, and what would be sent.
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import type { Outcome } from './playbook-api'
import { actionText, resultText } from './words'

export function Tried({ outcome, open }: { outcome: Outcome; /** what would be sent is the point */ open?: boolean }) {
  const fires = outcome.result === 'fired'
  return (
    <Note tone={fires ? 'good' : 'warn'} role="status">
      <p className="font-semibold">{fires ? t('try.would') : t('try.wouldNot')}</p>
      {!fires && <p>{outcome.result ? resultText(outcome.result) : ''} {outcome.reason}</p>}
      {fires && (
        <ul>
          {(outcome.actions ?? []).map((action, i) => (
            // the actions of a playbook keep their order
            // eslint-disable-next-line react/no-array-index-key
            <li key={i}>{actionText({ kind: action.kind })}</li>
          ))}
        </ul>
      )}
      <p className="quiet mt-1">{t('try.nothingWritten')}</p>
      {outcome.payload !== undefined && outcome.payload !== null && (
        <details className="mt-1" open={open}>
          <summary className="min-h-6">{t('try.payload')}</summary>
          <ScrollRegion className="code mt-1" label={t('try.payload')}>
            {JSON.stringify(outcome.payload, null, 2)}
          </ScrollRegion>
        </details>
      )}
    </Note>
  )
}

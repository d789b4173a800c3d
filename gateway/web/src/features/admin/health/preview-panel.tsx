// What publishing would do, before it is done: the levels now and then, who moves where, the largest movers, playbooks.
import { ListLink } from '@/components/list-link'
import { ErrorState, State } from '@/components/states'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import { where } from '@/lib/criteria'
import { decimal, listed, moneyShort } from '@/lib/format'
import { useDelayed } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Matrix, MOST_IDS } from './matrix'
import type { Fault, Model } from './model'
import { Movers } from './movers'
import { NowThen } from './now-then'
import type { Firing, Outcome } from './outcome'
import type { PreviewState } from './use-preview'

type Props = { preview: PreviewState; touched: boolean; fault: Fault | undefined; thresholds: Model['thresholds']; fire: boolean; onFire: (fire: boolean) => void }

export function PreviewPanel({ preview: { outcome, ms, ready, busy, error, again }, touched, fault, thresholds, fire, onFire }: Props) {
  const slow = useDelayed(touched && !fault && busy, 2_000)
  const shown = touched && !error && !fault ? outcome : undefined
  return (
    <Panel
      title={t('hw.preview')}
      sub={shown ? t('hw.previewSub', { n: shown.accounts }) : t('hw.nothingWritten')}
      ends={shown && ready && <span className="quiet small pe-2">{t('hw.computed', { s: decimal(ms / 1000) })}</span>}
    >
      {!touched && <State>{t('hw.untouched')}</State>}
      {touched && fault && <State>{t(`hwFault.${fault}`)}</State>}
      {touched && !fault && error && <ErrorState error={error} what={t('hw.refused')} onRetry={again} />}
      {touched && !fault && !error && !ready && (
        <div className="px-4 pb-3" role="status">
          <p className="small quiet">{t(slow ? 'hw.computingLong' : 'hw.computing')}</p>
          {slow && <progress aria-label={t('hw.computing')} className="progress mt-1" />}
        </div>
      )}
      {shown && (
        <div className="pad" style={ready ? undefined : { opacity: 0.55 }} aria-busy={!ready}>
          <Sentence outcome={shown} />
          <NowThen outcome={shown} />
          <Matrix outcome={shown} />
          <Movers movers={shown.movers} thresholds={thresholds} />
          {shown.firing.length > 0 && <Fires firing={shown.firing} fire={fire} onFire={onFire} />}
        </div>
      )}
    </Panel>
  )
}

function Sentence({ outcome: { rises, falls, movers } }: { outcome: Outcome }) {
  const { currency } = useShown()
  const all = rises.accounts + falls.accounts
  if (all === 0) return <p className="mb-3">{t(movers.length > 0 ? 'hw.noLevel' : 'hw.noChange')}</p>
  const parts = [
    rises.accounts > 0 && t('hw.rise', { n: rises.accounts, arr: moneyShort(rises.arr, currency) }),
    falls.accounts > 0 && t('hw.fall', { n: falls.accounts, arr: moneyShort(falls.arr, currency) }),
  ].filter((one) => one !== false)
  return (
    <p className="mb-3">
      <Moves ids={[...rises.ids, ...falls.ids]} />: {parts.join(', ')}.
    </p>
  )
}

function Moves({ ids }: { ids: string[] }) {
  const text = t('hw.moves', { n: ids.length })
  // as many as an address can hold
  return ids.length > MOST_IDS ? (
    <b className="font-semibold">{text}</b>
  ) : (
    <ListLink criteria={where('id', 'in', ids)} className="font-semibold">
      {text}
    </ListLink>
  )
}

const MOST_NAMES = 5

function Fires({ firing, fire, onFire }: { firing: Firing[]; fire: boolean; onFire: (fire: boolean) => void }) {
  return (
    <Note tone="warn" className="mt-4">
      {firing.map(({ playbook, accounts }) => (
        <p key={playbook}>
          <b className="font-semibold">{t('hw.wouldFire', { playbook, n: accounts.length })}</b>{' '}
          <bdi>{listed([...accounts.slice(0, MOST_NAMES).map((one) => one.name), ...(accounts.length > MOST_NAMES ? [t('hw.others', { n: accounts.length - MOST_NAMES })] : [])])}</bdi>
        </p>
      ))}
      <p>{t('hw.heldBack')}</p>
      <label className="hit mt-1">
        <input type="checkbox" className="check" checked={fire} onChange={(event) => onFire(event.target.checked)} />
        {t('hw.fire')}
      </label>
    </Note>
  )
}

// The tokens with which programs act as people: one's own, or those of all; made, shown once, ended.
import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, message, State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import { day } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { revokeToken, TOKENS, tokensQuery, type Token } from './tokens-api'
import { TokenDialog } from './token-dialog'

type Props = {
  me: { user_id: string; permissions: string[] }
  /** the names of their owners, where the tokens of all are shown */
  people?: Map<string, string>
  className?: string
}

export function TokensPanel({ me, people, className }: Props) {
  const client = useQueryClient()
  const may = me.permissions.includes('people.edit')
  const tokens = useQuery({ ...tokensQuery(people ? undefined : me.user_id), enabled: may })
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<Token>()
  const again = () => client.invalidateQueries({ queryKey: TOKENS })
  return (
    <Panel id="tokens" title={t('tokens.title')} sub={t(people ? 'tokens.subAll' : 'tokens.sub')} className={className} ends={may && <Button look="outline" onClick={() => setMaking(true)}>{t('tokens.make')}</Button>}>
      {tokens.error && <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {!may && <State>{t('tokens.notYours')}</State>}
      {may && tokens.data?.length === 0 && <State>{t('tokens.none')}</State>}
      {tokens.data && tokens.data.length > 0 && (
        <table className="tbl">
          <caption className="sr-only">{t('tokens.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('tokens.name')}</th>
              {people && <th scope="col">{t('tokens.owner')}</th>}
              <th scope="col" className="wide-only">{t('tokens.made')}</th>
              <th scope="col">{t('tokens.state')}</th>
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.data.map((one) => (
              <Row key={one.id} one={one} owner={people && (people.get(one.user_id) ?? t('unknown'))} onEnd={may ? () => setEnding(one) : undefined} />
            ))}
          </tbody>
        </table>
      )}
      {making && <TokenDialog onClose={() => setMaking(false)} onMade={() => void again()} />}
      {ending && <EndDialog token={ending} onClose={() => setEnding(undefined)} onEnded={() => void again()} />}
    </Panel>
  )
}

function Row({ one, owner, onEnd }: { one: Token; owner?: string; onEnd?: () => void }) {
  const now = useNow(60_000)
  const over = one.revoked_at !== null || (one.expires_at !== null && Date.parse(one.expires_at) < now)
  const state = one.revoked_at ? t('tokens.revoked', { day: day(one.revoked_at) }) : one.expires_at ? t(over ? 'tokens.expired' : 'tokens.until', { day: day(one.expires_at) }) : t('tokens.open')
  return (
    <tr>
      <th scope="row" className="max-w-60">
        <bdi className="name cut" title={one.name}>
          {one.name}
        </bdi>
      </th>
      {owner && (
        <td className="max-w-40">
          <bdi className="cut">{owner}</bdi>
        </td>
      )}
      <td className="num wide-only">{day(one.created_at)}</td>
      <td className={over ? 'quiet num' : 'num'}>{state}</td>
      <td className="end">
        {onEnd && !over && (
          <Button look="danger" size="xs" onClick={onEnd} aria-label={t('tokens.endOne', { name: one.name })}>
            {t('tokens.end')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function EndDialog({ token, onClose, onEnded }: { token: Token; onClose: () => void; onEnded: () => void }) {
  const end = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: () => {
      toast(t('tokens.ended', { name: token.name }))
      onEnded()
      onClose()
    },
  })
  return (
    <Dialog
      title={t('tokens.endTitle', { name: token.name })}
      description={t('tokens.endText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={end.isPending} onClick={() => end.mutate()}>
            {t('tokens.endSubmit')}
          </Button>
        </>
      }
    >
      {end.error && (
        <Note tone="bad" role="alert">
          {message(end.error)}
        </Note>
      )}
    </Dialog>
  )
}

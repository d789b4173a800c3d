// What every page of automation needs before it is drawn: who may see it, and the names behind ids.
import { useCallback, useMemo, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { BuilderProvider } from '@/components/criteria-builder/context'
import { useBuilderContext } from '@/components/criteria-builder/use-builder-context'
import { PageTitle } from '@/components/page-title'
import { State } from '@/components/states'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { AUTOMATION, TOPICS } from './api'
import { SharedProvider } from './shared'

export function Frame({ children }: { children: ReactNode }) {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { currency = 'USD', time_zone: timeZone = 'UTC' } = me.tenant?.settings ?? {}
  const { builder, names } = useBuilderContext(currency)
  const client = useQueryClient()
  useLive(TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: AUTOMATION }), [client]))
  const shared = useMemo(
    () => ({ tenant: me.tenant?.name, userId: me.user_id, currency, timeZone, may: (action: string) => me.permissions.includes(action), builder, names }),
    [me, currency, timeZone, builder, names],
  )
  if (!me.permissions.includes('playbook.read')) {
    return (
      <>
        <PageTitle title={t('nav.automation')} owner={me.tenant?.name} />
        <div className="panel mt-4 pt-4">
          <State title={t('am.forbidden')}>{t('am.forbiddenText')}</State>
        </div>
      </>
    )
  }
  return (
    <SharedProvider value={shared}>
      <BuilderProvider value={builder}>{children}</BuilderProvider>
    </SharedProvider>
  )
}

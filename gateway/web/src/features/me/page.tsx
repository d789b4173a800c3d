// What belongs to the person alone: password, tokens of their programs, how they like the pages, the way out.
import { useRouteContext } from '@tanstack/react-router'
import { PageTitle } from '@/components/page-title'
import { TokensPanel } from '@/components/tokens/tokens-panel'
import { t } from '@/lib/i18n'
import { LeavePanel } from './leave-panel'
import { PasswordPanel } from './password-panel'
import { PreferencesPanel } from './preferences-panel'

export function MePage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  return (
    <>
      <PageTitle title={t('user.settings')} owner={me.tenant?.name} className="mb-1" />
      <p className="quiet mb-4">
        <bdi>{me.full_name}</bdi>, {me.email}
      </p>
      <div className="grid max-w-260 grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-2">
        <PasswordPanel email={me.email} />
        <PreferencesPanel />
        <TokensPanel me={me} className="min-[1100px]:col-span-2" />
        {me.tenant && <LeavePanel user_id={me.user_id} tenant={me.tenant.name} />}
      </div>
    </>
  )
}

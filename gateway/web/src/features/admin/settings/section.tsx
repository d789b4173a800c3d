// The settings of the tenant: its name, money and time, and from where an account weighs much.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Awaited } from '@/components/awaited'
import { isSame } from '@/components/draft/merge'
import { useDraft } from '@/components/draft/use-draft'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { lastChange } from '../api'
import { DraftFoot } from '../draft-foot'
import { useShown } from '../shown'
import { SettingsForm } from './settings-form'
import { tenantQuery, updateTenant, type TenantSettings } from './settings-api'

export function Settings() {
  const tenant = useQuery(tenantQuery)
  return (
    <Awaited query={tenant} height={400}>
      {(settings) => <Edit settings={settings} />}
    </Awaited>
  )
}

const names = { name: 'set.name', currency: 'set.currency', time_zone: 'set.zone', high_value_arr: 'set.high', parent_arr_includes_children: 'set.parent' } as const
type Name = keyof typeof names

function patchOf(base: TenantSettings, { name, ...settings }: TenantSettings) {
  const changed = Object.fromEntries(Object.entries(settings).filter(([key, value]) => !isSame(base[key as Name], value)))
  return { ...(name === base.name ? {} : { name: name.trim() }), settings: changed }
}

function Edit({ settings }: { settings: TenantSettings }) {
  const client = useQueryClient()
  const router = useRouter()
  const { mayEdit } = useShown()
  const draft = useDraft(settings)
  const { name, high_value_arr: high } = draft.value
  const wrong = name.trim() === '' || !Number.isFinite(high) || high < 0
  return (
    <>
      <Panel title={t('admin.settings')} className="max-w-260">
        <fieldset disabled={!mayEdit} className="pad min-w-0">
          <SettingsForm value={draft.value} onChange={(part) => draft.set((now) => ({ ...now, ...part }))} />
        </fieldset>
      </Panel>
      <DraftFoot
        draft={draft}
        held={wrong ? t('set.wrong') : undefined}
        read={() => client.fetchQuery({ ...tenantQuery, staleTime: 0 })}
        write={(base, value) => updateTenant(patchOf(base, value))}
        lastChange={() => lastChange('tenants')}
        describe={({ path: [field] }) => ({ field: t(names[field as Name]), text: (value) => (typeof value === 'boolean' ? t(value ? 'on' : 'off') : String(value ?? '')) })}
        onSaved={() => {
          toast(t('set.saved'))
          // currency and time zone stand in the frame of every page
          void client.refetchQueries({ queryKey: ['auth', 'me'] }).then(() => router.invalidate())
        }}
      />
    </>
  )
}

// What administration asks for and writes, for the test of the contract; what it would change is left as it was.
import type { QueryClient } from '@tanstack/react-query'
import { holdersQuery } from '@/components/forbidden-api'
import { countsQuery, lastChange, peopleNamesQuery } from '@/features/admin/api'
import { auditQuery, readAll, rowNamesQuery } from '@/features/admin/audit/audit-api'
import { acceptSilence, outagesQuery, silencesQuery, withdrawSilence } from '@/features/admin/feeds/feeds-api'
import { waitingQuery } from '@/features/admin/feeds/waiting-api'
import { customFieldsQuery, misfitsQuery, saveField } from '@/features/admin/fields/fields-api'
import { portfolioQuery, previewQuery, publishModel, versionsQuery } from '@/features/admin/health/health-api'
import { modelOf, storedOf } from '@/features/admin/health/model'
import { completionsQuery, doneQuery, milestonesQuery, perStageQuery, saveMilestones } from '@/features/admin/milestones/milestones-api'
import { stageNamesQuery } from '@/features/admin/milestones/stage-names-api'
import { databaseRolesQuery, deactivate, invitationsQuery, linkAnalyst, makeResetLink, membersQuery, offersQuery, revokeInvitation, setRole, unlinkAnalyst } from '@/features/admin/people/people-api'
import { allowedHostsQuery, receiversQuery } from '@/features/admin/receivers/receivers-api'
import { tenantQuery, updateTenant } from '@/features/admin/settings/settings-api'
import { deleteStage, saveStages, stagesQuery, stageUseQuery } from '@/features/admin/stages/stages-api'
import { expect } from './fixtures'

const NOBODY = '01900000-0000-7000-8000-000000000000'

export async function onAdmin(ask: <T>(options: object) => Promise<T>, client: QueryClient) {
  const { rows, version } = await client.fetchQuery(stagesQuery)
  const [stage] = rows
  const milestones = await client.fetchQuery(milestonesQuery(stage!.id))
  const [field] = await client.fetchQuery(customFieldsQuery)
  const [model] = await client.fetchQuery(versionsQuery)
  const stored = storedOf(modelOf(model!))
  const { pages } = await client.fetchInfiniteQuery(auditQuery({ object: 'accounts', action: 'insert', from: '2020-01-01', to: '2100-01-01' }, 'Europe/Berlin'))
  for (const options of [
    countsQuery(true), peopleNamesQuery, holdersQuery('Tenant Admin'), stageUseQuery(stage!), stageNamesQuery, perStageQuery, doneQuery(milestones[0]!.id), completionsQuery(milestones[0]!.id), misfitsQuery(field!.id, 'number'),
    previewQuery(stored), portfolioQuery, membersQuery, invitationsQuery, databaseRolesQuery, offersQuery, receiversQuery, allowedHostsQuery, tenantQuery, outagesQuery, silencesQuery, waitingQuery, rowNamesQuery(pages.flat()),
  ]) {
    expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
  }
  expect(pages.flat().length).toBeGreaterThan(0)
  expect((await readAll({ object: 'journey_stages' }, 'UTC')).length).toBeGreaterThan(0)
  expect((await lastChange('journey_stages')).at).not.toBeNull()
  await saveStages([], version)
  await expect(deleteStage(NOBODY, null)).rejects.toThrow(/stage/)
  await saveMilestones(stage!.id, [])
  await saveField({ id: field!.id })
  await expect(publishModel(stored, model!.version - 1, false)).rejects.toThrow(/version/)
  await updateTenant({ settings: {} })
  await expect(revokeInvitation(NOBODY)).rejects.toThrow(/invitation/)
  await expect(setRole(NOBODY, 'Viewer')).rejects.toThrow(/member/)
  await expect(makeResetLink(NOBODY)).rejects.toThrow(/member/)
  await expect(linkAnalyst(NOBODY, 'no_role')).rejects.toThrow(/role/)
  await expect(unlinkAnalyst('no_role')).rejects.toThrow(/role/)
  await expect(deactivate(NOBODY, null)).rejects.toThrow(/member/)
  await expect(acceptSilence('logins', ' ')).rejects.toThrow(/reason/)
  await expect(withdrawSilence('logins')).rejects.toThrow(/accepted/)
}

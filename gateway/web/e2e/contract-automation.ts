// What automation asks for and writes, for the test of the contract.
import { accountNameQuery, accountNamesQuery } from '@/components/account-names-api'
import { retryDeliveries } from '@/components/playbook/playbook-api'
import * as automation from '@/features/automation/api'
import * as builder from '@/features/automation/builder/api'
import { emptyDraft, keyed, toSave } from '@/features/automation/builder/draft'
import { previewQuery } from '@/features/automation/preview-api'
import * as queue from '@/features/automation/queue/api'
import { runQuery, runsQuery } from '@/features/automation/runs/api'
import { expect } from './fixtures'

const NONE = '01900000-0000-7000-8000-000000000000'

export async function onAutomation(ask: <T>(options: object) => Promise<T>) {
  const event = { kind: 'health_drop', threshold: 40 }
  const found = await ask<{ account_id: string; account_name: string }[]>(previewQuery(event, undefined))
  const accounts = found.slice(0, 2).map((one) => ({ id: one.account_id, name: one.account_name }))
  const leaf = { field: 'health_score', op: 'lt', value: 40 }
  for (const options of [
    automation.playbooksQuery, automation.recentRunsQuery, automation.templatesQuery, automation.runCountQuery, automation.portfolioQuery, automation.burstsQuery, automation.healthQuery,
    builder.ticksQuery(accounts, leaf, { not: leaf }, 2), builder.backtestQuery(event, undefined, { cooldown_minutes: 60, max_executions_per_day: 5 }, 30), builder.milestonesQuery,
    runsQuery({ result: 'ran' }, 5), queue.deliveriesQuery({}, 5), queue.countsQuery({}), accountNamesQuery('tech'), accountNameQuery(accounts[0]?.id ?? NONE),
  ]) {
    expect(await ask(options), JSON.stringify((options as { queryKey: unknown }).queryKey)).toBeDefined()
  }
  const [run] = await ask<{ id: string }[]>(runsQuery({}, 1))
  const [delivery] = await ask<{ id: string }[]>(queue.deliveriesQuery({}, 1))
  await ask(runQuery(run?.id ?? NONE))
  await ask(queue.deliveryQuery(delivery?.id ?? NONE))
  const draft = { ...emptyDraft(), name: `Contract ${Date.now()}`, actions: [keyed({ kind: 'webhook', url: 'https://receiver.example/in' })] }
  const { id, version } = await builder.savePlaybook(toSave(draft), null)
  await builder.savePlaybook({ ...toSave({ ...draft, cooldown: 5 }), id }, version)
  await builder.setSecret(id, `whsec_${Buffer.alloc(32, 1).toString('base64')}`)
  await builder.rotateSecret(id)
  await ask(builder.versionsQuery(id))
  await ask(automation.playbookQuery(id))
  const { webhook_ids } = await builder.sendTest(id, accounts[0]!.id)
  await ask(builder.testQuery(webhook_ids))
  await queue.cancelDeliveries(webhook_ids)
  await retryDeliveries(webhook_ids).catch(() => undefined)
  await queue.retryAll({ status: 'failed', playbook_id: NONE }, 'as_sent')
  await queue.cancelAll({ status: 'pending', playbook_id: NONE })
  await automation.activatePlaybook({ id, scope: 'new', queued: 'drop' })
  await automation.pausePlaybook(id)
  await automation.deletePlaybook(id)
  // there is none
  await expect(automation.releaseBurst(NONE, null)).rejects.toThrow(/burst/)
  await expect(automation.dropBurst(NONE)).rejects.toThrow(/burst/)
}

/** Pauses all, and switches on again what was on. */
export async function onAllPlaybooks(ask: <T>(options: object) => Promise<T>) {
  const before = await ask<{ id: string; state: string }[]>({ ...automation.playbooksQuery, staleTime: 0 })
  await automation.pauseAll()
  for (const { id } of before.filter((one) => one.state === 'active')) await automation.activatePlaybook({ id, scope: 'new', queued: 'send' })
}

// Runs and why not; the queue with its tries, retries and what is sent; who may see it.
import { createHmac } from 'node:crypto'
import { expect, axe, logIn, rpc, test } from './fixtures'
import { clear, makeAccount, makePlaybook, openAutomation, receiver, runsOf, setScore } from './automation-helpers'
import { makeMember } from './members'

const drop = { event: { kind: 'health_drop', threshold: 40 } }

// 67, 75
test('40 to 35 fires once, 35 to 33 not again, and the cooldown says why', async ({ page, sql }) => {
  await logIn(page)
  const name = `Once ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: drop, actions: [{ kind: 'task', title: 'Call {{account_name}}' }], cooldown_minutes: 60, is_active: true })
  const account = await makeAccount(page, `${name} account`)
  try {
    for (const score of [40, 35, 33]) setScore(sql, account, score)
    expect(runsOf(sql, id)).toBe('fired')
    for (const score of [50, 20]) setScore(sql, account, score)
    expect(runsOf(sql, id)).toBe('fired cooldown')
    await openAutomation(page, `runs?playbook=${id}`)
    const table = page.getByRole('table', { name: 'Runs' })
    await expect(table.getByRole('row')).toHaveCount(3)
    await page.getByLabel('Result').selectOption('held')
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(table).toContainText('Held back: cooldown')
    await table.getByRole('button').first().press('Enter')
    const drawer = page.getByRole('dialog', { name: `${name}, ${name} account` })
    await expect(drawer).toContainText('previous score')
    expect(await axe(page)).toEqual([])
    await drawer.getByRole('button', { name: 'Why did it not run?' }).click()
    const why = page.getByRole('region', { name: 'Why did it not run?' }).first()
    await expect(why.getByRole('status')).toContainText('Cooldown')
    await expect(why.getByRole('listitem').filter({ hasText: 'stopped here' })).toContainText('Cooldown')
    expect(await axe(page)).toEqual([])
  } finally {
    clear(sql, name)
  }
})

// 68
test('a webhook arrives with the flat keys and a signature that holds @long', async ({ page, sql }) => {
  await logIn(page)
  const hook = await receiver()
  const name = `Signed ${Date.now()}`
  const key = Buffer.alloc(32, 7)
  await makePlaybook(page, { name, trigger_criteria: drop, webhook_url: hook.url, webhook_secret: `whsec_${key.toString('base64')}`, is_active: true })
  const account = await makeAccount(page, `${name} account`)
  try {
    for (const score of [60, 30]) setScore(sql, account, score)
    await expect.poll(() => hook.sent.length).toBe(1)
    const { headers, body } = hook.sent[0]!
    const sent = JSON.parse(body) as Record<string, unknown>
    expect(Object.keys(sent)).toEqual(expect.arrayContaining(['account_id', 'account_name', 'health_score', 'previous_score', 'risk_level', 'stage', 'arr', 'csm_email', 'csm_name', 'triggered_at']))
    expect(sent).toMatchObject({ account_id: account, health_score: 30, previous_score: 60, risk_level: 'Critical' })
    const signature = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')
    expect(headers['webhook-signature']).toContain(`v1,${signature}`)
  } finally {
    clear(sql, name)
    await hook.close()
  }
})

// 69, 70
test('a delivery that was given up is seen, retried, and arrives; all that match asks the count', async ({ page, sql }) => {
  await logIn(page)
  let works = false
  const hook = await receiver(() => (works ? 200 : 500))
  const name = `Failing ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: drop, webhook_url: hook.url, max_attempts: 2, is_active: true })
  const one = await makeAccount(page, `${name} one`)
  const two = await makeAccount(page, `${name} two`)
  try {
    for (const account of [one, two]) for (const score of [60, 30]) setScore(sql, account, score)
    await expect.poll(() => sql(`select count(*) from cs.webhook_queue where playbook_id = '${id}' and status = 'failed' and attempts = 2`)).toBe('2')
    await openAutomation(page, `queue?playbook=${id}`)
    const table = page.getByRole('table', { name: 'Webhook queue' })
    await expect(table.getByRole('row').filter({ hasText: 'Failed' })).toHaveCount(2)
    works = true
    await table.getByRole('button', { name: new RegExp(`${name} one`) }).click()
    const drawer = page.getByRole('dialog', { name: `${name}, ${name} one` })
    await expect(drawer.getByRole('region', { name: 'Attempts' })).toContainText('2 of 2')
    await expect(drawer).toContainText('secret not shown')
    expect(await axe(page)).toEqual([])
    await drawer.getByRole('button', { name: 'Retry now' }).click()
    await expect(drawer.getByRole('button', { name: 'Send again' })).toBeVisible()
    await drawer.getByRole('button', { name: 'Close' }).click()
    await expect(table.getByRole('row').filter({ hasText: 'Completed' })).toHaveCount(1)
    await page.getByRole('button', { name: 'All that match' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Retry the 1 failed' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Retry 1 failed delivery' })
    await expect(dialog).toBeVisible()
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Retry 1 delivery' }).press('Enter')
    await expect(table.getByRole('row').filter({ hasText: 'Completed' })).toHaveCount(2)
  } finally {
    clear(sql, name)
    await hook.close()
  }
})

// 69
test('500 first and then 200: two attempts, completed', { tag: '@long' }, async ({ page, sql }) => {
  await logIn(page)
  const hook = await receiver((call) => (call === 1 ? 500 : 200))
  const name = `Second ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: drop, webhook_url: hook.url, is_active: true })
  const account = await makeAccount(page, `${name} account`)
  try {
    for (const score of [60, 30]) setScore(sql, account, score)
    await openAutomation(page, `queue?playbook=${id}`)
    const row = page.getByRole('table', { name: 'Webhook queue' }).getByRole('row').filter({ hasText: 'Completed' })
    await expect(row).toContainText('2 of 10')
    await row.getByRole('button').click()
    const tries = page.getByRole('region', { name: 'Attempts' })
    await expect(tries.getByRole('listitem')).toHaveCount(2)
    await expect(tries.getByRole('listitem').first()).toContainText('500')
    await expect(tries.getByRole('listitem').last()).toContainText('200')
  } finally {
    clear(sql, name)
    await hook.close()
  }
})

// 72
test('the daily cap holds back what is beyond it', { tag: '@long' }, async ({ page, sql }) => {
  await logIn(page)
  const name = `Capped ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: drop, actions: [{ kind: 'task', title: 'Call' }], max_executions_per_day: 1, is_active: true })
  try {
    for (const one of ['one', 'two']) {
      const account = await makeAccount(page, `${name} ${one}`)
      for (const score of [60, 30]) setScore(sql, account, score)
    }
    expect(runsOf(sql, id)).toBe('fired daily_cap')
    await openAutomation(page)
    await page.getByRole('searchbox', { name: 'Filter playbooks' }).fill(name)
    await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('1 of 1 today')
  } finally {
    clear(sql, name)
  }
})

// 73
test('where nothing is sent, the page says so and what to check', { tag: '@long' }, async ({ page, sql }) => {
  await logIn(page)
  try {
    sql('alter system set customer_success.webhooks_enabled = off')
    sql('select pg_reload_conf()')
    await openAutomation(page, 'queue')
    await expect(page.getByText(/Nothing is sent: customer_success.webhooks_enabled is off; a DBA switches it on/)).toBeVisible()
    expect(await axe(page)).toEqual([])
  } finally {
    sql('alter system reset customer_success.webhooks_enabled')
    sql('select pg_reload_conf()')
  }
})

test('a burst that waits is dropped by a person, and its runs say so', { tag: '@long' }, async ({ page, sql }) => {
  await logIn(page)
  const name = `Burst ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: drop, actions: [{ kind: 'task', title: 'Call' }], is_active: true })
  try {
    const accounts: string[] = []
    for (const one of ['one', 'two']) accounts.push(await makeAccount(page, `${name} ${one}`))
    sql(`with burst as (insert into cs.playbook_bursts (tenant_id, playbook_id, event, account_ids) select tenant_id, id, trigger_criteria -> 'event', array['${accounts.join("','")}']::uuid[] from cs.playbooks where id = '${id}' returning *)
      insert into cs.playbook_executions (tenant_id, playbook_id, account_id, result, event, burst_id, playbook_version) select tenant_id, playbook_id, unnest(account_ids), 'burst', '{"kind": "health_drop", "score": 30, "previous_score": 60, "threshold": 40}', id, 1 from burst`)
    await openAutomation(page, 'queue')
    const held = page.getByRole('region', { name: 'Held bursts' })
    await expect(held).toContainText('2 accounts wait')
    await held.getByRole('button', { name: 'Drop' }).click()
    const dialog = page.getByRole('dialog', { name: `Drop ${name} for 2 accounts` })
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Drop 2 accounts' }).click()
    await expect(held).toHaveCount(0)
    expect(runsOf(sql, id)).toMatch(/dropped dropped$/)
  } finally {
    clear(sql, name)
  }
})

test('a contributor looks and retries, a viewer is told whom to ask, and the server says so too @long', async ({ page, sql, browser }) => {
  makeMember(sql, 'cora@acme.com', 'Cora Contributor', 'Contributor')
  makeMember(sql, 'vera@acme.com', 'Vera Viewer', 'Viewer')
  await logIn(page, 'cora@acme.com')
  await openAutomation(page)
  await expect(page.getByRole('table', { name: 'Playbooks' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'New playbook' })).toHaveCount(0)
  await expect(page.getByRole('switch')).toHaveCount(0)
  await page.getByRole('link', { name: 'Health alert' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Activate' })).toHaveCount(0)
  await expect(rpc(page, 'pause_all_playbooks', {})).rejects.toThrow(/42501/)
  const other = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage()
  await logIn(other, 'vera@acme.com')
  await openAutomation(other)
  await expect(other.getByText('You need the role Contributor')).toBeVisible()
  await expect(other.getByRole('tab')).toHaveCount(0)
  expect(await axe(other)).toEqual([])
  await other.context().close()
})

// The builder: a playbook made, tried, tested and switched on, by mouse and by keyboard.
import { expect, axe, list, logIn, rpc, test } from './fixtures'
import { clear, makeAccount, makePlaybook, openAutomation, receiver, setScore } from './automation-helpers'

// refusals are a part of these tests
test.use({ allow: { console: /status of 4(00|09)/ } })

test('health under 40 and renewal within 90 days goes to Slack', async ({ page, sql }) => {
  await logIn(page)
  const hook = await receiver()
  const name = `Slack rescue ${Date.now()}`
  const soon = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
  const hit = await makeAccount(page, `${name} hit`, { crm_attributes: { arr: 70_000, contract_end_date: soon } })
  setScore(sql, hit, 55)
  try {
    await openAutomation(page)
    await page.getByRole('link', { name: 'New playbook' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Threshold').fill('40')
    await page.getByRole('button', { name: 'Condition' }).click()
    await page.getByRole('searchbox', { name: 'Find a field' }).fill('renewal')
    await page.keyboard.press('Enter')
    await page.getByLabel('Comparison').selectOption({ label: 'is at most' })
    await page.getByRole('spinbutton', { name: 'Value (days)' }).fill('90')
    await page.getByLabel('Slack webhook address').fill(hook.url)
    await expect(page.getByText('When the health score falls under 40, and Time to renewal is at most 90 days: send a Slack message')).toBeVisible()
    // the account is at 55: it nearly matches, by its renewal
    const matches = page.getByRole('region', { name: 'Matches now', exact: true }).first()
    await expect(matches.getByRole('row', { name: new RegExp(`${name} hit`) })).toContainText('does not hold')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Send test delivery' }).click()
    await expect(page.getByText(/has it\./)).toBeVisible()
    expect(hook.sent).toHaveLength(1)
    await page.getByRole('button', { name: 'Activate' }).click()
    const dialog = page.getByRole('dialog', { name: `Switch on ${name}` })
    await expect(dialog).toBeVisible()
    expect(await axe(page)).toEqual([])
    const sure = dialog.getByRole('checkbox', { name: /so many are meant/ })
    if (await sure.isVisible()) await sure.check()
    await dialog.getByRole('button', { name: 'Switch on' }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Active, version/ })).toBeVisible()
    setScore(sql, hit, 30)
    await expect.poll(() => hook.sent.length, { timeout: 40_000 }).toBe(2)
    expect(JSON.parse(hook.sent[1]!.body)).toMatchObject({ text: `${name} hit: 30` })
  } finally {
    clear(sql, name)
    await hook.close()
  }
})

// 63, by keyboard
test('a template becomes an active playbook @long', async ({ page, sql }) => {
  await logIn(page)
  const name = `Template ${Date.now()}`
  try {
    await page.goto('/dashboard/automation/playbooks/new?template=silent_for_14_days')
    await page.getByLabel('Name', { exact: true }).fill(name)
    await expect(page.getByText('When there are no logins for 14 days: create a task')).toBeVisible()
    await page.getByRole('button', { name: 'Activate' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: `Switch on ${name}` })
    const sure = dialog.getByRole('checkbox', { name: /so many are meant/ })
    await expect(dialog.getByRole('radio', { name: /Only new matches/ })).toBeChecked()
    if (await sure.isVisible()) await sure.press(' ')
    await dialog.getByRole('button', { name: 'Switch on' }).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: /^Active, version 1/ })).toBeVisible()
    await openAutomation(page)
    await expect(page.getByRole('switch', { name: `${name} is on` })).toBeChecked()
    await page.getByRole('switch', { name: `${name} is on` }).press(' ')
    await expect(page.getByRole('switch', { name: `${name} is on` })).not.toBeChecked()
    await page.getByRole('button', { name: `More for ${name}` }).press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    await page.getByRole('dialog', { name: `Delete ${name}` }).getByRole('button', { name: 'Delete playbook' }).press('Enter')
    await expect(page.getByRole('switch', { name: `${name} is on` })).toHaveCount(0)
  } finally {
    clear(sql, name)
  }
})

// 64
test('form and JSON show the same playbook, both ways', { tag: '@long' }, async ({ page }) => {
  await logIn(page)
  await page.goto('/dashboard/automation/playbooks/new?template=enters_at_risk')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Enters At Risk')
  await page.getByRole('button', { name: 'JSON' }).click()
  const text = page.getByLabel('Playbook as JSON')
  const written = JSON.parse(await text.inputValue()) as { name: string; trigger_criteria: object }
  expect(written.name).toBe('Enters At Risk')
  written.trigger_criteria = { event: { kind: 'health_drop_by', points: 20, days: 14 }, when: { all: [{ field: 'arr', op: 'gte', value: 50_000 }, { any: [{ field: 'days_to_renewal', op: 'lte', value: 120 }, { field: 'score_change_30d', op: 'lte', value: -10 }] }] } }
  await text.fill(JSON.stringify(written))
  await page.getByRole('button', { name: 'Form' }).click()
  await expect(page.getByLabel('Points')).toHaveValue('20')
  await expect(page.getByRole('group', { name: 'Group, any' })).toBeVisible()
  await page.getByLabel('Points').fill('25')
  await page.getByRole('button', { name: 'JSON' }).click()
  await expect(text).toHaveValue(/"points": 25/)
  expect(JSON.parse(await text.inputValue())).toMatchObject({ trigger_criteria: { when: (written.trigger_criteria as { when: object }).when } })
  await text.fill('{ "name": ')
  await expect(text).toHaveAttribute('aria-invalid', 'true')
  await text.fill(JSON.stringify({ ...written, trigger_criteria: { event: { kind: 'health_drop', threshold: 400 } } }))
  await expect(page.getByText(/threshold must be a whole number from 1 to 100/).first()).toBeVisible()
  expect(await axe(page)).toEqual([])
})

// 65
test('the preview counts what the list with the same criteria shows @long', async ({ page, sql }) => {
  await logIn(page)
  const name = `Preview ${Date.now()}`
  try {
    for (const [i, score] of [20, 30, 50].entries()) setScore(sql, await makeAccount(page, `${name} ${i}`), score)
    await page.goto('/dashboard/automation/playbooks/new?template=health_under_40')
    const matches = page.getByRole('region', { name: 'Matches now', exact: true }).first()
    await expect(matches.getByRole('link', { name: `${name} 1` })).toBeVisible()
    const preview = await rpc<unknown[]>(page, 'preview_playbook', { criteria: null, event: { kind: 'health_drop', threshold: 40 } })
    await expect(matches.getByRole('status')).toContainText(`${preview.length} accounts`)
    const popup = page.waitForEvent('popup')
    await matches.getByRole('link', { name: 'Open as list' }).click()
    await expect(list(await popup).getByRole('row')).toHaveCount(preview.length + 1)
  } finally {
    clear(sql, name)
  }
})

// 66
test('a trial writes nothing, and says what would be sent @long', async ({ page, sql }) => {
  await logIn(page)
  const name = `Trial ${Date.now()}`
  const account = await makeAccount(page, `${name} account`)
  setScore(sql, account, 30)
  const { id } = await makePlaybook(page, { name, trigger_criteria: { event: { kind: 'health_drop', threshold: 40 } }, webhook_url: 'https://receiver.example/in', actions: [{ kind: 'task', title: 'Call {{account_name}}' }] })
  const rows = () => sql('select (select count(*) from cs.playbook_executions) || $$ $$ || (select count(*) from cs.webhook_queue) || $$ $$ || (select count(*) from cs.activities)')
  try {
    await page.goto(`/dashboard/automation/playbooks/${id}/edit`)
    await page.getByRole('button', { name: /^Account:/ }).click()
    await page.getByRole('searchbox', { name: 'Find an account' }).fill(name)
    await page.getByRole('button', { name: `${name} account`, exact: true }).click()
    const before = rows()
    await page.getByRole('button', { name: 'Try it' }).click()
    await expect(page.getByText('It would run:')).toBeVisible()
    await expect(page.getByText('"account_name": ')).toContainText(`${name} account`)
    expect(rows()).toBe(before)
    expect(await axe(page)).toEqual([])
  } finally {
    clear(sql, name)
  }
})

// 71
test('a private address is refused at its field, with how it can be allowed @long', async ({ page, sql }) => {
  await logIn(page)
  const name = `Private ${Date.now()}`
  await page.goto('/dashboard/automation/playbooks/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Slack webhook address').fill('https://10.0.0.7/hook')
  await page.getByRole('button', { name: 'Save draft' }).click()
  const field = page.getByLabel('Slack webhook address')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/10\.0\.0\.7.* is not a public address.*webhook_allowed_hosts/)
  expect(sql(`select count(*) from cs.playbooks where name = '${name}'`)).toBe('0')
  expect(await axe(page)).toEqual([])
})

// 74
test('a secret is shown once, and in no answer afterwards', async ({ page, sql }) => {
  await logIn(page)
  const name = `Secret ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: { event: { kind: 'manual' } }, webhook_url: 'https://receiver.example/in' })
  try {
    await page.goto(`/dashboard/automation/playbooks/${id}/edit`)
    await page.getByRole('button', { name: 'Rotate' }).click()
    const shown = await page.getByText(/^whsec_/).textContent()
    expect(shown).toMatch(/^whsec_.{20}/)
    await expect(page.getByText(`ends in ${shown!.slice(-4)}`)).toBeVisible()
    const answers: string[] = []
    page.on('response', (response) => response.url().includes('/rest/') && void response.text().then((text) => answers.push(text), () => undefined))
    await page.reload()
    await expect(page.getByText('Signed. Secret set.')).toBeVisible()
    await expect(page.getByText(/^whsec_/)).toHaveCount(0)
    expect(answers.some((one) => one.includes(shown!) || one.includes('webhook_secret'))).toBe(false)
    // what was set is a version of its own, and the draft goes on from it
    await page.getByLabel('Description').fill('Changed after the secret')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('status').filter({ hasText: /version 3/ })).toBeVisible()
  } finally {
    clear(sql, name)
  }
})

test('somebody else was faster: both are shown, and mine can be kept', { tag: '@long' }, async ({ page, sql }) => {
  await logIn(page)
  const name = `Conflict ${Date.now()}`
  const { id } = await makePlaybook(page, { name, trigger_criteria: { event: { kind: 'health_drop', threshold: 40 } }, actions: [{ kind: 'task', title: 'Call' }] })
  try {
    await page.goto(`/dashboard/automation/playbooks/${id}/edit`)
    await page.getByLabel('Threshold').fill('50')
    await rpc(page, 'save_playbook', { playbook: { id, trigger_criteria: { event: { kind: 'health_drop', threshold: 30 } } } })
    await page.getByRole('button', { name: 'Save draft' }).click()
    const dialog = page.getByRole('dialog', { name: /Alice Administrator changed this/ })
    await expect(dialog).toContainText('falls under 30')
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(dialog).toHaveCount(0)
    expect(sql(`select trigger_criteria #>> '{event,threshold}' from cs.playbooks where id = '${id}'`)).toBe('50')
    // leaving with a change asks
    await page.getByLabel('Threshold').fill('60')
    await page.getByRole('link', { name: 'Accounts', exact: true }).click()
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeVisible()
  } finally {
    clear(sql, name)
  }
})

// What the tests of automation share: accounts and playbooks of their own, and what a receiver was sent.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, rpc } from './fixtures'

export type Sent = { url: string; headers: http.IncomingHttpHeaders; body: string }

/** A receiver of one test: what comes, and what it answers. */
export async function receiver(answer: (call: number) => number = () => 200) {
  const sent: Sent[] = []
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      sent.push({ url: request.url ?? '', headers: request.headers, body })
      response.writeHead(answer(sent.length)).end('seen')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { sent, url: `http://127.0.0.1:${port}/in`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done) }) }
}

type Sql = (statement: string) => string
export const tenant = "(select id from cs.tenants where slug = 'acme')"

/** An account with a score, made for a test. */
export async function makeAccount(page: Page, name: string, patch: object = {}) {
  const { id } = await rpc<{ id: string }>(page, 'upsert_account', { external_id: `e2e-${name}`, patch: { name, status: 'Active', current_stage: 'Adoption', crm_attributes: { arr: 90_000 }, ...patch } })
  return id
}

/** As a computation would leave it: certain enough to act on. */
export function setScore(sql: Sql, account: string, score: number) {
  const level = score < 40 ? 'Critical' : score < 80 ? 'At Risk' : 'Healthy'
  sql(`insert into cs.health_scores (tenant_id, account_id, overall_score, risk_level, confidence, created_at) values (${tenant}, '${account}', ${score}, '${level}', 'high', clock_timestamp())`)
}

type Draft = { name: string; trigger_criteria: object } & Record<string, unknown>
export const makePlaybook = (page: Page, playbook: Draft) => rpc<{ id: string; version: number }>(page, 'save_playbook', { playbook })

/** Nothing of the test is left. */
export function clear(sql: Sql, name: string) {
  sql(`delete from cs.webhook_queue where playbook_id in (select id from cs.playbooks where name like '${name}%');
    update cs.playbooks set deleted_at = now(), is_active = false where name like '${name}%' and deleted_at is null;
    delete from cs.accounts where name like '${name}%' and tenant_id = ${tenant}`)
}

export const runsOf = (sql: Sql, playbook: string) => sql(`select coalesce(string_agg(result, ' ' order by executed_at), '') from cs.playbook_executions where playbook_id = '${playbook}'`)

export async function openAutomation(page: Page, section = 'playbooks') {
  await page.goto(`/dashboard/automation/${section}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Automation' })).toBeVisible()
}

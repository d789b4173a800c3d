// What both clients are checked with: names of checks that failed go to stderr and end the process with 1.
import assert from 'node:assert/strict'

const { GATEWAY_URL, API_TOKEN } = process.env
assert(GATEWAY_URL && API_TOKEN, 'GATEWAY_URL and API_TOKEN are needed')
export const url = GATEWAY_URL
export const token = API_TOKEN

const names = (rows) => rows.map((row) => row.name)
const GLOBAL = 'GlobalTech Corporation'
const EUROPE = 'GlobalTech Europe'
const START = 'TechStart Solutions'

/** The data of an answer that is no error. */
const good = async (query) => {
  const answer = await query
  assert.equal(answer.error, null, JSON.stringify(answer.error))
  return answer
}
const rows = async (query) => (await good(query)).data

/** Reads and calls, as the client's own documentation writes them. `db` is a PostgrestClient or a SupabaseClient. */
export const checks = {
  'select all columns': async (db) => {
    const all = await rows(db.from('account_overview').select().order('name'))
    assert.deepEqual(names(all), [GLOBAL, EUROPE, START])
    assert.equal(all[2].overall_score, 35)
  },
  'select some columns, one renamed': async (db) => {
    const [first] = await rows(db.from('account_overview').select('name, score:overall_score').order('name').limit(1))
    assert.deepEqual(first, { name: GLOBAL, score: 85 })
  },
  eq: async (db) => {
    assert.deepEqual(names(await rows(db.from('account_overview').select('name').eq('name', START))), [START])
  },
  'neq, gt, gte, lt, lte': async (db) => {
    const view = () => db.from('account_overview').select('name').order('name')
    assert.deepEqual(names(await rows(view().neq('name', START))), [GLOBAL, EUROPE])
    assert.deepEqual(names(await rows(view().gt('overall_score', 72))), [GLOBAL])
    assert.deepEqual(names(await rows(view().gte('overall_score', 72))), [GLOBAL, EUROPE])
    assert.deepEqual(names(await rows(view().lt('overall_score', 72))), [START])
    assert.deepEqual(names(await rows(view().lte('overall_score', 72).gt('arr', 50000))), [START])
  },
  'like, ilike': async (db) => {
    assert.equal((await rows(db.from('account_overview').select('name').like('name', 'GlobalTech%'))).length, 2)
    assert.equal((await rows(db.from('account_overview').select('name').ilike('name', '%SOLUTIONS'))).length, 1)
  },
  'in, with a comma and a quote in a value': async (db) => {
    const found = await rows(db.from('account_overview').select('name').in('name', [START, 'a,b', 'say "x"', EUROPE]).order('name'))
    assert.deepEqual(names(found), [EUROPE, START])
  },
  'is, not': async (db) => {
    const roots = await rows(db.from('account_overview').select('name').is('parent_id', null).order('name'))
    assert(names(roots).includes(GLOBAL) && !names(roots).includes(EUROPE))
    assert.deepEqual(names(await rows(db.from('account_overview').select('name').not('parent_id', 'is', null))), [EUROPE])
  },
  or: async (db) => {
    const found = await rows(db.from('account_overview').select('name').or('overall_score.lt.40,and(name.like.*Europe,arr.gt.1)').order('name'))
    assert.deepEqual(names(found), [EUROPE, START])
  },
  'order by two columns': async (db) => {
    const found = await rows(
      db.from('account_overview').select('name').order('hierarchy_level', { ascending: false }).order('overall_score', { ascending: true, nullsFirst: false }),
    )
    assert.deepEqual(names(found), [EUROPE, START, GLOBAL])
  },
  range: async (db) => {
    assert.deepEqual(names(await rows(db.from('account_overview').select('name').order('name').range(1, 2))), [EUROPE, START])
  },
  'count exact, with rows and without': async (db) => {
    const some = await good(db.from('account_overview').select('name', { count: 'exact' }).order('name').range(0, 0))
    assert.equal(some.count, 3)
    assert.deepEqual(names(some.data), [GLOBAL])
    const head = await good(db.from('account_overview').select('*', { count: 'exact', head: true }).lt('overall_score', 80))
    assert.equal(head.count, 2)
  },
  single: async (db) => {
    assert.equal((await rows(db.from('account_overview').select('name').eq('name', START).single())).name, START)
    const many = await db.from('account_overview').select('name').single()
    assert.equal(many.status, 406)
    assert(many.error.code, 'a code')
    const none = await db.from('account_overview').select('name').eq('name', 'nobody').single()
    assert.equal(none.status, 406)
  },
  maybeSingle: async (db) => {
    assert.equal(await rows(db.from('account_overview').select('name').eq('name', 'nobody').maybeSingle()), null)
    assert.equal((await rows(db.from('account_overview').select('name').eq('name', START).maybeSingle())).name, START)
  },
  csv: async (db) => {
    const text = await rows(db.from('account_overview').select('name,overall_score').order('name').csv())
    assert.deepEqual(text.trim().split(/\r?\n/), ['name,overall_score', `${GLOBAL},85`, `${EUROPE},72`, `${START},35`])
  },
  'a function by POST': async (db) => {
    assert.equal(await rows(db.rpc('risk_level', { score: 38 })), 'Critical')
    assert.equal((await rows(db.rpc('me'))).email, 'admin@acme.com')
  },
  'a stable function by GET': async (db) => {
    assert.equal(await rows(db.rpc('risk_level', { score: 81 }, { get: true })), 'Healthy')
  },
  'a function that returns rows': async (db) => {
    const [{ id }] = await rows(db.from('account_overview').select('id').eq('name', EUROPE))
    const way = await rows(db.rpc('account_breadcrumb', { account_id: id }))
    assert.deepEqual(names(way), ['Acme Corporation', GLOBAL, EUROPE])
  },
  'a change by a function': async (db) => {
    const [{ id, current_stage: from }] = await rows(db.from('account_overview').select('id,current_stage').eq('name', EUROPE))
    const moved = await rows(db.rpc('move_account_stage', { account_id: id, to_stage: 'Value Realization', expected_from: from }))
    assert.equal(moved.current_stage, 'Value Realization')
    const again = await db.rpc('move_account_stage', { account_id: id, to_stage: 'Renewal', expected_from: from })
    assert.equal(again.status, 409)
    assert.equal(again.error.code, '27000')
    assert.equal(typeof again.error.message, 'string')
    await good(db.rpc('move_account_stage', { account_id: id, to_stage: from }))
  },
  'errors carry a code': async (db) => {
    const bad = await db.rpc('risk_level', { score: 101 })
    assert.equal(bad.status, 400)
    assert.equal(bad.error.code, '22023')
    assert(bad.error.message)
    const view = await db.from('no_such_view').select()
    assert.equal(view.status, 404)
    assert.equal(view.error.code, '42P01')
    const column = await db.from('account_overview').select('no_such_column')
    assert.equal(column.status, 400)
    assert(column.error.code)
    const call = await db.rpc('no_such_function')
    assert.equal(call.status, 404)
  },
  'a token that does not hold is refused': async (_, stranger) => {
    const answer = await stranger.from('account_overview').select()
    assert.equal(answer.status, 401)
    assert.equal(answer.error.code, '28000')
  },
}

/** Runs all checks; says which failed. */
export const run = async (db, stranger) => {
  let failed = 0
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(db, stranger)
      console.log(`ok: ${name}`)
    } catch (error) {
      failed += 1
      console.error(`FAILED: ${name}: ${error.message}`)
    }
  }
  process.exitCode = failed ? 1 : 0
}

// Graphile Worker with a task that delivers as the extension does: signed by Standard Webhooks, over kept connections.
import { createHmac } from 'node:crypto'
import { run } from 'graphile-worker'
import { Agent, request } from 'undici'

const { DATABASE_URL, SECRET, CONCURRENCY, MODE } = process.env
const key = Buffer.from(SECRET.replace('whsec_', ''), 'base64')
const dispatcher = new Agent({ connections: Number(CONCURRENCY), pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 })

const deliver = async ({ id, url, body }) => {
  const text = JSON.stringify(body)
  const timestamp = Math.floor(Date.now() / 1000).toString()
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest('base64')
  const answer = await request(url, {
    dispatcher,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body: text,
  })
  await answer.body.dump()
  if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`)
}

const batched = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
const runner = await run({
  preset: {
    worker: {
      connectionString: DATABASE_URL,
      maxPoolSize: 10,
      concurrentJobs: Number(CONCURRENCY),
      ...(MODE === 'batched' ? batched : {}),
    },
  },
  taskList: { deliver },
  noPreparedStatements: false,
})
console.log('ready')
await runner.promise

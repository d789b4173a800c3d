// Runs the code of a workflow's Code node on a delivery, as n8n's Webhook node with a raw body hands it over.
// In: {workflow, secret, requests: [{headers, body}]} on stdin. Out: what the node returns for each, a JSON array.
import { readFileSync } from 'node:fs'

const { workflow, secret, requests } = JSON.parse(readFileSync(0, 'utf8'))
const code = JSON.parse(readFileSync(workflow, 'utf8')).nodes.find((node) => node.type === 'n8n-nodes-base.code').parameters.jsCode
const settled = code.replace('whsec_PASTE_THE_SECRET_OF_THE_PLAYBOOK_HERE', secret)
if (settled === code) throw new Error('the node has no place for the secret')

const AsyncFunction = (async () => {}).constructor
const node = new AsyncFunction('$input', settled)
const answers = []
for (const { headers, body } of requests) {
  const helpers = { getBinaryDataBuffer: async () => Buffer.from(body, 'utf8') }
  const [item] = await node.call({ helpers }, { first: () => ({ json: { headers, params: {}, query: {}, body: {} } }) })
  answers.push(item.json)
}
console.log(JSON.stringify(answers))

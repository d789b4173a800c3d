// The public library for receivers: reads requests from stdin, answers which of them it accepts and what it read.
import { Webhook } from 'standardwebhooks'

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const answers = JSON.parse(Buffer.concat(chunks).toString('utf8')).map(({ secret, headers, body }) => {
  try {
    const event = new Webhook(secret).verify(Buffer.from(body), headers)
    return { is_accepted: true, event }
  } catch (error) {
    return { is_accepted: false, why: error.message }
  }
})
console.log(JSON.stringify(answers))

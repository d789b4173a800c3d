// A delivery as a call of cURL that can be pasted, without what is secret. Pure.

/** The path of a Slack address is a secret. */
export const shownUrl = (url: string) => (/^https:\/\/hooks\.slack\.com\//i.test(url) ? 'https://hooks.slack.com/…' : url)

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

type Call = { id: string; url: string; payload: unknown; signed: boolean }

export function curlOf({ id, url, payload, signed }: Call) {
  const headers = ['content-type: application/json', ...(signed ? [`webhook-id: ${id}`, 'webhook-timestamp: …', 'webhook-signature: v1,…'] : [])]
  return [`curl -X POST ${quoted(shownUrl(url))}`, ...headers.map((one) => `  -H ${quoted(one)}`), `  --data ${quoted(JSON.stringify(payload))}`].join(' \\\n')
}

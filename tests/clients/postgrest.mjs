// The unmodified @supabase/postgrest-js with an API token, as a program would use it.
import { PostgrestClient } from '@supabase/postgrest-js'
import { run, token, url } from './checks.mjs'

// the schema it names is ignored by the gateway, which has one
const client = (bearer) => new PostgrestClient(`${url}/rest/v1`, { headers: { Authorization: `Bearer ${bearer}` }, schema: 'cs' })
await run(client(token), client('cs_nobody'))

// The unmodified @supabase/supabase-js: the gateway is its URL, an API token its key.
import { createClient } from '@supabase/supabase-js'
import { run, token, url } from './checks.mjs'

const client = (key) => createClient(url, key, { auth: { persistSession: false, autoRefreshToken: false } })
await run(client(token), client('cs_nobody'))

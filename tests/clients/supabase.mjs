// The unmodified @supabase/supabase-js: the gateway is its URL, an API token its key.
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'
import { run, token, url } from './checks.mjs'

const client = (key) =>
  createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    // Node 20 has no WebSocket of its own, and the client asks for one before it is used
    realtime: { transport: ws },
  })
await run(client(token), client('cs_nobody'))

// PostGraphile over the same database, for the gateway's benchmark: one person's identity in every transaction.
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'

const { DATABASE_URL, PORT, USER_ID, TENANT_ID } = process.env

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // grants count for the role that it becomes, not for the one that it signs in as
  disablePlugins: ['PgRBACPlugin'],
  pgServices: [makePgService({ connectionString: DATABASE_URL, schemas: ['bench'], poolConfig: { max: 16 } })],
  grafast: {
    context: () => ({
      // in this order: as cs_member it may state nobody
      pgSettings: { 'app.current_user_id': USER_ID, 'app.current_tenant_id': TENANT_ID, role: 'cs_member' },
    }),
  },
  grafserv: { watch: false, graphiql: false },
})
const serve = instance.createServ(grafserv)
const server = createServer()
await serve.addTo(server)
server.listen(Number(PORT), '127.0.0.1')

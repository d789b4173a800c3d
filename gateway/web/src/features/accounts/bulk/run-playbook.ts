// Runs a playbook for one account after the other; what it does not run for is kept with the reason.
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { runPlaybook } from '@/components/playbook/playbook-api'
import type { Account, Outcome } from './api'
import type { Progress } from './run'

/** The refusals that concern one account, not all of them. */
const OF_ONE = [403, 404, 409, 422]

export async function runForAll(accounts: Pick<Account, 'id' | 'name'>[], playbook: string, dryRun: boolean, onProgress?: Progress, signal?: AbortSignal, run = runPlaybook): Promise<Outcome> {
  const all: Outcome = { matched: 0, changed: 0, refused: [] }
  for (const { id, name } of accounts) {
    if (signal?.aborted) break
    const why = await reasonAgainst(() => run(playbook, id, dryRun))
    all.matched += 1
    if (why === undefined) all.changed += 1
    else all.refused.push({ account_id: id, name, reason: why })
    onProgress?.(all.matched)
  }
  return all
}

/** Undefined where it ran, or would. */
async function reasonAgainst(run: () => ReturnType<typeof runPlaybook>): Promise<string | undefined> {
  try {
    const { result, reason } = await run()
    return result === 'fired' ? undefined : (reason ?? t('bulk.noMatch'))
  } catch (error) {
    if (error instanceof ApiError && OF_ONE.includes(error.status)) return error.message
    throw error
  }
}

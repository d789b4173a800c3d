// Saves one value of something that has versions. Where someone changed something else of it meanwhile, it is saved all the same;
// where it is this value, the answer says who set what, and nothing is written.
import * as z from 'zod/mini'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { isSame } from './draft'

export type Attempt = {
  value: unknown
  /** what it was, and which version the whole had, when editing began */
  base: unknown
  version: number
}
export type FieldConflict = { theirs: unknown; version: number; who: string; secondsAgo: number }

type Ways = {
  write: (value: unknown, version: number) => Promise<unknown>
  /** what the row, as the refusal has it, says of the value; undefined: nothing, it is the same on both sides */
  read: (current: Record<string, unknown>) => { value: unknown } | undefined
}

const differing = z.object({ current: z.looseObject({ version: z.number() }), changed_by: z.optional(z.nullable(z.string())), changed_at: z.optional(z.nullable(z.string())) })

export async function sendField({ value, base, version }: Attempt, { write, read }: Ways): Promise<FieldConflict | undefined> {
  for (let known = version; ; ) {
    try {
      await write(value, known)
      return undefined
    } catch (error) {
      const details = error instanceof ApiError && error.status === 409 ? differing.safeParse(error.details) : undefined
      if (!details?.success) throw error
      const { current, changed_by, changed_at } = details.data
      const theirs = read(current)
      if (theirs && !isSame(theirs.value, base)) {
        return { theirs: theirs.value, version: current.version, who: changed_by ?? t('edit.someone'), secondsAgo: changed_at ? Math.max(0, (Date.now() - Date.parse(changed_at)) / 1000) : 0 }
      }
      known = current.version
    }
  }
}

// Sends the parts one after the other, a trial or for good, and gathers what came of them by the line of the file.
import { t } from '@/lib/i18n'
import { importAccounts, type Outcome } from './api'
import type { ImportRow } from './convert'
import { findAlikes, MOST_TOLD, type Alike } from './look-alikes'
import { planParts, repeated } from './plan'

export type Refused = { line: number; field: string; reason: string }
export type Result = { inserted: number; updated: number; unchanged: number; refused: Refused[]; alikes: Alike[]; /** whether there may be more of them */ moreAlikes?: boolean; /** rows that tell of a moment before what is known; undefined where none tells of one */ stale?: number; /** rows that were sent */ done: number; total: number; stopped: boolean }
export type Send = (rows: ImportRow[], dryRun: boolean, newFields: boolean) => Promise<Outcome>

type Options = { dryRun: boolean; newFields: boolean; /** the number of the line in the file */ lineNumber: (line: number) => number; onProgress?: (result: Result) => void; signal?: AbortSignal; send?: Send }

export async function runImport(rows: ImportRow[], { dryRun, newFields, lineNumber, onProgress, signal, send = importAccounts }: Options): Promise<Result> {
  const again = repeated(rows)
  const refused: Refused[] = [...again].map(([line, before]) => ({ line, field: 'external_id', reason: t('load.repeated', { row: lineNumber(before) }) }))
  const bad = new Set(again.keys())
  const parts = planParts(rows, (line) => again.has(line))
  let result: Result = { inserted: 0, updated: 0, unchanged: 0, refused, alikes: [], done: bad.size, total: rows.length, stopped: false }
  /** Accounts of parts that a trial has already taken back: by id whether they would be there. */
  const before = new Map<string, boolean>()
  for (const part of parts) {
    if (signal?.aborted) return { ...result, stopped: true }
    const sent = dryRun ? part.map(({ row }) => withoutKnownParent(row, before)) : part.map(({ row }) => row)
    const { rejected, stale, look_alikes = [], ...counts } = await send(sent, dryRun, newFields)
    const mine: Refused[] = rejected.map(({ index, field, reason }) => ({ line: part[index]!.line, field: field ?? '', reason }))
    const lines = new Set(mine.map(({ line }) => line))
    if (dryRun) for (const { line, row } of part) if (row.external_id !== undefined) before.set(row.external_id, !lines.has(line))
    result = {
      ...result,
      inserted: result.inserted + counts.inserted,
      updated: result.updated + counts.updated,
      unchanged: result.unchanged + counts.unchanged,
      stale: stale === undefined ? result.stale : (result.stale ?? 0) + stale,
      refused: [...result.refused, ...mine],
      alikes: [...result.alikes, ...findAlikes(part, look_alikes)],
      moreAlikes: result.moreAlikes || look_alikes.length >= MOST_TOLD,
      done: result.done + part.length,
    }
    onProgress?.(result)
  }
  return result
}

/** In a trial the parents of earlier parts are gone again: their children are tried without them. */
function withoutKnownParent(row: ImportRow, before: Map<string, boolean>): ImportRow {
  if (row.parent_external_id === undefined || !before.get(row.parent_external_id)) return row
  const { parent_external_id: _parent, ...rest } = row
  return rest as ImportRow
}

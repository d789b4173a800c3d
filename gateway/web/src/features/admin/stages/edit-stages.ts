// Changes to the list of stages, and what is wrong with it. Pure.
import { isSame } from '@/components/draft/merge'
import { isHex } from './colors'
import type { StageChange, StageRow } from './stages-api'

export const MOST_DAYS = 3_650
const NEW = 'new-'
export const isNew = ({ id }: Pick<StageRow, 'id'>) => id.startsWith(NEW)

export const active = (rows: StageRow[]) => rows.filter((row) => row.is_active)

export function newStage(rows: StageRow[], name: string, color: string): StageRow {
  return { id: `${NEW}${rows.filter(isNew).length + 1}-${Date.now()}`, name, target_duration_days: null, wip_limit: null, color_hex: color, is_side: false, is_end: false, is_active: true }
}

export const changed = (rows: StageRow[], id: string, part: Partial<StageRow>) => rows.map((row) => (row.id === id ? { ...row, ...part } : row))

/** To a place among those in use, counted from 0. */
export function placed(rows: StageRow[], id: string, to: number): StageRow[] {
  const row = rows.find((one) => one.id === id)
  if (!row) return rows
  const others = active(rows).filter((one) => one.id !== id)
  const at = Math.min(Math.max(0, to), others.length)
  return [...others.slice(0, at), row, ...others.slice(at), ...rows.filter((one) => !one.is_active && one.id !== id)]
}

export type Fault = 'name' | 'twice' | 'days' | 'limit' | 'color' | 'ends'

const isCount = (n: number | null, most: number) => n === null || (Number.isInteger(n) && n >= 1 && n <= most)
const plain = (name: string) => name.trim().toLowerCase()

/** What is wrong with a stage, within all of them. */
export function faultsOf(row: StageRow, rows: StageRow[]): Fault[] {
  const checks: [Fault, boolean][] = [
    ['name', row.name.trim() === ''],
    ['twice', row.name.trim() !== '' && rows.some((one) => one.id !== row.id && plain(one.name) === plain(row.name))],
    ['days', !isCount(row.target_duration_days, MOST_DAYS)],
    ['limit', !isCount(row.wip_limit, 1_000_000)],
    ['color', !isHex(row.color_hex)],
    ['ends', row.is_end && active(rows).some((one) => one.id !== row.id && one.is_end)],
  ]
  return checks.flatMap(([fault, holds]) => (holds ? [fault] : []))
}

/** What has to be sent to get from one list to the other. */
export function changesOf(base: StageRow[], rows: StageRow[]): StageChange[] {
  const ids = (list: StageRow[]) => list.map(({ id }) => id)
  const moved = !isSame(ids(base), ids(rows))
  return rows.flatMap((row, at): StageChange[] => {
    const before = base.find((one) => one.id === row.id)
    const order = moved ? { display_order: at + 1 } : {}
    if (!before) {
      const { id: _, ...fresh } = row
      return [{ ...fresh, name: row.name.trim(), display_order: at + 1 }]
    }
    const parts = Object.entries(row).filter(([key, value]) => !isSame(before[key as keyof StageRow], value))
    return moved || parts.length > 0 ? [{ id: row.id, ...Object.fromEntries(parts), ...order }] : []
  })
}

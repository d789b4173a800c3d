// The rows that a trial or an import has something to say about, in the order of the file. Pure.
import type { Alike } from './look-alikes'
import type { Refused, Result } from './run-import'

export type Notable = ({ kind: 'refused' } & Refused) | ({ kind: 'alike' } & Alike)
export type Kind = 'all' | Notable['kind']

export function notable({ refused, alikes }: Pick<Result, 'refused' | 'alikes'>, kind: Kind): Notable[] {
  const all: Notable[] = [...(kind === 'alike' ? [] : refused.map((one) => ({ kind: 'refused' as const, ...one }))), ...(kind === 'refused' ? [] : alikes.map((one) => ({ kind: 'alike' as const, ...one })))]
  return all.toSorted((one, other) => one.line - other.line)
}

export const rowCount = (some: { line: number }[]) => new Set(some.map(({ line }) => line)).size

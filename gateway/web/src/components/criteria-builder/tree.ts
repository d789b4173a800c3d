// Criteria as a tree that can be edited: each part has an id, so that it keeps its place on screen. Pure.
import type { Criteria } from '@/lib/criteria'
import { isComplete } from './field-types'

export type Leaf = { id: number; field: string; op: string; value?: unknown }
export type Branch = { id: number; join: 'all' | 'any'; not: boolean; parts: Part[] }
export type Part = Leaf | Branch

/** Groups within groups, the outermost included. */
export const DEEPEST = 3

let last = 0
export const newId = () => ++last
export const isBranch = (part: Part): part is Branch => 'parts' in part
export const newLeaf = (field: string, op: string, value?: unknown): Leaf => ({ id: newId(), field, op, value })
export const newBranch = (parts: Part[] = [], join: Branch['join'] = 'all'): Branch => ({ id: newId(), join, not: false, parts })

function read(criteria: Criteria): Part {
  if ('all' in criteria) return newBranch(criteria.all.map(read))
  if ('any' in criteria) return newBranch(criteria.any.map(read), 'any')
  if (!('not' in criteria)) return newLeaf(criteria.field, criteria.op, criteria.value)
  const inner = read(criteria.not)
  return isBranch(inner) && !inner.not ? { ...inner, not: true } : { ...newBranch([inner]), not: true }
}

export function fromCriteria(criteria: Criteria | null | undefined): Branch {
  const part = criteria ? read(criteria) : newBranch()
  return isBranch(part) ? part : newBranch([part])
}

/** Without what is not complete yet; undefined where nothing is asked. */
export function toCriteria(part: Part): Criteria | undefined {
  if (!isBranch(part)) return isComplete(part) ? { field: part.field, op: part.op, ...(part.value === undefined ? {} : { value: part.value }) } : undefined
  const parts = part.parts.map(toCriteria).filter((one) => one !== undefined)
  if (parts.length === 0) return undefined
  const group: Criteria = part.join === 'all' ? { all: parts } : { any: parts }
  return part.not ? { not: group } : group
}

export const isWhole = (part: Part): boolean => (isBranch(part) ? part.parts.every(isWhole) : isComplete(part))

/** The tree with one part replaced by others, or by none. */
export function change(root: Branch, id: number, by: (part: Part) => Part[]): Branch {
  return { ...root, parts: root.parts.flatMap((part) => (part.id === id ? by(part) : isBranch(part) ? [change(part, id, by)] : [part])) }
}

export function put(root: Branch, into: number, part: Part): Branch {
  if (root.id === into) return { ...root, parts: [...root.parts, part] }
  return change(root, into, (found) => (isBranch(found) ? [{ ...found, parts: [...found.parts, part] }] : [found]))
}

export const replace = (root: Branch, next: Part): Branch => (root.id === next.id && isBranch(next) ? next : change(root, next.id, () => [next]))
export const remove = (root: Branch, id: number): Branch => change(root, id, () => [])

const copy = (part: Part): Part => (isBranch(part) ? { ...part, id: newId(), parts: part.parts.map(copy) } : { ...part, id: newId() })
export const duplicate = (root: Branch, id: number): Branch => change(root, id, (part) => [part, copy(part)])

const height = (part: Part): number => (isBranch(part) ? 1 + Math.max(0, ...part.parts.map(height)) : 0)

function parentOf(branch: Branch, id: number, depth = 1): { parent: Branch; at: number; depth: number } | undefined {
  const at = branch.parts.findIndex((part) => part.id === id)
  if (at >= 0) return { parent: branch, at, depth }
  return branch.parts.filter(isBranch).map((inner) => parentOf(inner, id, depth + 1)).find((found) => found !== undefined)
}

/** One step up or down as it reads on screen: past a neighbour, into a group beside it, or out of its own. */
export function move(root: Branch, id: number, step: -1 | 1): Branch {
  const found = parentOf(root, id)
  if (!found) return root
  const { parent, at, depth } = found
  const part = parent.parts[at]!
  const beside = parent.parts[at + step]
  if (!beside) {
    if (parent.id === root.id) return root
    return change(remove(root, id), parent.id, (group) => (step < 0 ? [part, group] : [group, part]))
  }
  const without = remove(root, id)
  if (isBranch(beside) && depth + 1 + height(part) <= DEEPEST) {
    const inside = (group: Branch): Branch => ({ ...group, parts: step < 0 ? [...group.parts, part] : [part, ...group.parts] })
    return change(without, beside.id, (group) => (isBranch(group) ? [inside(group)] : [group]))
  }
  return change(without, beside.id, (one) => (step < 0 ? [part, one] : [one, part]))
}

/** How many conditions there are. */
export const countLeaves = (part: Part): number => (isBranch(part) ? part.parts.reduce((sum, one) => sum + countLeaves(one), 0) : 1)

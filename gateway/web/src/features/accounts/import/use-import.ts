// The steps of an import: a file and how it is written, its columns, a trial, the import itself; and what was refused.
import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { csv, download } from '@/lib/csv'
import { t } from '@/lib/i18n'
import { membersQuery } from './api'
import { convert, isDayFirst, keyed, typeOfTarget, type ImportRow } from './convert'
import type { Shape } from './file-shape'
import { mapColumns, PREFIX, type Target } from './mapping'
import { readFile, shapeOf } from './read-file'
import { runImport, type Result } from './run-import'

export type Content = { name: string; shape: Shape; heads: string[]; rows: string[][] }
export type Step =
  | { at: 'file' }
  | { at: 'reading'; share: number }
  | { at: 'columns' }
  | { at: 'trying' | 'writing'; result?: Result }
  | { at: 'tried' | 'written'; result: Result }
  | { at: 'failed'; error: unknown; result?: Result }

const SAMPLE = 500

export function useImport(fields: FieldInfo[], onDone: () => void) {
  const { data: members } = useQuery(membersQuery)
  const [step, setStep] = useState<Step>({ at: 'file' })
  const [content, setContent] = useState<Content>()
  const [targets, setTargets] = useState<Target[]>([])
  const file = useRef<File>(undefined)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function read(shape?: Shape) {
    const given = file.current
    if (!given) return
    running.current?.abort()
    const control = (running.current = new AbortController())
    try {
      setStep({ at: 'reading', share: 0 })
      const found = shape ?? (await shapeOf(given))
      const all = await readFile(given, found, (share) => setStep({ at: 'reading', share }), control.signal)
      if (control.signal.aborted) return
      const width = Math.max(1, ...all.slice(0, SAMPLE).map((row) => row.length))
      const heads = found.hasHeader ? (all[0] ?? []).map((head) => head.trim()) : Array.from({ length: width }, (_, i) => t('load.column', { n: i + 1 }))
      setContent({ name: given.name, shape: found, heads, rows: found.hasHeader ? all.slice(1) : all })
      setTargets(found.hasHeader ? mapColumns(heads, fields) : heads.map(() => ''))
      setStep({ at: 'columns' })
    } catch (error) {
      setStep({ at: 'failed', error })
    }
  }

  const [named, hasId] = [targets.includes('name'), targets.includes('external_id')]
  const faults = { key: !named && !hasId, name: hasId && !named, id: named && !hasId }
  const lineNumber = (line: number) => line + (content?.shape.hasHeader ? 2 : 1)

  const rows = useMemo(() => {
    return (): ImportRow[] => {
      const emails = new Map((members ?? []).map((one) => [one.full_name.toLowerCase(), one.email]))
      const columns = targets.map((target, i) => ({ target, type: typeOfTarget(target, fields), dayFirst: isDayFirst((content?.rows ?? []).slice(0, SAMPLE).map((row) => row[i] ?? '')) }))
      return (content?.rows ?? []).map((cells) => keyed(convert(cells, columns, (name) => emails.get(name.toLowerCase())), targets))
    }
  }, [members, targets, fields, content])

  async function run(dryRun: boolean) {
    const control = (running.current = new AbortController())
    const at = dryRun ? 'trying' : 'writing'
    let last: Result | undefined
    try {
      setStep({ at })
      const known = new Set(fields.map((one) => one.field))
      const newFields = targets.some((target) => target.startsWith(PREFIX) && !known.has(target))
      const onProgress = (result: Result) => setStep({ at, result: (last = result) })
      const result = await runImport(rows(), { dryRun, newFields, lineNumber, onProgress, signal: control.signal })
      setStep({ at: dryRun ? 'tried' : 'written', result })
    } catch (error) {
      setStep({ at: 'failed', error, result: last })
    }
    if (!dryRun) onDone()
  }

  /** The lines that were refused as they were, with the reasons: to be mended and read again. */
  function saveRefused({ refused }: Result) {
    if (!content) return
    const reasons = new Map<number, string[]>()
    for (const { line, field, reason } of refused) reasons.set(line, [...(reasons.get(line) ?? []), `${field} ${reason}`])
    const lines = [...reasons.keys()].toSorted((a, b) => a - b)
    download(`refused-${content.name}`, csv([...content.heads, t('load.row'), t('bulk.reason')], lines.map((line) => [...content.heads.map((_, i) => content.rows[line]![i] ?? ''), lineNumber(line), reasons.get(line)!.join('; ')])))
  }

  return {
    step, content, targets, faults, lineNumber, saveRefused,
    open: (given: File) => {
      file.current = given
      void read()
    },
    reshape: (part: Partial<Shape>) => content && void read({ ...content.shape, ...part }),
    setTarget: (column: number, target: Target) => {
      setTargets((now) => now.map((one, i) => (i === column ? target : one === target && target !== '' ? '' : one)))
      setStep({ at: 'columns' })
    },
    back: () => setStep({ at: content ? 'columns' : 'file' }),
    again: () => {
      setContent(undefined)
      setStep({ at: 'file' })
    },
    tryOut: () => void run(true),
    write: () => void run(false),
    stop: () => running.current?.abort(),
  }
}

export type Import = ReturnType<typeof useImport>

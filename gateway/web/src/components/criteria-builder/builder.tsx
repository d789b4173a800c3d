// The editor of criteria: conditions and groups to tick, fill in, add, copy, move and remove, and what they say as a sentence.
// It knows no page: fields, names and counts come through its provider.
import { useRef, type KeyboardEvent } from 'react'
import { announce } from '@/lib/announce'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { useBuilder } from './context'
import { Group } from './group'
import { sentenceOf } from './sentence'
import { change, countLeaves, duplicate, move, put, remove, replace, toCriteria, type Branch, type Part } from './tree'

type Props = {
  value: Branch
  onChange: (value: Branch) => void
  /** whether what is missing is pointed out */
  checked?: boolean
  /** what it says stands elsewhere */
  quiet?: boolean
}

export function CriteriaBuilder({ value, onChange, checked = false, quiet }: Props) {
  const { vocabulary } = useBuilder()
  const place = useRef<HTMLDivElement>(null)
  // what was moved or added is drawn anew, and takes the focus along
  const focus = (id: number | undefined, wanted = '.crit-menu button') =>
    requestAnimationFrame(() => {
      const part = id === undefined ? null : place.current?.querySelector(`[data-part="${id}"]`)
      const target = part?.querySelector<HTMLElement>(wanted) ?? part?.querySelector<HTMLElement>('button, input, select') ?? place.current?.querySelector<HTMLElement>('button')
      target?.focus()
    })
  const actions = {
    move: (id: number, step: -1 | 1) => {
      onChange(move(value, id, step))
      announce(t(step < 0 ? 'crit.movedUp' : 'crit.movedDown'))
      focus(id)
    },
    duplicate: (id: number) => {
      onChange(duplicate(value, id))
      announce(t('crit.copied'))
      focus(id)
    },
    remove: (id: number) => {
      const next = remove(value, id)
      onChange(next)
      announce(t('crit.removed', { n: countLeaves(next) }))
      focus(undefined)
    },
  }
  const add = (into: number, part: Part) => {
    onChange(put(value, into, part))
    focus(part.id, '.crit-value input, .crit-value button')
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return
    const part = (event.target as HTMLElement).closest('[data-part]')
    if (!part) return
    event.preventDefault()
    actions.move(Number(part.getAttribute('data-part')), event.key === 'ArrowUp' ? -1 : 1)
  }
  const othersOf = (id: number): Criteria | undefined => (value.join === 'all' && !value.not ? toCriteria(change(value, id, () => [])) : undefined)
  const criteria = toCriteria(value)
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={place} onKeyDown={onKeyDown} className="grid gap-3">
      <Group branch={value} depth={1} checked={checked} othersOf={othersOf} onReplace={(part) => onChange(replace(value, part))} onAdd={add} actions={actions} />
      {!quiet && (
        <p className="rounded bg-accent p-2 wrap-anywhere">
          <bdi>{criteria ? t('crit.sentence', { what: sentenceOf(criteria, vocabulary) }) : t('crit.everything')}</bdi>
        </p>
      )}
    </div>
  )
}

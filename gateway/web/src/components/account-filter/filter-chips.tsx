// The conditions in use, one chip each: its value opens the editor, the cross drops it; the dashed one adds. What is more than a
// plain list of conditions opens the whole builder.
import { lazy, Suspense, useState } from 'react'
import { Plus, X } from 'lucide-react'
import { BuilderProvider, type BuilderContext } from '@/components/criteria-builder/context'
import { FieldList } from '@/components/criteria-builder/field-list'
import { firstOperator, isComplete } from '@/components/criteria-builder/field-types'
import { fieldName, valueWords } from '@/components/criteria-builder/names'
import { countLeaves, fromCriteria, isBranch, newBranch, newLeaf, remove, replace, toCriteria, type Branch, type Leaf } from '@/components/criteria-builder/tree'
import { Popover } from '@/components/ui/popover'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { ConditionForm } from './condition-form'

const FilterDialog = lazy(() => import('./filter-dialog').then((m) => ({ default: m.FilterDialog })))

type Props = { criteria: Criteria | undefined; builder: BuilderContext; onChange: (criteria: Criteria | undefined) => void }

export function FilterChips({ criteria, builder, onChange }: Props) {
  const [draft, setDraft] = useState<Leaf>()
  const [editing, setEditing] = useState(false)
  const root = rootOf(criteria)
  const set = (next: Branch) => onChange(toCriteria(next))
  return (
    <BuilderProvider value={builder}>
      {root.parts.map((part) =>
        isBranch(part) ? (
          <span key={part.id} className="chip">
            <button type="button" onClick={() => setEditing(true)}>
              {t('crit.groupChip', { n: countLeaves(part) })}
            </button>
            <Drop name={t('crit.groupChip', { n: countLeaves(part) })} onDrop={() => set(remove(root, part.id))} />
          </span>
        ) : (
          <ConditionChip key={part.id} leaf={part} root={root} builder={builder} onChange={set} />
        ),
      )}
      {draft && <ConditionChip key={draft.id} fresh leaf={draft} root={root} builder={builder} onChange={set} onClose={() => setDraft(undefined)} />}
      <Popover label={t('crit.fields')} className="w-72 p-2!" trigger={{ className: 'chip chip-add', children: (<><Plus aria-hidden />{t('accounts.addFilter')}</>) }}>
        {(close) => (
          <>
            <FieldList
              onPick={(info) => {
                close()
                setDraft(newLeaf(info.field, firstOperator(info)))
              }}
            />
            <button type="button" className="menu-item mt-1 border-t border-hairline hover:bg-accent" onClick={() => { close(); setEditing(true) }}>
              {t('accounts.builder')}
            </button>
          </>
        )}
      </Popover>
      {editing && (
        <Suspense>
          <FilterDialog criteria={criteria} builder={builder} onClose={() => setEditing(false)} onApply={(next) => { setEditing(false); onChange(next) }} />
        </Suspense>
      )}
    </BuilderProvider>
  )
}

/** A plain list of conditions; anything else is one group within it. */
function rootOf(criteria: Criteria | undefined): Branch {
  const root = fromCriteria(criteria)
  const isPlain = !root.not && (root.join === 'all' || root.parts.length < 2)
  return stable(isPlain ? root : newBranch([root]))
}

// the same conditions keep their places from one drawing to the next
function stable(root: Branch): Branch {
  return { ...root, id: 0, parts: root.parts.map((part, i) => ({ ...part, id: -1 - i })) }
}

type ChipProps = { leaf: Leaf; root: Branch; builder: BuilderContext; fresh?: boolean; onChange: (root: Branch) => void; onClose?: () => void }

function ConditionChip({ leaf, root, builder, fresh = false, onChange, onClose }: ChipProps) {
  const name = fieldName(leaf.field, builder.vocabulary.fields)
  const value = isComplete(leaf) ? valueWords(leaf, builder.vocabulary) : t('crit.choose')
  const others = toCriteria(fresh ? root : remove(root, leaf.id))
  return (
    <span className="chip">
      <span aria-hidden className="chip-name">
        <bdi>{name}</bdi>
      </span>
      <Popover label={name} opened={fresh} onClose={onClose} className="w-72 p-2!" trigger={{ className: 'max-w-60', label: `${name}: ${value}`, children: <bdi className="truncate">{value}</bdi> }}>
        {(close) => (
          <ConditionForm
            leaf={leaf}
            others={others}
            onApply={(next) => {
              onChange(fresh ? { ...root, parts: [...root.parts, next] } : replace(root, next))
              close()
            }}
          />
        )}
      </Popover>
      {!fresh && <Drop name={name} onDrop={() => onChange(remove(root, leaf.id))} />}
    </span>
  )
}

function Drop({ name, onDrop }: { name: string; onDrop: () => void }) {
  return (
    <button type="button" className="chip-x" onClick={onDrop} aria-label={t('exec.drop', { name })} title={t('exec.drop', { name })}>
      <X aria-hidden />
    </button>
  )
}

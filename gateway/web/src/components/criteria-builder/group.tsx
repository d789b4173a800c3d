// A group of conditions, all or any of which hold, and groups within it.
import { Plus } from 'lucide-react'
import { Button, buttonClass } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { ConditionRow, PartMenu, type PartActions } from './condition-row'
import { FieldList } from './field-list'
import { firstOperator } from './field-types'
import { DEEPEST, isBranch, newBranch, newLeaf, type Branch, type Part } from './tree'

type Props = {
  branch: Branch
  depth: number
  checked: boolean
  /** what must hold besides a part, for the counts of its values */
  othersOf: (id: number) => Criteria | undefined
  onReplace: (part: Part) => void
  onAdd: (into: number, part: Part) => void
  actions: PartActions
}

export function Group({ branch, depth, checked, othersOf, onReplace, onAdd, actions }: Props) {
  const name = t(branch.join === 'all' ? 'crit.all' : 'crit.any')
  return (
    <div role="group" aria-label={t('crit.group', { join: name })} data-part={depth > 1 ? branch.id : undefined} className={depth > 1 ? 'crit-group' : 'grid gap-2'}>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label={t('crit.join')} value={branch.join} options={[{ value: 'all', label: t('crit.all') }, { value: 'any', label: t('crit.any') }]} onChange={(join) => onReplace({ ...branch, join })} />
        <span className="quiet">{t('crit.hold')}</span>
        <label className="hit ms-2">
          <input type="checkbox" className="check" checked={branch.not} onChange={(event) => onReplace({ ...branch, not: event.target.checked })} />
          {t('crit.reverse')}
        </label>
        {depth > 1 && (
          <span className="ms-auto">
            <PartMenu id={branch.id} name={t('crit.group', { join: name })} actions={actions} />
          </span>
        )}
      </div>
      {branch.parts.map((part) =>
        isBranch(part) ? (
          <Group key={part.id} branch={part} depth={depth + 1} checked={checked} othersOf={othersOf} onReplace={onReplace} onAdd={onAdd} actions={actions} />
        ) : (
          <ConditionRow key={part.id} leaf={part} others={othersOf(part.id)} checked={checked} onChange={onReplace} actions={actions} />
        ),
      )}
      {branch.parts.length === 0 && <p className="quiet">{t(depth > 1 ? 'crit.emptyGroup' : 'crit.empty')}</p>}
      <div className="flex flex-wrap gap-1">
        <Popover label={t('crit.fields')} className="w-72 p-2!" trigger={{ className: buttonClass('ghost'), children: (<><Plus aria-hidden />{t('crit.addCondition')}</>) }}>
          {(close) => (
            <FieldList
              onPick={(info) => {
                close()
                onAdd(branch.id, newLeaf(info.field, firstOperator(info)))
              }}
            />
          )}
        </Popover>
        {depth < DEEPEST && (
          <Button look="ghost" onClick={() => onAdd(branch.id, newBranch([], branch.join === 'all' ? 'any' : 'all'))}>
            <Plus aria-hidden />
            {t('crit.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

// The name of an account in the tree with what folds it, and the health of those below it.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { LevelShape } from '@/components/health'
import { IconButton } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Band } from '@/lib/levels'
import type { Account, Family } from '../api'
import { PeekButton, type RowActions } from '../row'
import { useLevelOf } from './level-of'

const STEP = 20

type NameProps = { account: Account; depth: number; family: Family | undefined; folded: boolean; isContext: boolean; actions: RowActions; onFold: (id: string) => void }

export function TreeName({ account, depth, family, folded, isContext, actions, onFold }: NameProps) {
  const Icon = folded ? ChevronRight : ChevronDown
  return (
    <span className="flex min-w-0 items-center gap-1" style={{ paddingInlineStart: depth * STEP }}>
      {family ? (
        <IconButton small label={t(folded ? 'tree.unfold' : 'tree.fold', { name: account.name })} onClick={() => onFold(account.id)}>
          <Icon aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
      ) : (
        <span className="w-6 shrink-0" />
      )}
      <AccountLink id={account.id} nameOf title={account.name} className={cn('flex min-h-6 min-w-0 items-center hover:text-link', family ? 'font-semibold' : 'name')}>
        <bdi className="cut">{account.name}</bdi>
      </AccountLink>
      {family && (
        <span className="quiet num" title={t('tree.below', { n: family.descendants })}>
          {count(family.descendants + 1)}
        </span>
      )}
      {isContext && <span className="sr-only">, {t('tree.context')}</span>}
      <PeekButton row={account} onPeek={actions.peek} />
    </span>
  )
}

export function FamilyHealth({ family: { family_score: score, family_worst_score: worst } }: { family: Family }) {
  const levelOf = useLevelOf()
  if (score === null) return <span className="quiet">{t('health.none')}</span>
  const band: Band = levelOf(score)
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <LevelShape band={band} />
      <b className="num font-semibold">{count(score)}</b>
      <span className="sr-only">{t(`health.${band}`)}</span>
      {worst !== null && worst < score && <span className="quiet">{t('tree.worst', { n: worst })}</span>}
    </span>
  )
}

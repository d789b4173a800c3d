// The whole filter as a tree, with how many accounts it finds before it is applied.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { CriteriaBuilder } from '@/components/criteria-builder/builder'
import { BuilderProvider, type BuilderContext } from '@/components/criteria-builder/context'
import { fromCriteria, isWhole, toCriteria } from '@/components/criteria-builder/tree'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Criteria } from '@/lib/criteria'
import { money } from '@/lib/format'
import { useSettled } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { matchesQuery } from './matches-api'

const PAUSE_MS = 400

type Props = { criteria: Criteria | undefined; builder: BuilderContext; onClose: () => void; onApply: (criteria: Criteria | undefined) => void }

export function FilterDialog({ criteria, builder, onClose, onApply }: Props) {
  const [tree, setTree] = useState(() => fromCriteria(criteria))
  const [checked, setChecked] = useState(false)
  const apply = () => (isWhole(tree) ? onApply(toCriteria(tree)) : setChecked(true))
  return (
    <Dialog
      title={t('accounts.builder')}
      wide="more"
      onClose={onClose}
      footer={
        <>
          <Matches criteria={toCriteria(tree)} currency={builder.vocabulary.currency} />
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={apply}>{t('accounts.applyFilter')}</Button>
        </>
      }
    >
      <BuilderProvider value={builder}>
        <CriteriaBuilder value={tree} onChange={setTree} checked={checked} />
      </BuilderProvider>
    </Dialog>
  )
}

function Matches({ criteria, currency }: { criteria: Criteria | undefined; currency: string }) {
  const { value: asked, isSettled } = useSettled(criteria, PAUSE_MS)
  const { data, error } = useQuery(matchesQuery(asked))
  return (
    <p role="status" className="num me-auto self-center">
      {error ? <span className="bad">{message(error)}</span> : data && isSettled ? t('accounts.matches', { n: data.accounts, money: money(data.arr, currency) }) : <span className="quiet">{t('accounts.counting')}</span>}
    </p>
  )
}

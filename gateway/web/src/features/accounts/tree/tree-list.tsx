// The list as families: folded and unfolded in place, each family's totals beside the account's own figures, or in their place.
import { useMemo, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { ACCOUNTS, accountsById, familiesQuery } from '../api'
import type { ListProps } from '../table'
import type { Figures } from './parts'
import { missing, treeRows } from './rows'
import { TreeCards } from './tree-cards'
import { TreeTable } from './tree-table'

const MOST_ABOVE = 1_000

type Props = ListProps & { narrow: boolean; filtered: boolean }

export function TreeList({ rows, found, context, open, actions, onMore, narrow, filtered }: Props) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [figures, setFigures] = useState<Figures>('both')
  const { data: families } = useQuery(familiesQuery)
  const wanted = useMemo(() => (filtered ? missing(rows).slice(0, MOST_ABOVE) : []), [rows, filtered])
  const { data: others } = useQuery({
    queryKey: [...ACCOUNTS, 'above', wanted],
    queryFn: ({ signal }) => accountsById(wanted, signal),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  })
  const shown = useMemo(() => treeRows(rows, others?.rows ?? [], folded), [rows, others, folded])
  const fold = (id: string) =>
    setFolded((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const parts = { rows: shown, families, folded, figures, context, open, actions, onFold: fold, hasMore: rows.length < found, onMore }
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label={t('tree.figures')} value={figures} options={(['both', 'own', 'family'] as const).map((value) => ({ value, label: t(`tree.${value}`) }))} onChange={setFigures} />
        <button type="button" className="btn btn-ghost" onClick={() => setFolded(folded.size > 0 ? new Set() : new Set(families?.keys()))}>
          {t(folded.size > 0 ? 'tree.unfoldAll' : 'tree.foldAll')}
        </button>
      </div>
      {narrow ? <TreeCards {...parts} /> : <TreeTable {...parts} />}
    </>
  )
}

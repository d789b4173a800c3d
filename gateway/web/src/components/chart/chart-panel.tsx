// A chart in its panel: the drawing, a sentence for those who do not see it, and the table behind it, as a file too.
import { useState, type ReactNode } from 'react'
import { Ellipsis } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { Panel } from '@/components/ui/panel'
import { csv, download, type Cell } from '@/lib/csv'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { DataTable, type TableData } from './data-table'

type Props = {
  /** its address within the page, and the name of its file */
  id: string
  title: string
  sub?: ReactNode
  /** what the drawing says, in one sentence */
  sentence?: string
  data?: TableData
  ends?: ReactNode
  footer?: ReactNode
  className?: string
  children: ReactNode
}

export function ChartPanel({ id, title, sub, sentence, data, ends, footer, className, children }: Props) {
  const [shown, setShown] = useState(false)
  const menu = data && <ChartMenu id={id} title={title} data={data} shown={shown} onShow={setShown} />
  return (
    <Panel id={id} title={title} sub={sub} footer={footer} className={className} ends={(ends || menu) && <>{ends}{menu}</>}>
      {sentence ? (
        <figure className="pad m-0">
          <div aria-hidden>{children}</div>
          <figcaption className="sr-only">{sentence}</figcaption>
        </figure>
      ) : (
        children
      )}
      {shown && data && <DataTable title={title} data={data} />}
    </Panel>
  )
}

type MenuProps = { id: string; title: string; data: TableData; shown: boolean; onShow: (shown: boolean) => void }

function ChartMenu({ id, title, data, shown, onShow }: MenuProps) {
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${location.search}#${id}`)
    toast(t('chart.copied'))
  }
  const file = () => download(`${id}-${new Date().toISOString().slice(0, 10)}.csv`, csv(data.head.map((column) => column.label), data.rows as Cell[][]))
  return (
    <Menu
      trigger={{ className: buttonClass('ghost', 'icon'), label: t('chart.more', { title }), title: t('chart.more', { title }), children: <Ellipsis aria-hidden /> }}
      entries={[
        { label: t(shown ? 'chart.hide' : 'chart.show'), onSelect: () => onShow(!shown) },
        { label: t('chart.csv'), onSelect: file },
        { label: t('chart.link'), onSelect: () => void copy() },
      ]}
    />
  )
}

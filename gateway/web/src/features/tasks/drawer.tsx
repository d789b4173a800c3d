// My tasks: overdue first, then what comes; ticked off with a way back.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, State } from '@/components/states'
import { Drawer } from '@/components/ui/drawer'
import { Skeleton } from '@/components/ui/skeleton'
import { dayShort, inDays } from '@/lib/format'
import { useDelayed, useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { tasksQuery, type Task } from './api'
import { tick, ticked } from './done'

type Props = { timeZone: string; mayComplete: boolean; onClose: () => void; onOpen: (account: string) => void }

export function TasksDrawer({ timeZone, mayComplete, onClose, onOpen }: Props) {
  const client = useQueryClient()
  const tasks = useQuery(tasksQuery)
  const gone = ticked.use()
  const late = useDelayed(tasks.isPending, 150)
  const open = tasks.data?.filter(({ id }) => !gone.has(id)) ?? []
  const groups = [
    { key: 'overdue', tasks: open.filter((one) => one.is_overdue) },
    { key: 'next', tasks: open.filter((one) => !one.is_overdue) },
  ] as const
  return (
    <Drawer label={t('tasks.title')} head={<h2 className="title">{t('tasks.title')}</h2>} onClose={onClose}>
      {late && <Skeleton className="h-24" />}
      {tasks.error && <ErrorState error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data && open.length === 0 && <State title={t('tasks.emptyTitle')}>{t('tasks.empty')}</State>}
      {groups.map(
        (group) =>
          group.tasks.length > 0 && (
            <section key={group.key} aria-labelledby={`tasks-${group.key}`}>
              <h3 id={`tasks-${group.key}`} className="quiet mb-1 text-xs leading-4 font-medium">
                {t(`tasks.${group.key}`)}
              </h3>
              <ul>
                {group.tasks.map((one) => (
                  <TaskRow key={one.id} task={one} timeZone={timeZone} onTick={mayComplete ? () => tick(client, one) : undefined} onOpen={() => onOpen(one.account_id)} />
                ))}
              </ul>
            </section>
          ),
      )}
    </Drawer>
  )
}

type RowProps = { task: Task; timeZone: string; onTick?: () => void; onOpen: () => void }

function TaskRow({ task, timeZone, onTick, onOpen }: RowProps) {
  const now = useNow(60_000)
  const days = Math.round((Date.parse(task.due_at) - now) / 86_400_000)
  const when = Math.abs(days) <= 7 ? inDays(days) : dayShort(task.due_at, timeZone)
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2 border-hairline py-2.5 not-first:border-t">
      {onTick && <input type="checkbox" className="check mt-0.5" aria-label={t('tasks.tick', { task: task.body })} onChange={onTick} />}
      <div className="col-start-2 min-w-0">
        <p className="small wrap-anywhere">{task.body}</p>
        <p className="small flex flex-wrap gap-x-2">
          <button type="button" onClick={onOpen} className="to quiet min-h-6 max-w-full truncate text-start">
            <bdi>{task.account_name}</bdi>
          </button>
          <span className={task.is_overdue ? 'bad self-center' : 'quiet self-center'} title={new Date(task.due_at).toLocaleString()}>
            {when}
          </span>
        </p>
      </div>
    </li>
  )
}

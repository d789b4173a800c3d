// Tasks ticked off: hidden at once, written when the time for Undo is over, at the latest when the tab is closed.
import type { QueryClient } from '@tanstack/react-query'
import { t } from '@/lib/i18n'
import { createStore } from '@/lib/store'
import { fail, toast } from '@/lib/toasts'
import { completeTask, TASKS, type Task } from './api'

export const ticked = createStore<ReadonlySet<string>>(new Set())

function without(id: string) {
  const rest = new Set(ticked.get())
  rest.delete(id)
  ticked.set(rest)
}

export function tick(client: QueryClient, task: Task) {
  ticked.set(new Set([...ticked.get(), task.id]))
  let open = true
  const write = async () => {
    if (!open) return
    open = false
    removeEventListener('pagehide', write)
    try {
      await completeTask(task.id)
      await client.invalidateQueries({ queryKey: TASKS })
    } catch (error) {
      fail(t('tasks.failed', { task: task.body, message: error instanceof Error ? error.message : '' }))
    }
    without(task.id)
  }
  const undo = () => {
    open = false
    removeEventListener('pagehide', write)
    without(task.id)
  }
  addEventListener('pagehide', write)
  toast(t('tasks.done', { task: task.body }), { action: { label: t('undo'), run: undo }, onGone: () => void write() })
}

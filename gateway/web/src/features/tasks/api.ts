// A person's open tasks, and their end.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

const task = z.object({
  id: z.string(),
  account_id: z.string(),
  account_name: z.string(),
  body: z.string(),
  due_at: z.string(),
  is_overdue: z.boolean(),
  assigned_to: z.nullable(z.string()),
})
export type Task = z.infer<typeof task>

export const TASKS = ['tasks'] as const
export const TASK_TOPICS = ['activities', 'accounts']

export const tasksQuery = queryOptions({
  queryKey: TASKS,
  queryFn: ({ signal }) => get('/rest/v1/my_tasks?order=due_at,id&limit=200', z.array(task), signal),
  staleTime: 30_000,
})

/** Sent even while the tab is being closed. */
export const completeTask = (id: string) => post('/rest/v1/rpc/complete_task', { activity_id: id }, z.unknown(), { keepalive: true })

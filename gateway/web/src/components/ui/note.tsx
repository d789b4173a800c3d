// A tinted remark with a mark: information, a warning, a failure, good news.
import type { ComponentProps } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { cn } from '@/lib/cn'

const tones = {
  info: ['', Info],
  warn: ['note-warn', TriangleAlert],
  bad: ['note-bad', CircleAlert],
  good: ['note-good', CircleCheck],
} as const

export function Note({ tone = 'info', className, children, ...rest }: ComponentProps<'div'> & { tone?: keyof typeof tones }) {
  const [look, Icon] = tones[tone]
  return (
    <div className={cn('note', look, className)} {...rest}>
      <Icon aria-hidden />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

// The product's logo and name.
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'

export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn('size-7 shrink-0', className)}>
      <rect width="32" height="32" rx="8" fill="#3f4fb8" />
      <g fill="none" strokeWidth="4" strokeLinecap="round">
        <path d="M23.4 21.6A9.3 9.3 0 1 1 22.6 9.4" stroke="#fff" />
        <path d="M24.9 13.4a9.3 9.3 0 0 1 .3 4.2" stroke="#7fe0a8" />
      </g>
      <circle cx="16" cy="16" r="2.6" fill="#fff" />
    </svg>
  )
}

export function Brand({ className }: { className?: string }) {
  return (
    <div className={cn('flex items-center gap-2.5 font-semibold tracking-tight', className)}>
      <BrandMark />
      <span className="truncate">{t('app.name')}</span>
    </div>
  )
}

// Under the palette's list: that nothing was found, or that the search failed, and what to do then; how many, for readers.
import { t } from '@/lib/i18n'

type FooterProps = { count: number; typed: string; failed: boolean; isSearching: boolean; onRetry: () => void; onAll: () => void }

export function Footer({ count, typed, failed, isSearching, onRetry, onAll }: FooterProps) {
  const empty = count === 0 && !isSearching
  return (
    <div className={empty || failed ? 'small quiet px-4 py-2.5' : undefined}>
      {failed && (
        <p role="alert" className="flex gap-2">
          {t('palette.failed')}
          <button type="button" className="link" onClick={onRetry}>
            {t('error.retry')}
          </button>
        </p>
      )}
      {/* outside the list, which may hold nothing but options; it also says how many there are */}
      <p role="status" className={empty ? undefined : 'sr-only'}>
        {empty ? t('palette.none', { query: typed }) : isSearching ? '' : t('palette.count', { n: count })}
      </p>
      {empty && typed && (
        <button type="button" className="link mt-1 min-h-6" onClick={onAll}>
          {t('palette.all', { query: typed })}
        </button>
      )}
    </div>
  )
}

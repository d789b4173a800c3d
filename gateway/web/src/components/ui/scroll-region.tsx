// What scrolls by itself: named, and reachable by keyboard, so that the arrow keys scroll it.
import type { ComponentProps } from 'react'
import { t } from '@/lib/i18n'

export function ScrollRegion({ label, ...rest }: ComponentProps<'section'> & { label: string }) {
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <section aria-label={t('scrollable', { title: label })} tabIndex={0} {...rest} />
}

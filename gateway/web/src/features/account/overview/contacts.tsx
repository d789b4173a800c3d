// The people at the customer, the one to call first on top.
import { lazy, Suspense, useState } from 'react'
import { Pencil, Plus } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import type { Contact } from '../api'
import { useShown } from '../shown'
import { RailSection } from './rail-section'

const ContactDialog = lazy(() => import('./contact-dialog').then((m) => ({ default: m.ContactDialog })))

export function Contacts() {
  const { page, may } = useShown()
  const [open, setOpen] = useState<Contact | 'new'>()
  const mayEdit = may('account.edit')
  return (
    <RailSection
      title={t('ppl.title')}
      ends={
        mayEdit && (
          <IconButton label={t('ppl.add')} onClick={() => setOpen('new')}>
            <Plus aria-hidden />
          </IconButton>
        )
      }
    >
      {page.contacts.length === 0 && <p className="quiet small">{t('ppl.none')}</p>}
      <ul>
        {page.contacts.map((one) => (
          <li key={one.id} className="small flex items-start gap-2 py-1.75">
            <div className="min-w-0 flex-1">
              <p className="wrap-anywhere">
                <bdi className="font-semibold">{one.full_name}</bdi>
                {(one.title || one.is_primary) && <bdi className="quiet"> {[one.title, one.is_primary && t('ppl.primary')].filter(Boolean).join(', ')}</bdi>}
              </p>
              {one.email && (
                <a href={`mailto:${one.email}`} className="link hit-more wrap-anywhere">
                  {one.email}
                </a>
              )}
              {one.phone && <p className="quiet num">{one.phone}</p>}
            </div>
            {mayEdit && (
              <IconButton label={t('ppl.edit', { name: one.full_name })} small onClick={() => setOpen(one)}>
                <Pencil aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <Suspense>
          <ContactDialog contact={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </RailSection>
  )
}

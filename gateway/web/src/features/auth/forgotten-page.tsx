// A password that was forgotten: what helps, since nothing here sends mail.
import { Link } from '@tanstack/react-router'
import { buttonClass } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { Frame } from './frame'

export function ForgottenPage() {
  return (
    <Frame title={t('forgotten.title')}>
      <p>{t('forgotten.text')}</p>
      <p className="quiet">{t('forgotten.signedIn')}</p>
      <Link to="/login" search={{}} className={buttonClass('outline', 'lg')}>
        {t('forgotten.back')}
      </Link>
    </Frame>
  )
}

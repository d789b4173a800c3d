// A link that is shown only once, to be copied.
import { CopyButton } from '@/components/states'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'

export function OnceLink({ link, label }: { link: string; label: string }) {
  return (
    <div className="flex items-center gap-2">
      <ScrollRegion className="code min-w-0 flex-1" label={label}>
        {link}
      </ScrollRegion>
      <CopyButton text={link} label={t('copy')} />
    </div>
  )
}

// Password input that can be shown, and that says when Caps Lock is on.
import { useId, useState, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react'
import { Eye, EyeOff } from 'lucide-react'
import { t } from '@/lib/i18n'
import { Field } from './field'

type Props = Omit<ComponentProps<'input'>, 'type'> & { label: string; error?: string; hint?: ReactNode; end?: ReactNode }

export function PasswordField({ label, error, hint, end, ...rest }: Props) {
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const capsId = useId()
  const watch = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <Field label={label} error={error} hint={hint} end={end}>
      {(described) => (
        <>
          <div className="relative">
            <input
              {...rest}
              {...described}
              type={shown ? 'text' : 'password'}
              aria-describedby={[described['aria-describedby'], caps && capsId].filter(Boolean).join(' ') || undefined}
              onKeyDown={watch}
              onKeyUp={watch}
              onBlur={() => setCaps(false)}
              spellCheck={false}
              autoCapitalize="none"
              className="field-box field-lg pe-11"
            />
            <button
              type="button"
              onClick={() => setShown(!shown)}
              aria-pressed={shown}
              aria-label={t('login.show')}
              title={shown ? t('login.hide') : t('login.show')}
              className="absolute inset-y-1 end-1 grid w-9 place-items-center rounded text-muted-foreground hover:bg-accent hover:text-foreground"
            >
              {shown ? <EyeOff aria-hidden className="size-4" strokeWidth={1.5} /> : <Eye aria-hidden className="size-4" strokeWidth={1.5} />}
            </button>
          </div>
          <p id={capsId} role="status" className={caps ? 'small warn mt-1.5' : 'sr-only'}>
            {caps && t('login.capsLock')}
          </p>
        </>
      )}
    </Field>
  )
}

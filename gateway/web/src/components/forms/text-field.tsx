// A plain text input with its label and error.
import type { ComponentProps } from 'react'
import { Field } from '@/components/ui/field'

type Props = ComponentProps<'input'> & { label: string; error?: string; hint?: string }

export function TextField({ label, error, hint, ...rest }: Props) {
  return (
    <Field label={label} error={error} hint={hint}>
      {(described) => <input type="text" required maxLength={200} {...rest} {...described} className="field-box field-lg" />}
    </Field>
  )
}

// The four parts of a score, in the reader's language.
import { t } from './i18n'

export const COMPONENTS = ['usage', 'engagement', 'support', 'adoption'] as const
export type Component = (typeof COMPONENTS)[number]

export const componentName = (key: string) => (COMPONENTS.includes(key as Component) ? t(`part.${key as Component}`) : key)

// What each part of the model's editor takes.
import type { Model } from './model'

export type EditProps = { model: Model; base: Model; /** the number of the version in force */ version: number; onChange: (part: Partial<Model>) => void }

// The sections of administration, in order, and who reads them: some are for Tenant Admins alone.
export const SECTIONS = ['stages', 'milestones', 'health', 'fields', 'people', 'tokens', 'receivers', 'settings', 'feeds', 'audit'] as const
export type Section = (typeof SECTIONS)[number]

export const isSection = (name: string): name is Section => SECTIONS.includes(name as Section)

/** The right without which a section shows nothing. */
export const needs: Partial<Record<Section, string>> = { tokens: 'people.edit', audit: 'audit.read' }

/** The right to change what a section shows. */
export const edits: Record<Section, string> = {
  stages: 'stage.edit',
  milestones: 'stage.edit',
  health: 'health.edit',
  fields: 'field.edit',
  people: 'people.edit',
  tokens: 'people.edit',
  receivers: 'tenant.edit',
  settings: 'tenant.edit',
  feeds: 'health.edit',
  audit: 'audit.read',
}

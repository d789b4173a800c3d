// What the address of the list of accounts is for a saved view: the view's name in it, and all that the view holds.
import type { Criteria } from './criteria'

export type ViewSettings = { sort?: string; cols?: string; layout?: 'tree' }
export type ViewSearch = ViewSettings & { view: string; criteria?: Criteria; q?: undefined; level?: undefined }

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export function viewSettings(settings: Record<string, unknown>): ViewSettings {
  return { sort: text(settings.sort), cols: text(settings.cols), layout: settings.layout === 'tree' ? 'tree' : undefined }
}

export const viewSearch = (view: { id: string; criteria: Criteria | null; settings: Record<string, unknown> }): ViewSearch => ({
  view: view.id, criteria: view.criteria ?? undefined, ...viewSettings(view.settings), q: undefined, level: undefined,
})

// The colours a stage can have, and how well each stands out. Pure.
/** Each stands out from the ground of a card, light and dark, at 3 to 1 or more. */
export const SWATCHES = ['#6366f1', '#3b82f6', '#0284c7', '#0891b2', '#0d9488', '#16a34a', '#65a30d', '#d97706', '#ea580c', '#dc2626', '#c026d3', '#64748b'] as const

export const ENOUGH = 3
/** The ground of a card. */
const GROUND = { light: '#ffffff', dark: '#15171d' }

export const isHex = (text: string) => /^#[0-9a-f]{6}$/i.test(text)

export function luminance(hex: string) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const ratio = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

/** How much a colour stands out from the cards of both themes. */
export const contrast = (hex: string) => ({ light: ratio(luminance(hex), luminance(GROUND.light)), dark: ratio(luminance(hex), luminance(GROUND.dark)) })

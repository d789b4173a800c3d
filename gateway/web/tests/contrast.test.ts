// Holds the contrast of every pair of tokens that meet on screen, light and dark (WCAG 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs'

const css = readFileSync('src/styles/tokens.css', 'utf8')
const block = (selector: string) => new RegExp(`${selector} \\{([^}]*)\\}`).exec(css)![1]!
const tokens = (selector: string) =>
  Object.fromEntries([...block(selector).matchAll(/--([\w-]+): oklch\(([^)]+)\)/g)].map((m) => [m[1]!, m[2]!.split(' ').map(Number)]))

function luminance([l = 0, c = 0, h = 0]: number[]) {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (x: number) => Math.min(1, Math.max(0, x))
  const red = clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S)
  const green = clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S)
  const blue = clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: number[], two: number[]) {
  const [dark, light] = [luminance(one), luminance(two)].toSorted((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['background', 'card', 'popover', 'sidebar', 'muted', 'accent', 'raised', 'primary-bg']
const text: [string, string][] = [
  ...grounds.flatMap((g): [string, string][] => [['foreground', g], ['muted-foreground', g]]),
  ['primary-foreground', 'primary'],
  ['primary-foreground', 'primary-hover'],
  ...grounds.map((g): [string, string] => ['link', g]),
  ...['healthy', 'at-risk', 'critical'].flatMap((level): [string, string][] => [
    [`${level}-fg`, `${level}-bg`],
    [`${level}-fg`, 'card'],
    [`${level}-fg`, 'accent'],
    [`${level}-fg`, 'background'],
    [`${level}-fg`, 'popover'],
    ['foreground', `${level}-bg`],
  ]),
]
const graphics: [string, string][] = ['healthy', 'at-risk', 'critical', 'no-data', 'bar', 'input', 'ring'].map((t) => [t, 'card'])

for (const [theme, selector] of [['light', ':root'], ['dark', '\\.dark']] as const) {
  const of = tokens(selector)
  test.each(text)(`${theme}: text %s on %s`, (fg, bg) => {
    expect(ratio(of[fg]!, of[bg]!)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(graphics)(`${theme}: graphic %s on %s`, (fg, bg) => {
    expect(ratio(of[fg]!, of[bg]!)).toBeGreaterThanOrEqual(3)
  })
}

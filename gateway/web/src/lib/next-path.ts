// Decides whether `next=` may be followed after sign-in: a path of this origin, never another site.
export const HOME = '/dashboard/executive'

export function safeNext(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined
  // browsers read a backslash as a slash and drop tabs and newlines, so `/\evil` and `/\t/evil` are `//evil`
  // eslint-disable-next-line no-control-regex
  if (/^\/[/\\]/.test(value) || /[\u0000-\u001f\\]/.test(value)) return undefined
  const url = new URL(value, location.origin)
  // resolving `..` can bring a second slash to the front
  if (url.origin !== location.origin || url.pathname.startsWith('//') || /^\/(login|signup|tenant)(\/|$)/.test(url.pathname)) return undefined
  return url.pathname + url.search + url.hash
}

// How strong a new password is, in words. Length is what counts; no rule asks for signs or digits.
export const SHORTEST = 8
const RECOMMENDED = 15
/** the server's hash reads no more */
const MOST_BYTES = 71

export type Strength = 'short' | 'weak' | 'fair' | 'strong' | 'long'

export function strength(password: string): Strength {
  if (new TextEncoder().encode(password).length > MOST_BYTES) return 'long'
  if ([...password].length < SHORTEST) return 'short'
  const different = new Set(password.toLowerCase()).size
  if (different < 5) return 'weak'
  return [...password].length < RECOMMENDED ? 'fair' : 'strong'
}

export const isUsable = (password: string) => !['short', 'long'].includes(strength(password))

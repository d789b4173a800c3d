// What a spreadsheet could take for a formula: an apostrophe in front makes it text. The gateway writes its files by the same rule.
const INVISIBLE = String.raw`\s\p{Cc}\p{Cf}`
const SIGNS = String.raw`=+\-@＝＋－＠﹦﹢﹣﹫`
const behind = new RegExp(`^['${INVISIBLE}]*[${SIGNS}]`, 'u')
const broken = /^'*[\t\r\n]/
const isNumber = (text: string) => /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)
const isPhone = (text: string) => /^\+\d+( \d+)*$/.test(text)

export const needsGuard = (text: string) => broken.test(text) || (behind.test(text) && !isNumber(text) && !isPhone(text))

export const guarded = (text: string) => (needsGuard(text) ? `'${text}` : text)

/** What was there before it was guarded. */
export const unguarded = (text: string) => (text.startsWith("'") && needsGuard(text.slice(1)) ? text.slice(1) : text)

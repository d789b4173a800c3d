// Holds that the guides and their pictures go together: none is missing, none is left over, none is heavy.
import { readdirSync, readFileSync, statSync } from 'node:fs'

const MOST_BYTES = 120_000
const guides = readdirSync('docs').filter((file) => file.endsWith('.md'))
const named = new Set(guides.flatMap((file) => [...readFileSync(`docs/${file}`, 'utf8').matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g)].map((match) => match[1]!)))
const kept = readdirSync('docs/pictures')

test('each picture that is named is there, and each that is there is named', () => {
  expect(named.size).toBeGreaterThan(0)
  expect(kept.toSorted()).toEqual([...named].toSorted())
})

test.each(kept)('%s is light', (file) => expect(statSync(`docs/pictures/${file}`).size).toBeLessThan(MOST_BYTES))

test('each picture of a guide has words for those who do not see it', () => {
  for (const file of guides) expect(readFileSync(`docs/${file}`, 'utf8')).not.toMatch(/!\[\s*\]/)
})

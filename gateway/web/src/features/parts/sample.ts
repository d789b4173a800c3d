// Names and numbers of the parts page: hard cases, in no language of the dictionary because they are data.
export const LONG = 'International Federation of Independent Regional Agricultural Machinery Cooperatives and Harvest Equipment Leasing Associations of the Upper Danube and Northern Adriatic Basin, Joint Procurement Body'

export const people = ['Daniel Osei', 'Bob Builder', 'Yuki Tanaka'] as const

export const rows = [
  { name: LONG, score: 76, level: 'At Risk', change: 1, arr: 33_000, end: '2027-10-18' },
  { name: 'Kestrel Insurance Group', score: 83, level: 'Healthy', change: 1, arr: 1_240_000, end: '2027-02-09' },
  { name: 'Eastgate Museums', score: 67, level: 'At Risk', change: 0, arr: 0, end: '2027-11-23', selected: true },
  { name: 'Gullane Distillers', score: null, level: null, change: null, arr: null, end: null, selected: true, open: true },
  { name: 'Cirrus Weather Data', score: 93, level: 'Healthy', change: null, arr: 52_000, end: '2027-11-18', confidence: 'low' },
  { name: 'شركة النور للتقنية', score: 82, level: 'Healthy', change: 2, arr: 76_000, end: '2027-06-09' },
  { name: 'גליל מערכות', score: 62, level: 'At Risk', change: -2, arr: 54_000, end: '2027-05-17' },
] as const

const week = 7 * 86_400_000
const start = Date.UTC(2026, 8, 7)
export const trend = [62, 61, 63, 60, 59, 61, 58, 57, 60, 62, 59, 58, 57].map((healthy, i) => ({ at: start + i * week, healthy, at_risk: 92 - healthy - i, critical: 4 + i, no_data: 4 }))
export const mark = start + 6 * week

export const bubbles = Array.from({ length: 24 }, (_, i) => {
  const y = (i * 37) % 96
  return { id: String(i), x: (i * 53) % 360, y, size: 20_000 + ((i * 7919) % 400_000), band: y >= 80 ? ('Healthy' as const) : y >= 40 ? ('At Risk' as const) : ('Critical' as const), hollow: i === 7, name: i === 3 ? 'TechStart' : undefined }
})
export const weeks = [1, 0, 3, 1, 0, 1, 1, 3, 1, 1, 0, 3]
export const line = [48, 52, 50, 55, 61, 58, 62, 66, 64, 70, 69, 73]
export const score = Array.from({ length: 40 }, (_, i) => ({ at: start + (i - 27) * week, value: Math.round(78 + 6 * Math.sin(i / 4) - Math.max(0, i - 18) * 1.9) }))

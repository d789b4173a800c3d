// Criteria as one sentence, in the reader's language.
import type { Condition, Criteria } from '@/lib/criteria'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { arityOf, valueKind } from './field-types'
import { fieldName, operatorName, valueName, valueWords, type Vocabulary } from './names'

/** "ARR is at least $50,000 and (Stage is Renewal or Status is Paused)" */
export function sentenceOf(criteria: Criteria, vocabulary: Vocabulary, inner = false): string {
  if ('not' in criteria) return t('crit.not', { inner: sentenceOf(criteria.not, vocabulary, true) })
  if ('field' in criteria) return conditionWords(criteria, vocabulary)
  const [parts, type] = 'all' in criteria ? [criteria.all, 'conjunction' as const] : [criteria.any, 'disjunction' as const]
  const text = listed(parts.map((part) => sentenceOf(part, vocabulary, true)), type)
  return inner && parts.length > 1 ? `(${text})` : text
}

function conditionWords({ field, op, value }: Condition, vocabulary: Vocabulary) {
  const info = vocabulary.fields.get(field)
  const kind = valueKind(info ?? { field, type: 'any' })
  const name = fieldName(field, vocabulary.fields)
  if (kind === 'account') return `${name} ${valueWords({ field, op, value }, vocabulary)}`
  const one = (given: unknown) => valueName(field, given, vocabulary)
  const arity = arityOf(op)
  if (arity === 'none') return `${name} ${operatorName(op, kind)}`
  if (arity === 'two' && Array.isArray(value)) return t('crit.between', { name, from: one(value[0]), to: one(value[1]) })
  return `${name} ${operatorName(op, kind)} ${listed((Array.isArray(value) ? value : [value]).map(one), 'disjunction')}`
}

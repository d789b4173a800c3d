// An organisation of hard cases: names of 200 characters, without spaces, right to left; no ARR, no scores, no dates, billions.
import { LONG } from '@/features/parts/sample'

const text = (value: string) => `'${value.replaceAll("'", "''")}'`

const accounts: [name: string, arr: number | null, days: number | null, score: number | null, confidence: string][] = [
  [LONG, 330_000, 20, 31, 'high'],
  [`${'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(3)}`, 1_240_000_000, 45, 44, 'high'],
  ['شركة النور للتقنية والاستشارات الهندسية المتقدمة في المنطقة الشرقية', 76_000, 80, 62, 'medium'],
  ['גליל מערכות', 54_000, -4, 12, 'high'],
  ['Nothing known', null, null, null, ''],
  ['Worth nothing', 0, 30, 55, 'high'],
  ['Hardly known', 120_000, 60, 20, 'low'],
  ['O’Brien & Sons <b>"quoted"</b> 🚜', 99_999.99, 1, 79, 'high'],
  ['A', 1, 365, 100, 'high'],
]

/** As superuser, once the organisation with this short name is there. */
export const hardCases = (slug: string) => `
  update cs.profiles set full_name = 'Maximiliane Wilhelmina von Hohenstein-Oberndorff zu Lichtenfels'
    where tenant_id = (select id from cs.tenants where slug = ${text(slug)});
  insert into cs.accounts (tenant_id, name, csm_id, crm_attributes, created_at)
    select tenant.id, it.name, person.user_id, jsonb_strip_nulls(jsonb_build_object('arr', it.arr, 'contract_end_date', current_date + it.days)), now() - interval '200 days'
    from cs.tenants as tenant
    join cs.profiles as person on person.tenant_id = tenant.id
    cross join (values ${accounts.map(([name, arr, days]) => `(${text(name)}, ${arr}::numeric, ${days}::integer)`).join(', ')}) as it (name, arr, days)
    where tenant.slug = ${text(slug)} and not exists (select from cs.accounts as old where old.tenant_id = tenant.id);
  insert into cs.health_scores (tenant_id, account_id, overall_score, confidence, usage_score, engagement_score, support_score, adoption_score)
    select account.tenant_id, account.id, it.score, it.confidence, it.score, it.score, it.score, it.score
    from cs.accounts as account
    join cs.tenants as tenant on tenant.id = account.tenant_id and tenant.slug = ${text(slug)}
    join (values ${accounts.filter(([, , , score]) => score !== null).map(([name, , , score, confidence]) => `(${text(name)}, ${score}, ${text(confidence)})`).join(', ')}) as it (name, score, confidence) on it.name = account.name
    where not exists (select from cs.health_scores as old where old.account_id = account.id);`

/** Accounts without ARR and without a score. */
export const bareAccounts = (slug: string) => `
  insert into cs.accounts (tenant_id, name)
    select tenant.id, 'Bare ' || number from cs.tenants as tenant, generate_series(1, 5) as number
    where tenant.slug = ${text(slug)} and not exists (select from cs.accounts as old where old.tenant_id = tenant.id);`

// What happened, or is to be done: written here and logged with Ctrl Enter.
import { useId, useState, type KeyboardEvent, type Ref } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { dayIn } from '@/lib/days'
import { t } from '@/lib/i18n'
import { activePeopleQuery } from '@/lib/names'
import { useShown } from '../shown'
import { KindIcon, LOGGED, type Logged } from './kinds'
import { useLog } from './use-log'

const inAWeek = () => dayIn(7)

type Props = { ref?: Ref<HTMLTextAreaElement>; /** called as soon as it is on its way */ onSent?: () => void; className?: string }

export function Composer({ ref, onSent, className }: Props) {
  const { reader } = useShown()
  const id = useId()
  const [kind, setKind] = useState<Logged>('call')
  const [body, setBody] = useState('')
  const [due, setDue] = useState(inAWeek)
  const [assignee, setAssignee] = useState(reader.id)
  const log = useLog()
  const isTask = kind === 'task'
  const colleagues = useQuery({ ...activePeopleQuery, enabled: isTask })

  async function send() {
    const text = body.trim()
    if (text === '') return
    setBody('')
    const sending = log({ kind, body: text, ...(isTask && { at: `${due}T17:00:00Z`, assigned_to: assignee || undefined }) })
    onSent?.()
    if (!(await sending)) setBody((now) => now || text)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  return (
    <div className={className ?? 'no-print mx-4 mb-2 grid grid-cols-[minmax(0,1fr)] gap-2 rounded-lg border p-2'}>
      <label htmlFor={id} className="sr-only">
        {t('tl.body')}
      </label>
      <textarea id={id} ref={ref} rows={2} value={body} onChange={(event) => setBody(event.target.value)} onKeyDown={onKeyDown} placeholder={t('tl.hint')} className="field-box" />
      {isTask && (
        <div className="flex flex-wrap gap-2">
          <label className="small flex items-center gap-2">
            {t('tl.dueOn')}
            <input type="date" value={due} onChange={(event) => setDue(event.target.value)} className="field-box" />
          </label>
          <label className="small flex min-w-0 items-center gap-2">
            {t('tl.for')}
            <select value={assignee} onChange={(event) => setAssignee(event.target.value)} className="field-box">
              <option value="">{t('acct.nobody')}</option>
              {(colleagues.data ?? [{ id: reader.id, name: reader.name }]).map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <div role="group" aria-label={t('tl.kinds')} className="seg">
          {LOGGED.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => setKind(one)}>
              <KindIcon kind={one} className="size-3.5" />
              {t(`kind.${one}`)}
            </button>
          ))}
        </div>
        <Button look={onSent ? 'primary' : 'outline'} size={onSent ? 'md' : 'xs'} className="ms-auto" held={body.trim() === ''} onClick={() => void send()}>
          {t('acct.log')} <kbd className="max-md:hidden">{t('tl.keys')}</kbd>
        </Button>
      </div>
    </div>
  )
}

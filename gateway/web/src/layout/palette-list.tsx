// The entries of the palette, in groups; what was typed stands out in them.
import { Command } from 'cmdk'
import { t } from '@/lib/i18n'
import { written } from '@/lib/shortcuts'
import type { Group } from './palette-entries'

export function PaletteList({ groups, typed }: { groups: Group[]; typed: string }) {
  return (
    <Command.List label={t('palette.results')} className="palette-list">
      {groups.map((group) => (
        <Command.Group key={group.id} heading={<span className="menu-title block">{group.label}</span>}>
          {group.entries.map((entry) => (
            <Command.Item key={entry.id} value={entry.id} onSelect={entry.run} className="menu-item">
              {entry.icon}
              <span className="flex min-w-0 flex-1 gap-2">
                <bdi className="cut">
                  <Marked text={entry.label} part={typed.replace(/^[>@#]/, '').trim()} />
                </bdi>
                {entry.note && <bdi className="quiet cut shrink-0">{entry.note}</bdi>}
              </span>
              {entry.end}
              {entry.keys && <kbd>{written(entry.keys)}</kbd>}
            </Command.Item>
          ))}
        </Command.Group>
      ))}
    </Command.List>
  )
}

function Marked({ text, part }: { text: string; part: string }) {
  const at = part ? text.toLocaleLowerCase().indexOf(part.toLocaleLowerCase()) : -1
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <b className="font-semibold">{text.slice(at, at + part.length)}</b>
      {text.slice(at + part.length)}
    </>
  )
}

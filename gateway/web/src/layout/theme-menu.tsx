// Chooses light, dark or the system's colours.
import { Monitor, Moon, Sun } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { t } from '@/lib/i18n'
import { setTheme, useTheme, type Theme } from './theme'

const icons = { light: Sun, dark: Moon, system: Monitor }
export const themes = Object.keys(icons) as Theme[]

export function ThemeMenu() {
  const theme = useTheme()
  const Current = icons[theme]
  return (
    <Menu>
      <MenuTrigger className={buttonClass('ghost', 'icon')} aria-label={`${t('theme.label')}: ${t(`theme.${theme}`)}`} title={t('theme.label')}>
        <Current aria-hidden />
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
          {themes.map((name) => {
            const Icon = icons[name]
            return (
              <MenuRadioItem key={name} value={name}>
                <Icon aria-hidden />
                {t(`theme.${name}`)}
              </MenuRadioItem>
            )
          })}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}

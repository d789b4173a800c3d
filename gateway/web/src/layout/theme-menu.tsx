// Chooses light, dark or the system's colours.
import { Monitor, Moon, Sun } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { t } from '@/lib/i18n'
import { setTheme, themes, useTheme, type Theme } from './theme'

const icons = { light: Sun, dark: Moon, system: Monitor }

export function ThemeMenu() {
  const theme = useTheme()
  const Current = icons[theme]
  const options = themes.map((value) => {
    const Icon = icons[value]
    return { value, label: t(`theme.${value}`), icon: <Icon aria-hidden /> }
  })
  return (
    <Menu
      trigger={{ className: buttonClass('ghost', 'icon'), label: `${t('theme.label')}: ${t(`theme.${theme}`)}`, title: t('theme.label'), children: <Current aria-hidden /> }}
      entries={[{ value: theme, options, onPick: (value) => setTheme(value as Theme) }]}
    />
  )
}

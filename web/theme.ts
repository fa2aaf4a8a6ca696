/** The theme: that of the system until somebody chooses another, which this browser then remembers. */

const KEY = 'onestory-theme'
const root = document.documentElement
const system = matchMedia('(prefers-color-scheme: dark)')

/** Storage may be forbidden; then a choice lasts as long as the page. */
function recall(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function isDark(): boolean {
  return root.dataset['theme'] === undefined ? system.matches : root.dataset['theme'] === 'dark'
}

function choose(theme: 'dark' | 'light'): void {
  root.dataset['theme'] = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // see recall
  }
}

const chosen = recall()
if (chosen === 'dark' || chosen === 'light') root.dataset['theme'] = chosen

document.addEventListener('DOMContentLoaded', () => {
  const button = document.getElementById('theme')
  const show = (): void => {
    button?.setAttribute('aria-pressed', String(isDark()))
  }
  show()
  system.addEventListener('change', show)
  button?.addEventListener('click', () => {
    choose(isDark() ? 'light' : 'dark')
    show()
  })
})

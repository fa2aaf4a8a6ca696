type Child = Node | string | null
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * Makes an element. Text goes in as text, whatever it holds; attributes that run code or change styles are refused by the policy
 * of the page, and none is made of text that people bring.
 * @param attributes false, null and undefined leave one out, true sets it empty
 */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    element.setAttribute(key, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** An element of the page by its id; the page and its script are one thing. */
export function find<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no ${id}`)
}

/** Says something to screen readers, once. */
export function announce(text: string): void {
  const status = document.getElementById('status')
  if (status !== null) status.textContent = text
}

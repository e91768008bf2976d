/** How a built-in element of the view is defined. */
import type { Host } from '../host.ts'

export type Draw = (element: HTMLElement, shadow: ShadowRoot) => void

/** Defines `wx-<tag>`; `draw` runs when it enters the page and when one of `attributes` changes. */
export function defineWidget(host: Host, tag: string, attributes: string[], draw: Draw): void {
  const { window } = host.options.realm
  window.customElements.define(`wx-${tag}`, class extends window.HTMLElement {
    static observedAttributes = attributes
    shadow = this.attachShadow({ mode: 'open' })
    connectedCallback() { draw(this, this.shadow) }
    attributeChangedCallback() { if (this.isConnected) draw(this, this.shadow) }
  })
}

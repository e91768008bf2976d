/**
 * Built-in elements that show something of their own. Each is a custom element of the view with a shadow tree, drawn
 * from the attributes the template gives; the app's own tree is left alone.
 */
import type { Host } from '../host.ts'
import { isOn } from '../clone.ts'
import { defineCanvas } from './canvas.ts'
import { defineWidget } from './widget.ts'

/** The package's asset behind a path, or the address itself. */
function sourceOf(host: Host, address: string): string {
  if (/^(data:|https?:|blob:)/.test(address)) {
    const kept = host.files.read(address)
    return kept === undefined ? address : `data:image/png;base64,${kept}`
  }
  const path = address.startsWith('/') ? address.slice(1) : new URL(address, `http://p/${host.pages.top().path}`).pathname.slice(1)
  return host.options.pack.assets[path] ?? host.options.pack.assets[address] ?? ''
}

const FIT: Record<string, string> = {
  scaleToFill: 'object-fit:fill', aspectFit: 'object-fit:contain', aspectFill: 'object-fit:cover', center: 'object-fit:none',
  top: 'object-fit:none;object-position:top', bottom: 'object-fit:none;object-position:bottom',
  left: 'object-fit:none;object-position:left', right: 'object-fit:none;object-position:right',
}

function defineImage(host: Host): void {
  defineWidget(host, 'image', ['src', 'mode'], (element, shadow) => {
    const mode = element.getAttribute('mode') ?? 'scaleToFill'
    const image = shadow.querySelector('img') ?? shadow.appendChild(host.options.realm.window.document.createElement('img'))
    image.style.cssText = mode === 'widthFix' ? 'display:block;width:100%;height:auto'
      : mode === 'heightFix' ? 'display:block;height:100%;width:auto' : `display:block;width:100%;height:100%;${FIT[mode] ?? FIT.scaleToFill}`
    const address = element.getAttribute('src') ?? ''
    const source = address ? sourceOf(host, address) : ''
    if (image.getAttribute('src') === source) return
    if (!source) { image.removeAttribute('src'); return }
    image.onload = () => { host.events.fire(element, 'load', { width: image.naturalWidth, height: image.naturalHeight }) }
    image.onerror = () => { host.events.fire(element, 'error', { errMsg: `image load failed: ${address}` }) }
    image.src = source
  })
}

function defineTextFields(host: Host): void {
  for (const tag of ['input', 'textarea']) {
    defineWidget(host, tag, ['value', 'placeholder', 'placeholder-style', 'placeholder-class', 'password', 'type'], (element, shadow) => {
      const value = element.getAttribute('value') ?? ''
      const hidden = isOn(element.getAttribute('password')) || element.getAttribute('type') === 'safe-password'
      const line = host.options.realm.window.document.createElement('div')
      line.textContent = value ? (hidden ? '•'.repeat(value.length) : value) : element.getAttribute('placeholder') ?? ''
      line.style.cssText = tag === 'input'
        ? 'display:flex;align-items:center;height:100%;white-space:pre;overflow:hidden;justify-content:inherit'
        : 'white-space:pre-wrap'
      if (!value) line.style.cssText += `;color:rgba(0,0,0,.4);${element.getAttribute('placeholder-style') ?? ''}`
      shadow.replaceChildren(line)
    })
  }
}

function defineChoices(host: Host): void {
  const style = (shadow: ShadowRoot, css: string) => { shadow.innerHTML = `<style>${css}</style><slot></slot>` }
  defineWidget(host, 'switch', ['checked', 'color', 'disabled'], (element, shadow) => {
    const on = isOn(element.getAttribute('checked'))
    style(shadow, `:host{position:relative;width:52px;height:32px;border-radius:16px;box-sizing:border-box;background:${on ? element.getAttribute('color') ?? '#04BE02' : '#e5e5e5'};opacity:${isOn(element.getAttribute('disabled')) ? 0.5 : 1}}:host::after{content:"";position:absolute;top:1px;left:${on ? 21 : 1}px;width:30px;height:30px;border-radius:15px;background:#fff;box-shadow:0 1px 3px rgba(0,0,0,.4)}`)
  })
  for (const [tag, radius] of [['checkbox', '3px'], ['radio', '50%']]) {
    defineWidget(host, tag!, ['checked', 'color', 'disabled'], (element, shadow) => {
      const on = isOn(element.getAttribute('checked'))
      const colour = element.getAttribute('color') ?? '#09BB07'
      style(shadow, `:host::before{content:"${on ? '✓' : ''}";display:inline-block;width:22px;height:22px;margin-right:5px;box-sizing:border-box;border:1px solid ${on ? colour : '#d1d1d1'};border-radius:${radius};background:${on && tag === 'radio' ? colour : '#fff'};color:${tag === 'radio' ? '#fff' : colour};font-size:16px;line-height:20px;text-align:center;vertical-align:middle}`)
    })
  }
  defineWidget(host, 'slider', ['value', 'min', 'max', 'activecolor'], (element, shadow) => {
    const [value, min, max] = [['value', 0], ['min', 0], ['max', 100]].map(([name, fallback]) => Number(element.getAttribute(String(name)) || fallback)) as [number, number, number]
    const part = Math.max(0, Math.min(100, ((value - min) / (max - min || 1)) * 100))
    style(shadow, `:host{position:relative;height:28px}:host::before{content:"";position:absolute;left:0;right:0;top:13px;height:2px;background:linear-gradient(90deg,#1aad19 ${part}%,#e9e9e9 ${part}%)}:host::after{content:"";position:absolute;left:calc(${part}% - 14px);top:0;width:28px;height:28px;border-radius:14px;background:#fff;box-shadow:0 0 4px rgba(0,0,0,.2)}`)
  })
  defineWidget(host, 'progress', ['percent', 'activecolor'], (element, shadow) => {
    const part = Number(element.getAttribute('percent') ?? 0)
    style(shadow, `:host{height:6px;background:linear-gradient(90deg,#09bb07 ${part}%,#ebebeb ${part}%)}`)
  })
}

/** The swiper moves a strip of its items; the item shown follows `current`. */
function defineSwiper(host: Host): void {
  defineWidget(host, 'swiper', ['current', 'vertical', 'indicator-dots', 'indicator-color', 'indicator-active-color', 'previous-margin', 'next-margin'], (element, shadow) => {
    const vertical = isOn(element.getAttribute('vertical'))
    const current = Number(element.getAttribute('current') || 0)
    const items = () => element.querySelectorAll(':scope > wx-swiper-item').length
    const dots = isOn(element.getAttribute('indicator-dots'))
      ? `<div class="dots">${Array.from({ length: items() }, (_, i) => `<i class="${i === current ? 'on' : ''}"></i>`).join('')}</div>` : ''
    shadow.innerHTML = `<style>:host{display:block}
      .room{position:absolute;inset:0;padding:0 ${element.getAttribute('next-margin') || '0px'} 0 ${element.getAttribute('previous-margin') || '0px'}}
      .strip{display:flex;flex-direction:${vertical ? 'column' : 'row'};height:100%;transform:translate${vertical ? 'Y' : 'X'}(-${current * 100}%)}
      ::slotted(*){flex:0 0 100%;min-width:0}
      .dots{position:absolute;left:0;right:0;bottom:10px;display:flex;justify-content:center;gap:8px}
      i{width:8px;height:8px;border-radius:4px;background:${element.getAttribute('indicator-color') || 'rgba(0,0,0,.3)'}}
      i.on{background:${element.getAttribute('indicator-active-color') || '#000'}}</style>
      <div class="room"><div class="strip"><slot></slot></div></div>${dots}`
  })
}

function defineRichText(host: Host): void {
  defineWidget(host, 'rich-text', ['nodes'], (element, shadow) => {
    const nodes = host.elements.attributes(element).nodes as unknown
    shadow.innerHTML = typeof nodes === 'string' ? nodes : Array.isArray(nodes) ? nodes.map(asHtml).join('') : ''
  })
}

/** One node of rich-text's own tree format as HTML. */
function asHtml(node: { type?: string; text?: string; name?: string; attrs?: Record<string, string>; children?: unknown[] }): string {
  if (node.type === 'text') return (node.text ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const attributes = Object.entries(node.attrs ?? {}).map(([name, value]) => ` ${name}="${value.replace(/"/g, '&quot;')}"`).join('')
  return `<${node.name}${attributes}>${((node.children ?? []) as typeof node[]).map(asHtml).join('')}</${node.name}>`
}

/** Teaches the view all built-in elements that draw something. */
export function defineWidgets(host: Host): void {
  for (const define of [defineImage, defineTextFields, defineChoices, defineSwiper, defineRichText, defineCanvas]) define(host)
}

/** What the built-in controls do by themselves: a switch turns, a radio excludes its siblings, a form collects. */
import { isOn } from './clone.ts'
import type { Host } from './host.ts'
import { templateTag } from './tags.ts'
import type { Bag, ViewElement } from './types.ts'

export interface Controls {
  /** The default action of a tap on this element; true when it had one. */
  act(element: ViewElement): boolean
  /** Sets what a person sees in a control (value, checked, current). */
  set(element: ViewElement, name: string, value: unknown): void
  /** The values of a form's named fields. */
  formValue(form: ViewElement): Bag
}

const NAVIGATOR_CALLS: Record<string, string> = { redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch', navigateBack: 'navigateBack' }

/** The nearest ancestor of this kind. */
export const within = (element: ViewElement, tag: string): ViewElement | null => element.parentElement?.closest<ViewElement>(`wx-${tag}`) ?? null

export function createControls(host: Host): Controls {
  const own = (element: ViewElement): Bag => host.elements.attributes(element)
  const find = (root: ViewElement, selector: string) => host.elements.all(root, selector)
  const checkedValues = (group: ViewElement, tag: string) => find(group, tag).filter((item) => isOn(own(item).checked)).map((item) => own(item).value as unknown)
  const set: Controls['set'] = (element, name, value) => { element.__wxElement?.updateAttribute(name, value) }

  const fieldValue = (field: ViewElement): unknown => {
    switch (templateTag(field)) {
      case 'switch': return isOn(own(field).checked)
      case 'checkbox-group': return checkedValues(field, 'checkbox')
      case 'radio-group': return checkedValues(field, 'radio')[0] ?? ''
      case 'input': case 'textarea': return own(field).value ?? ''
      default: return own(field).value
    }
  }
  const formValue: Controls['formValue'] = (form) => Object.fromEntries(find(form, '[name]')
    .filter((field) => own(field).name && !/^(button|radio|checkbox)$/.test(templateTag(field)))
    .map((field) => [own(field).name as string, fieldValue(field)]))

  const actions: Record<string, (element: ViewElement) => void> = {
    switch(element) {
      if (isOn(own(element).disabled)) return
      const value = !isOn(own(element).checked)
      set(element, 'checked', value)
      host.events.fire(element, 'change', { value })
    },
    checkbox(element) {
      if (isOn(own(element).disabled)) return
      set(element, 'checked', !isOn(own(element).checked))
      const group = within(element, 'checkbox-group')
      // Alipay also tells the box itself; WeChat tells the group alone.
      if (host.options.pack.platform === 'alipay') host.events.fire(element, 'change', { value: isOn(own(element).checked) })
      if (group) host.events.fire(group, 'change', { value: checkedValues(group, 'checkbox') })
    },
    radio(element) {
      if (isOn(own(element).disabled)) return
      const group = within(element, 'radio-group')
      for (const sibling of group ? find(group, 'radio') : [element]) set(sibling, 'checked', sibling === element)
      if (group) host.events.fire(group, 'change', { value: own(element).value })
    },
    navigator(element) {
      const { url, delta } = own(element)
      const call = NAVIGATOR_CALLS[String(own(element)['open-type'])] ?? 'navigateTo'
      if (url || call === 'navigateBack') void host.api.dispatch(call, [{ url, delta, fail: (error: Bag) => host.faults.report(error, 'navigator') }])
    },
    label(element) {
      const target = find(element, 'checkbox,radio,switch')[0]
      if (target) controls.act(target)
    },
    button(element) {
      const attributes = own(element)
      if (isOn(attributes.disabled)) return
      const type = attributes['form-type'] ?? attributes.formType
      const form = type ? within(element, 'form') : null
      if (form) host.events.fire(form, String(type), { value: formValue(form) })
      void host.openTypes.act(element)
    },
  }
  const controls: Controls = {
    set,
    formValue,
    act(element) {
      const action = actions[templateTag(element)]
      action?.(element)
      return action !== undefined
    },
  }
  return controls
}

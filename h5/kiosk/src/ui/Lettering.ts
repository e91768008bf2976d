import { h, type FunctionalComponent } from 'vue'

/** A `<text>` of SVG. In templates Taro turns every tag of that name into its own component, which SVG does not draw. */
export const Lettering: FunctionalComponent = (props, { slots }) => h('text', props, slots.default?.())

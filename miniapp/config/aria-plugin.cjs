const path = require('node:path')
const components = require('./aria-components.cjs')

/** Taro drops `aria-*` from mini-program templates; this puts them back for screen readers. H5 keeps them by itself. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (!platform.template) return
      platform.template.mergeComponents(ctx, components)
      const runtime = path.resolve(__dirname, 'aria-runtime.js').replace(/\\/g, '/')
      platform.runtimePath = [].concat(platform.runtimePath, runtime)
    },
  })
}

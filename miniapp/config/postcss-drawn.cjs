const fs = require('node:fs')
const path = require('node:path')

const design = path.resolve(__dirname, '../../shared/src/design')

/** SVG text as a data URI that CSS accepts inside double quotes. */
function toDataUri(svg) {
  const one = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, ' ').replace(/> </g, '><').trim()
  const escaped = one.replace(/"/g, "'").replace(/%/g, '%25').replace(/#/g, '%23').replace(/</g, '%3C').replace(/>/g, '%3E')
  return `data:image/svg+xml,${escaped}`
}

/**
 * Two rewrites that let all faces share one design folder.
 * `drawn(icons/home)` becomes the file shared/src/design/icons/home.svg as a data URI; `drawn(icons/home 2)` gives its lines
 * another width. With `page: true` (mini-programs have no `:root`) the selector `:root` becomes `page`.
 */
module.exports = (options = {}) => ({
  postcssPlugin: 'drawn',
  Rule(rule) {
    if (options.page && rule.selector.includes(':root')) rule.selector = rule.selector.replace(/:root/g, 'page')
  },
  Declaration(declaration, { result }) {
    if (!declaration.value.includes('drawn(')) return
    declaration.value = declaration.value.replace(/drawn\(([\w/-]+)(?:\s+([\d.]+))?\)/g, (_, name, width) => {
      const file = path.join(design, `${name}.svg`)
      if (!fs.existsSync(file)) throw declaration.error(`No drawing ${name}.svg in shared/src/design`)
      result.messages.push({ type: 'dependency', plugin: 'drawn', file, parent: result.opts.from })
      let svg = fs.readFileSync(file, 'utf8')
      if (width) svg = svg.replace(/stroke-width="[\d.]+"/, `stroke-width="${width}"`)
      return `url("${toDataUri(svg)}")`
    })
  },
})
module.exports.postcss = true
module.exports.toDataUri = toDataUri

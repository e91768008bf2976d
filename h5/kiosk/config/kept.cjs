const { readFileSync } = require('node:fs')

/** Writes the service worker with the list of the build's own files, so that it keeps all of them at once and changes with every build. */
module.exports = class Kept {
  constructor(worker) {
    this.worker = worker
  }

  apply(compiler) {
    const { Compilation, sources } = compiler.webpack
    compiler.hooks.thisCompilation.tap('Kept', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'Kept', stage: Compilation.PROCESS_ASSETS_STAGE_REPORT }, (assets) => {
        const files = Object.keys(assets).filter((name) => /\.[0-9a-f]{8}\.(js|css)$/.test(name)).sort().map((name) => compilation.outputOptions.publicPath + name)
        compilation.emitAsset('kept.js', new sources.RawSource(`const files = ${JSON.stringify(files)}\n${readFileSync(this.worker, 'utf8')}`))
      })
    })
  }
}

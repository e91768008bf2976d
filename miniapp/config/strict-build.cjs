/**
 * Turns warnings that always mean a broken page into errors: a name that a module does not export ("was not found in") and a
 * component that resolves to nothing. Without it the build is green and the page is empty.
 */
module.exports = class StrictBuild {
  apply(compiler) {
    compiler.hooks.afterCompile.tap('StrictBuild', (compilation) => {
      const broken = compilation.warnings.filter((warning) => /was not found in|Can't resolve|Failed to resolve component/.test(warning.message))
      compilation.errors.push(...broken)
    })
    compiler.hooks.done.tap('StrictBuild', (stats) => {
      if (stats.compilation.errors.length) process.exitCode = 1
    })
  }
}

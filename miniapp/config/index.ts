import path from 'node:path'
import { createRequire } from 'node:module'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import NutUIResolver from '@nutui/auto-import-resolver'
import ComponentsWebpack from 'unplugin-vue-components/webpack'

const need = createRequire(__filename)
const StrictBuild = need('./strict-build.cjs')
const root = path.resolve(__dirname, '..', '..')
const src = path.resolve(__dirname, '..', 'src')
const drawn = path.resolve(__dirname, 'postcss-drawn.cjs')
const h5 = process.env.TARO_ENV === 'h5'

// Taro leaves node_modules alone; these ship newer syntax than the oldest phone we serve, and `shared` is TypeScript source.
const modern = /node_modules[\\/](vue-i18n|@intlify|pinia|@vue[\\/]devtools-api|@nutui|uqr)[\\/]/
const include = [path.join(root, 'shared'), (file: string) => modern.test(file)]
const iconFreeOfEffects = /icons-vue-taro[\\/]dist[\\/]es[\\/]icons[\\/].*\.js$/

// The parts of webpack-chain that this file touches; Taro does not export its type.
type Chain = any // eslint-disable-line

/** What every target needs: NutUI on demand, and a build that fails where it would otherwise only warn. */
function common(chain: Chain) {
  chain.plugin('components').use(ComponentsWebpack({ dts: false, dirs: [], resolvers: [NutUIResolver({ taro: true })] }))
  chain.plugin('strict').use(StrictBuild)
  chain.module.rule('nutIconsPure').test(iconFreeOfEffects).sideEffects(false)
}

export default defineConfig(async (merge) => merge({}, {
  projectName: 'atrium',
  date: '2026-11-20',
  designWidth: (input: { file?: string } | undefined) => (input?.file && /nutui/.test(input.file) ? 375 : 390),
  deviceRatio: { 375: 2, 390: 750 / 390, 750: 1 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  plugins: ['@tarojs/plugin-html', path.resolve(__dirname, 'aria-plugin.cjs')],
  defineConstants: {
    __VUE_I18N_FULL_INSTALL__: 'false', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false', __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  // The H5 build is served by the BFF itself; mini-programs need the whole address.
  env: { TARO_APP_API: JSON.stringify(h5 ? '' : process.env.TARO_APP_API ?? 'http://127.0.0.1:8787') },
  // Without the message compiler of vue-i18n: i18n/index.ts brings its own, which fits a mini-program.
  alias: { '@': src, 'vue-i18n$': 'vue-i18n/dist/vue-i18n.runtime.mjs' },
  framework: 'vue3',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  // Taro turns most of terser's own defaults off and escapes Chinese to six bytes a character; both cost room in the main package.
  terser: {
    enable: true,
    config: {
      compress: {
        passes: 2, collapse_vars: true, comparisons: true, computed_props: true, inline: true, loops: true, negate_iife: true, properties: true, reduce_funcs: true,
        reduce_vars: true, switches: true, typeofs: true, hoist_props: true,
      },
      output: { ascii_only: false, ecma: 2017 },
    },
  },
  mini: {
    compile: { include },
    optimizeMainPackage: { enable: true },
    // Templates are written out this many levels deep before they fall back to recursion; our pages nest eleven deep.
    baseLevel: 12,
    miniCssExtractPluginOption: { ignoreOrder: true },
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false }, [drawn]: { enable: true, config: { page: true } } },
    webpackChain: common,
  },
  h5: {
    publicPath: '/m/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    // Watch mode: `npm run dev` says where the BFF is; the port is its argument.
    devServer: { host: '127.0.0.1', open: false, proxy: Object.fromEntries(['/api', '/admin'].map((path) => [path, process.env.ATRIUM_BFF ?? 'http://127.0.0.1:8787'])) },
    compile: { include },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: { ignoreOrder: true, filename: 'css/[name].[contenthash:8].css', chunkFilename: 'css/[name].[contenthash:8].css' },
    postcss: { autoprefixer: { enable: true }, cssModules: { enable: false }, pxtransform: { enable: true, config: {} }, [drawn]: { enable: true, config: {} } },
    esnextModules: ['nutui-taro', 'icons-vue-taro'],
    // Taro's own root font script sticks at a wrong size after a rotation; app.scss sets it.
    htmlPluginOption: { script: '' },
    webpackChain(chain: Chain) {
      common(chain)
      chain.resolve.alias.set('@tarojs/components$', path.join(src, 'platform/h5-components.ts'))
      chain.optimization.splitChunks({
        chunks: 'all', minSize: 8000, hidePathInfo: true,
        cacheGroups: {
          default: false, defaultVendors: false,
          vue: { name: 'vue', test: /node_modules[\\/](@vue|vue|pinia|vue-i18n|@intlify)[\\/]/, priority: 40, chunks: 'all' },
          taro: { name: 'taro', test: /node_modules[\\/](@tarojs|@stencil|history|path-to-regexp|query-string)[\\/]/, priority: 30, chunks: 'initial' },
          // Only the pages that show a code need it; the home page does not wait for it.
          qr: { name: 'qr', test: /node_modules[\\/]uqr[\\/]/, priority: 45, enforce: true },
          nut: { name: 'nut', test: /node_modules[\\/]@nutui[\\/]/, minChunks: 2, priority: 20 },
          lib: { name: 'lib', test: /node_modules[\\/]/, minChunks: 2, priority: 10 },
          // Pieces that several pages share stay one file, however small: otherwise each page repeats their styles.
          ui: { name: 'ui', test: /miniapp[\\/]src[\\/](ui|flow|platform|i18n)[\\/]/, minChunks: 2, priority: 5, enforce: true },
          common: { name: 'common', minChunks: 2, priority: 1, reuseExistingChunk: true },
        },
      })
    },
  },
}) as unknown as UserConfigExport)

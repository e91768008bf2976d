import path from 'node:path'
import { createRequire } from 'node:module'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'

const need = createRequire(__filename)
const root = path.resolve(__dirname, '..', '..', '..')
const phone = path.join(root, 'miniapp')
const src = path.resolve(__dirname, '..', 'src')
const StrictBuild = need(path.join(phone, 'config/strict-build.cjs'))
const Kept = need('./kept.cjs')
const drawn = path.join(phone, 'config/postcss-drawn.cjs')
const slash = (file: string) => file.replace(/\\/g, '/')
const modern = /node_modules[\\/](vue-i18n|@intlify|pinia|@vue[\\/]devtools-api|uqr)[\\/]/

// The parts of webpack-chain that this file touches; Taro does not export its type.
type Chain = any // eslint-disable-line

export default defineConfig(async (merge) => merge({}, {
  projectName: 'atrium-kiosk',
  date: '2026-11-20',
  // Files of the kiosk are drawn on a canvas 1080 wide; what it borrows from the phone on 375, so that it appears × 2.88.
  designWidth: (input: { file?: string } | undefined) => (slash(String(input?.file ?? '')).startsWith(slash(src)) ? 1080 : 375),
  deviceRatio: { 375: 2, 390: 750 / 390, 750: 1, 1080: 750 / 1080 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  plugins: ['@tarojs/plugin-html'],
  defineConstants: { __VUE_I18N_FULL_INSTALL__: 'false', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false', __INTLIFY_DROP_MESSAGE_COMPILER__: 'false' },
  env: { TARO_APP_API: JSON.stringify('') },
  alias: { '@': path.join(phone, 'src'), '@kiosk': src },
  framework: 'vue3',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  mini: {},
  h5: {
    publicPath: '/kiosk/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    // Watch mode: `npm run dev -- kiosk` says where the BFF is.
    devServer: { host: '127.0.0.1', open: false, proxy: { '/api': process.env.ATRIUM_BFF ?? 'http://127.0.0.1:8787' } },
    compile: { include: [path.join(root, 'shared'), path.join(phone, 'src'), (file: string) => modern.test(file)] },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: { ignoreOrder: true, filename: 'css/[name].[contenthash:8].css', chunkFilename: 'css/[name].[contenthash:8].css' },
    postcss: { autoprefixer: { enable: true }, cssModules: { enable: false }, pxtransform: { enable: true, config: { maxRootSize: 999 } }, [drawn]: { enable: true, config: {} } },
    htmlPluginOption: { script: '' },
    webpackChain(chain: Chain) {
      chain.plugin('strict').use(StrictBuild)
      chain.plugin('kept').use(Kept, [path.join(src, 'kept.js')])
      chain.resolve.alias.set('@tarojs/components$', path.join(phone, 'src/platform/h5-components.ts'))
    },
  },
}) as unknown as UserConfigExport)

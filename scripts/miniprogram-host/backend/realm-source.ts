/** The core as one script that a view can evaluate. */
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

let bundled: Promise<string> | undefined

/** The bundled core; evaluating it defines `MiniProgramHost` with `createHost` and `launch`. */
export function coreScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('../core/host.ts', import.meta.url))],
    bundle: true, format: 'iife', globalName: 'MiniProgramHost', write: false, platform: 'browser', mainFields: ['module', 'main'], target: 'es2022',
  }).then((result) => `${result.outputFiles[0]!.text};globalThis.MiniProgramHost=MiniProgramHost`)
  return bundled
}

/** Names a mini-program module does not have, though the realm around it does. */
export const SHADOWED = [
  'window', 'document', 'frames', 'self', 'location', 'localStorage', 'sessionStorage', 'history', 'screen', 'alert', 'confirm', 'prompt', 'fetch',
  'XMLHttpRequest', 'WebSocket', 'EventSource', 'indexedDB', 'Worker', 'MutationObserver', 'navigator', 'URL', 'URLSearchParams', 'Headers', 'Request', 'Response', 'FormData', 'Blob',
  'AbortController', 'TextEncoder', 'TextDecoder', 'structuredClone', 'queueMicrotask', 'crypto', 'atob', 'btoa', 'requestAnimationFrame', 'customElements', 'Image', 'Event', 'CustomEvent',
]

/** Alipay's own user agent, which Taro's runtime reads there. */
export const ALIPAY_NAVIGATOR = { userAgent: 'miniprogram-host AlipayClient/10.5.90 Nebula', swuserAgent: '' }

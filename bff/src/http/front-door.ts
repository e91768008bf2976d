import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { qrSvg } from '@atrium/shared/design/qr.ts'

const design = new URL('../../../shared/src/design/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, design), 'utf8')

type Face = { path: string; zh: string; en: string; who: string; whoEn: string; code: boolean }
const faces: Face[] = [
  { path: '/m/', zh: '会员 H5', en: 'Member app', who: '顾客：领券、停车、开票', whoEn: 'Visitors: coupons, parking, fapiao', code: true },
  { path: '/kiosk/', zh: '自助屏', en: 'Kiosk', who: '场内竖屏，1080 × 1920', whoEn: 'In the mall, 1080 × 1920', code: false },
  { path: '/console/', zh: '运营控制台', en: 'Console', who: '运营、财务、商户', whoEn: 'Operators, finance, tenants', code: false },
  { path: '/docs/', zh: '接口文档', en: 'API', who: '合同即数据，OpenAPI 3.1', whoEn: 'The contract as OpenAPI 3.1', code: false },
]

const style = `
*{box-sizing:border-box;margin:0}
body{min-height:100vh;background:linear-gradient(168deg,var(--jade-2) 0,var(--paper) 420px);padding:72px 24px 48px;font-size:16px}
main{max-width:980px;margin:0 auto}
header{display:flex;gap:20px;align-items:center;margin-bottom:40px}
header svg{width:64px;height:64px;border-radius:16px;flex:none}
h1{font-size:32px;line-height:1.2}h1 small{display:block;font-size:16px;font-weight:400;color:var(--ink-2);margin-top:6px}
ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:16px}
a.face{display:flex;flex-direction:column;gap:4px;min-height:212px;padding:22px;border-radius:16px;background:var(--sheet);box-shadow:var(--e-1);color:inherit;text-decoration:none;transition:box-shadow var(--d-1) var(--ease)}
a.face:hover,a.face:focus-visible{box-shadow:var(--e-2);outline:2px solid var(--jade-7)}
a.face b{font-size:20px}a.face span{color:var(--ink-2);font-size:14px}a.face code{margin-top:auto;color:var(--jade-7);font:600 14px ui-monospace,monospace}
.code{width:96px;height:96px;margin-top:10px}.code svg{display:block;width:100%;height:100%}
p{margin-top:32px;color:var(--ink-2);font-size:14px;line-height:1.7;max-width:70ch}
`

/** The page of whoever just ran `npm start`: what runs here and how to get there. */
function page(baseUrl: string): string {
  const cards = faces.map((f) => `<li><a class="face" href="${f.path}"><b>${f.zh}</b><span lang="en">${f.en}</span><span>${f.who}</span><span lang="en">${f.whoEn}</span>${f.code ? `<div class="code" role="img" aria-label="${baseUrl}${f.path}">${qrSvg(baseUrl + f.path)}</div>` : ''}<code>${f.path}</code></a></li>`).join('')
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Atrium</title><style>${read('tokens.css')}${style}</style></head><body><main>
<header>${read('art/house-mark.svg')}<h1>Atrium<small>开源数字商场 · <span lang="en">the open-source digital mall</span></small></h1></header>
<ul>${cards}</ul>
<p>账号、初始密码与动态口令密钥在运行 npm start 的终端里，也在 .atrium/demo-people.json。<br><span lang="en">Accounts, first passwords and authenticator keys are in the terminal of npm start and in .atrium/demo-people.json.</span></p>
</main></body></html>`
}

export function serveFrontDoor(app: Hono, baseUrl: string): void {
  let html: string | undefined
  app.get('/', (c) => c.html((html ??= page(baseUrl))))
  app.get('/favicon.ico', (c) => c.body(read('art/house-mark.svg'), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }))
}

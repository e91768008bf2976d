import { readFileSync } from 'node:fs'
import { z } from 'zod'

const key32 = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'base64 of 32 bytes')
const pem = z.string().includes('-----BEGIN')
const url = z.url({ protocol: /^https?$/ })

/** Everything the BFF and the worker are told. Keys have no defaults: a missing one stops the start. */
export const Config = z.object({
  /** Address under which vendors and phones reach the BFF. */
  baseUrl: url,
  host: z.string().default('127.0.0.1'),
  port: z.int().min(1).max(65535),
  databaseUrl: z.string().startsWith('mysql://'),
  /** Mall of a call that names none; null: the first one. */
  mallCode: z.string().nullable().default(null),
  /** Take the caller's address from X-Forwarded-For; only behind a proxy that sets it. */
  trustProxy: z.boolean().default(false),
  /** Addresses behind which many people stand (the mall's own Wi-Fi and kiosks): limits by address are wider there. */
  sharedAddresses: z.array(z.string()).default([]),
  /** How long a process that stops answers 503 on /readyz before it takes no more calls: longer than a balancer looks away. */
  unreadyMs: z.int().min(0).max(60_000).default(3_000),
  filesDir: z.string().default('.atrium/files'),
  keys: z.object({ field: key32, blindIndex: key32, session: key32, codes: key32 }),
  wechat: z.object({ appId: z.string(), appSecret: z.string(), apiBase: url }),
  wechatPay: z.object({ mchId: z.string(), appId: z.string(), merchantSerial: z.string(), merchantPrivateKey: pem, apiV3Key: z.string().length(32), publicKeyId: z.string(), publicKey: pem, apiBase: url }),
  alipay: z.object({ appId: z.string(), privateKey: pem, alipayPublicKey: pem, gateway: url, sellerId: z.string(), aesKey: z.string() }),
  nuonuo: z.object({ appKey: z.string(), appSecret: z.string(), accessToken: z.string(), taxNumber: z.string(), sellerName: z.string().min(2), apiBase: url }),
  sms: z.object({ accessKey: z.string(), secret: z.string(), apiBase: url }),
  vzenith: z.object({ pathSecret: z.string().min(16) }),
})
export type Config = z.output<typeof Config>

/**
 * Reads the configuration file named by ATRIUM_CONFIG; DATABASE_URL and PORT in the environment win over it.
 * Refuses (throws one plain sentence) a missing file and names every wrong field without printing its value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const path = env.ATRIUM_CONFIG ?? '.atrium/config.json'
  let raw: Record<string, unknown>
  try {
    raw = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch {
    throw new Error(`No readable configuration at ${path}. Run "npm start" once to make one for the demo, or set ATRIUM_CONFIG.`)
  }
  const parsed = Config.safeParse({ ...raw, ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }), ...(env.PORT && { port: Number(env.PORT) }) })
  if (!parsed.success) throw new Error(`Configuration ${path} is not usable: ${parsed.error.issues.map((i) => `${i.path.join('.')} (${i.message})`).join(', ')}`)
  return parsed.data
}

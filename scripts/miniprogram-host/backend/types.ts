/** What a backend is started with, and what the server needs of it. */
import type { Bag, Emit, Screen, WorldOptions } from '../core/types.ts'

export interface BackendOptions {
  /** Folder of the compiled package. */
  dist: string
  emit: Emit
  screen: Screen
  world: WorldOptions
  privacyNeeded: boolean
  /** First page, with query; app.json's first page otherwise. */
  url?: string
  /** `FROM=TO`: requests to the first origin are answered by the second. */
  reroute?: string
}

export interface Backend {
  handle(method: string, params?: Bag): Promise<unknown>
  close(): Promise<void>
}

/** The phone of the design mocks: 390 × 844 at two pixels per point. */
export const PHONE_SCREEN: Screen = { width: 390, height: 844, pixelRatio: 2, statusBar: 47, safeBottom: 34 }

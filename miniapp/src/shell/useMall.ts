import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Reply } from '@atrium/shared/contracts.ts'
import { call } from '@/platform/request'
import { recall, remember } from '@/platform/storage'

export type Mall = Reply<'GET /api/mall'>

/** The mall itself: name, hours, floors, trade categories. Asked once a visit, kept so that the app opens without a network. */
export const useMall = defineStore('mall', () => {
  const mall = shallowRef<Mall | null>(recall<Mall | null>('mall', null))
  let asked: Promise<void> | null = null

  /** Answers at once from what is kept; refreshes in the background once. A failure leaves what is kept. */
  function load(): Promise<void> {
    asked ??= call('GET /api/mall').then((value) => { mall.value = value; remember('mall', value) }, () => { asked = null })
    return asked
  }
  return { mall, load }
})

import { defineAsyncComponent, type Component } from 'vue'
import Missing from './Missing.vue'
import type { ScreenName } from './useScreen'

const programs = {
  shops: () => import('@kiosk/shop/Shops.vue'), plan: () => import('@kiosk/guide/Plan.vue'), services: () => import('@kiosk/guide/Services.vue'), events: () => import('@kiosk/notice/Events.vue'),
  coupons: () => import('@kiosk/coupon/Coupons.vue'), parking: () => import('@kiosk/parking/Plate.vue'), pay: () => import('@kiosk/parking/Pay.vue'),
} satisfies Partial<Record<ScreenName, () => Promise<{ default: Component }>>>

/** The screens behind home; each is a program of its own, so that the first picture comes early. */
export const screens: Partial<Record<ScreenName, Component>> = Object.fromEntries(Object.entries(programs).map(([name, load]) =>
  [name, defineAsyncComponent({ loader: load as () => Promise<{ default: Component }>, errorComponent: Missing, delay: 0 })]))

/** Fetches every screen after the first picture: whoever opens one needs no network for it. One that fails is fetched when it is opened. */
export const fetchScreens = (): void => { for (const load of Object.values(programs)) load().catch(() => {}) }

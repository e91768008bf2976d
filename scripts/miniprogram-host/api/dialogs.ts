/** Toasts, loading masks, modals and action sheets of both platforms. */
import type { Host } from '../core/host.ts'
import type { Bag } from '../core/types.ts'
import { ApiFailure, type ApiArea } from './area.ts'

const TOAST_MS = 1500

export function dialogApi(host: Host): ApiArea {
  const alipay = host.options.pack.platform === 'alipay'
  const { dialogs } = host.phone
  const toast = (o: Bag) => { dialogs.toast(String(o.title ?? o.content ?? ''), Number(o.duration ?? TOAST_MS)) }
  const modal = (o: Bag, cancel: string | undefined) => dialogs.modal({
    title: String(o.title ?? ''), content: String(o.content ?? ''), editable: o.editable === true,
    confirm: String(o.confirmText ?? o.confirmButtonText ?? o.buttonText ?? '确定'), cancel,
  })
  return {
    later: {
      showToast: toast,
      hideToast: () => { dialogs.hide('toast') },
      showLoading: (o) => { dialogs.loading(String(o.title ?? o.content ?? '')) },
      hideLoading: () => { dialogs.hide('loading') },
      async showModal(o) {
        const { confirm, content } = await modal(o, o.showCancel === false ? undefined : String(o.cancelText ?? '取消'))
        return { confirm, cancel: !confirm, ...(o.editable ? { content } : {}) }
      },
      async showActionSheet(o) {
        const index = await dialogs.sheet(String(o.title ?? o.alertText ?? ''), (o.itemList ?? o.items ?? []) as string[])
        if (alipay) return { index }
        if (index < 0) throw new ApiFailure('showActionSheet:fail cancel')
        return { tapIndex: index }
      },
      ...(alipay
        ? {
            confirm: async (o: Bag) => ({ confirm: (await modal(o, String(o.cancelButtonText ?? '取消'))).confirm }),
            alert: async (o: Bag) => { await modal(o, undefined) },
            prompt: async (o: Bag) => { const { confirm, content } = await modal({ ...o, content: o.message, editable: true }, '取消'); return { ok: confirm, inputValue: content } },
          }
        : {}),
    },
  }
}

/** Toasts, loading masks, modals and action sheets: drawn, recorded, and answered by the automator's native calls. */
import type { Host } from './host.ts'
import type { Bag } from './types.ts'

/** What a dialog said, in the order it appeared. */
export interface Said { kind: 'toast' | 'loading' | 'modal' | 'sheet'; title: string; content?: string; items?: string[] }

export interface Dialogs {
  /** Everything shown since the start. */
  readonly history: Said[]
  /** What is on the screen now. */
  open(): Said | undefined
  toast(title: string, ms: number): void
  loading(title: string): void
  hide(kind: 'toast' | 'loading'): void
  /** Resolves with the person's answer. */
  modal(said: { title: string; content: string; confirm: string; cancel: string | undefined; editable: boolean }): Promise<{ confirm: boolean; content: string }>
  /** Resolves with the index chosen, or -1. */
  sheet(title: string, items: string[]): Promise<number>
  /** Answers the open modal or sheet; refuses when none is open. */
  answer(choice: { confirm?: boolean; index?: number; content?: string }): void
}

interface Open { said: Said; element: HTMLElement; answer?: (choice: Bag) => void }

export function createDialogs(host: Host, display: HTMLElement): Dialogs {
  const { window } = host.options.realm
  const { document } = window
  const history: Said[] = []
  const shown = new Map<Said['kind'], Open>()

  const line = (className: string, text: string) => {
    const element = document.createElement('div')
    element.className = className
    element.textContent = text
    return element
  }
  const close = (kind: Said['kind']) => {
    shown.get(kind)?.element.remove()
    shown.delete(kind)
  }
  const show = (said: Said, children: HTMLElement[], answer?: (choice: Bag) => void) => {
    close(said.kind)
    history.push(said)
    const element = line(`host-dialog host-${said.kind}`, '')
    element.append(...children)
    display.append(element)
    shown.set(said.kind, { said, element, answer })
  }

  return {
    history,
    open: () => [...shown.values()].at(-1)?.said,
    toast(title, ms) {
      show({ kind: 'toast', title }, [line('host-toast-text', title)])
      window.setTimeout(() => { if (shown.get('toast')?.said.title === title) close('toast') }, ms)
    },
    loading(title) { show({ kind: 'loading', title }, [line('host-toast-text', title)]) },
    hide: close,
    modal({ title, content, confirm, cancel, editable }) {
      return new Promise((resolve) => {
        const card = line('host-modal-card', '')
        const actions = line('host-modal-actions', '')
        if (cancel !== undefined) actions.append(line('host-modal-cancel', cancel))
        actions.append(line('host-modal-confirm', confirm))
        card.append(line('host-modal-title', title), line(editable ? 'host-modal-input' : 'host-modal-content', content), actions)
        show({ kind: 'modal', title, content }, [card], (choice) => {
          close('modal')
          resolve({ confirm: choice.confirm === true, content: choice.content ?? '' })
        })
      })
    },
    sheet(title, items) {
      return new Promise((resolve) => {
        const card = line('host-sheet-card', '')
        card.append(...(title ? [line('host-sheet-title', title)] : []), ...items.map((item) => line('host-sheet-item', item)), line('host-sheet-item', '取消'))
        show({ kind: 'sheet', title, items }, [card], (choice) => {
          close('sheet')
          resolve(choice.index ?? -1)
        })
      })
    },
    answer(choice) {
      const waiting = [...shown.values()].findLast((open) => open.answer)
      if (!waiting) throw new Error('no modal or action sheet is open')
      waiting.answer!(choice)
    },
  }
}

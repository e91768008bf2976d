/** Vite answers this in tests; the builds do not use it. */
interface ImportMeta {
  glob: (pattern: string) => Record<string, () => Promise<unknown>>
}

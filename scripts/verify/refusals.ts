import type { Check, Tree } from './tree.ts'

/** Where the copy of each face may stand, in a file named after the refusals: the same word elsewhere is copy of something else. The kiosk shows what the phone app's pieces say. */
const faces: Record<string, string[]> = {
  'the phone app': ['miniapp/src/'],
  'the console': ['h5/console/src/'],
  'the kiosk': ['h5/kiosk/src/', 'miniapp/src/']
}

const chineseLetters = /[\u4e00-\u9fff]/

/** The codes of shared/src/refusal.ts: the keys of `refusalStatus`. */
export const refusalCodes = (source: string): string[] => {
  const table = /refusalStatus = \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? ''
  return [...table.matchAll(/^\s*([a-z][a-z_]*):\s*\d{3}/gm)].map(([, code]) => code!)
}

/** What stands behind each key: one text, or the texts of a list or group behind it. */
const textsOf = (source: string): Map<string, string[]> => {
  const texts = new Map<string, string[]>()
  for (const [, key, value] of source.matchAll(/(?<![\w.])['"]?([a-z]+(?:_[a-z]+)*)['"]?\s*:\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`|[[{][^\]}]*[\]}])/g)) {
    const found = [...value!.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
    texts.set(key!, [...(texts.get(key!) ?? []), ...found])
  }
  return texts
}

const copyOf = (tree: Tree, folders: string[]): Map<string, string[]> => {
  const all = new Map<string, string[]>()
  const files = tree.paths.filter(path => folders.some(folder => path.startsWith(folder)) && /refus[^/]*\.(ts|json)$/i.test(path) && !path.endsWith('.test.ts'))
  for (const file of files) for (const [key, texts] of textsOf(tree.read(file))) all.set(key, [...(all.get(key) ?? []), ...texts])
  return all
}

/** Every refusal code has Chinese and English copy on each face. */
export const refusalCopy: Check = {
  name: 'refusals have Chinese and English copy on each face',
  run: tree => {
    const codes = refusalCodes(tree.read('shared/src/refusal.ts'))
    if (codes.length === 0) return ['shared/src/refusal.ts: no codes were found in refusalStatus']
    return Object.entries(faces).flatMap(([face, folders]) => {
      const copy = copyOf(tree, folders)
      return codes.flatMap(code => {
        const texts = (copy.get(code) ?? []).filter(text => text.trim() !== '')
        const missing = [['Chinese', texts.some(text => chineseLetters.test(text))], ['English', texts.some(text => !chineseLetters.test(text))]].filter(([, there]) => !there).map(([language]) => language)
        return missing.length > 0 ? [`${folders[0]}: ${face} has no ${missing.join(' and no ')} copy for the refusal ${code}`] : []
      })
    })
  }
}

import type { Check } from './tree.ts'

interface Entry { license?: string | string[]; dev?: boolean; link?: boolean; version?: string }

/** One of these must be among the choices a package offers. MPL is file-wise and therefore fine. */
const free = /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|WTFPL|Python-2\.0|Zlib|BSD|Apache2)$/

const isFree = (licence: string): boolean =>
  licence.replace(/[()]/g, '').split(/\s+OR\s+|\s*\/\s*/).some(choice => choice.split(/\s+AND\s+/).every(part => free.test(part.trim())))

/** Packages that say their licence in a file instead of the manifest; read by hand. */
const readByHand: Record<string, string> = { 'dom-walk': 'MIT', 'exif-parser': 'MIT', 'qrcode-terminal': 'Apache-2.0' }

/** What is shipped (every package that is not a development tool) is under a permissive licence or MPL. */
export const licences: Check = {
  name: 'licences of shipped packages',
  run: tree => {
    const { packages } = JSON.parse(tree.read('package-lock.json')) as { packages: Record<string, Entry> }
    return Object.entries(packages).flatMap(([place, entry]) => {
      const name = place.split('node_modules/').at(-1)!
      if (!place.includes('node_modules/') || entry.dev || entry.link) return []
      const licence = [entry.license ?? readByHand[name] ?? []].flat().join(' OR ')
      return isFree(licence) ? [] : [`package-lock.json: ${name} ${entry.version ?? ''} has the licence ${licence || 'unknown'}: use another package`]
    })
  }
}

import { importsOf } from './imports.ts'
import { isSource, isTest, linesMatching, type Check } from './tree.ts'

const names = /(^|[^\w.$'"`/@-])(Taro|wx|my)\.[a-zA-Z]/

const comment = /^\s*(\/\/|\*|\/\*)/

/** Only miniapp/src/platform names Taro or a vendor's global; the rest of the faces speaks through it. */
export const platformOnly: Check = {
  name: 'Taro is named in platform/ alone',
  run: tree => tree.paths
    .filter(path => /^(miniapp|h5\/kiosk)\/src\//.test(path) && isSource(path) && !isTest(path) && !/\/src\/platform\//.test(path))
    .flatMap(path => [
      ...importsOf(tree, path).filter(({ specifier, typeOnly }) => specifier === '@tarojs/taro' && !typeOnly).map(() => `${path}: imports @tarojs/taro: put what it needs into miniapp/src/platform`),
      ...linesMatching(tree.read(path), names).filter(({ line }) => !comment.test(line)).map(({ number, line }) => `${path}:${number}: names a platform outside platform/: ${line}`)
    ])
}

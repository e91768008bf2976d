'use strict'
// npm test
require('./bootstrap.cjs').handOver('scripts/test.ts', process.argv.slice(2))

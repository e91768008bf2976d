'use strict'
// npm start
require('./bootstrap.cjs').handOver('scripts/start.ts', process.argv.slice(2))

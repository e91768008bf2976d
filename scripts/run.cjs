'use strict'
// node scripts/run.cjs scripts/<name>.ts …: runs a script of ours with the Node and the packages it needs.
require('./bootstrap.cjs').handOver(process.argv[2], process.argv.slice(3))

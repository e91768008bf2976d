'use strict'
// The first code of every command. It must load on any Node, however old, so that it can at least say what is
// missing: old syntax, no packages. It installs the packages when they are missing or stale, then hands over to
// the Node that came with them.
var fs = require('fs')
var path = require('path')
var crypto = require('crypto')
var childProcess = require('child_process')

var root = path.join(__dirname, '..')
var modules = path.join(root, 'node_modules')
var stampFile = path.join(modules, '.atrium-lock')

/** Ends the command with one plain sentence. */
function giveUp(sentence) {
  process.stderr.write(sentence + '\n')
  process.exit(1)
}

/** True when `version` ("24.1.0") is at least major.minor. */
function atLeast(version, major, minor) {
  var parts = version.split('.').map(Number)
  return parts[0] > major || (parts[0] === major && parts[1] >= minor)
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    return null
  }
}

/** True when what npm says it installed is what the lock asks for. It spares those who ran npm themselves a second install. */
function matchesLock(lock) {
  var installed = readJson(path.join(modules, '.package-lock.json'))
  if (!installed || !lock) return false
  return Object.keys(lock.packages).every(function (place) {
    var wanted = lock.packages[place]
    if (place.indexOf('node_modules/') !== 0) return true
    var found = installed.packages[place]
    if (!found) return Boolean(wanted.optional)
    return Boolean(wanted.link) === Boolean(found.link) && wanted.version === found.version
  })
}

/** True when node_modules is what package-lock.json asks for; remembers the answer in a stamp beside the packages. */
function isInstalled(hash) {
  try {
    if (fs.readFileSync(stampFile, 'utf8') === hash) return true
  } catch (error) {
    // No stamp: never installed, or installed by npm itself.
  }
  if (!matchesLock(readJson(path.join(root, 'package-lock.json')))) return false
  fs.writeFileSync(stampFile, hash)
  return true
}

/** The npm that runs us when there is one, else the npm on the PATH. */
function npmCommand() {
  var own = process.env.npm_execpath
  if (own && /npm-cli\.js$/.test(own)) return [process.execPath, own]
  return process.platform === 'win32' ? ['npm.cmd'] : ['npm']
}

/** Calls `done` once node_modules is what package-lock.json asks for. */
function install(done) {
  var lockFile = path.join(root, 'package-lock.json')
  if (!fs.existsSync(lockFile)) giveUp('package-lock.json is missing: this is not a complete checkout of Atrium.')
  var hash = crypto.createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex')
  if (isInstalled(hash)) return done()

  var started = Date.now()
  var seconds = function () { return Math.round((Date.now() - started) / 1000) + ' s' }
  process.stdout.write('Installing packages (npm ci), about a minute with a warm cache …\n')
  try { fs.unlinkSync(stampFile) } catch (error) { /* there was none */ }
  var ticking = setInterval(function () { process.stdout.write('  still installing, ' + seconds() + '\n') }, 15000)
  var command = npmCommand()
  var child = childProcess.spawn(command[0], command.slice(1).concat(['ci', '--no-audit', '--no-fund', '--loglevel=error']), {
    cwd: root, stdio: 'inherit', shell: process.platform === 'win32'
  })
  child.on('error', function () { giveUp('npm was not found: install Node.js 20 or newer together with npm.') })
  var release = passSignals(child)
  child.on('exit', function (code, signal) {
    clearInterval(ticking)
    release()
    if (signal) return process.exit(130)
    if (code !== 0) giveUp('The packages could not be installed: npm ci failed, its own message stands above. Check the network, then try again.')
    fs.writeFileSync(stampFile, hash)
    process.stdout.write('Packages installed in ' + seconds() + '.\n')
    done()
  })
}

/** The Node that runs Atrium: the one of node_modules where it works, else this one when it is new enough. */
function chooseNode() {
  var own = path.join(modules, '.bin', 'node')
  if (fs.existsSync(own)) {
    var answer = childProcess.spawnSync(own, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    if (answer.status === 0 && atLeast(answer.stdout.trim(), 22, 18)) return own
  }
  if (atLeast(process.versions.node, 22, 18)) return process.execPath
  return giveUp('On this machine Atrium needs Node.js 22.18 or newer, and this is ' + process.versions.node + ': install Node.js 24 and try again.')
}

/** Command line and parent of a process, from /proc; null where there is none. */
function look(pid) {
  try {
    var stat = fs.readFileSync('/proc/' + pid + '/stat', 'utf8')
    return {
      command: fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').split('\0').join(' '),
      parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    }
  } catch (error) {
    return null
  }
}

/** A function that answers true once whoever ran us is gone: our parent, or the npm behind the shell that npm starts us with. */
function watchStarter() {
  var parent = process.ppid
  var shell = look(parent)
  var behind = shell && /^\S*sh -c /.test(shell.command) ? look(shell.parent) : null
  var npm = behind && /npm/.test(behind.command) ? shell.parent : 0
  return function () { return process.ppid !== parent || (npm > 0 && look(parent) !== null && look(parent).parent !== npm) }
}

/** Hands SIGINT, SIGTERM and SIGHUP on to the child; npm passes them to us. Returns how to end that. */
function passSignals(child) {
  var signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  var listeners = signals.map(function (signal) {
    var listener = function () { child.kill(signal) }
    process.on(signal, listener)
    return listener
  })
  // When npm itself is killed nobody passes a signal on.
  var isGone = watchStarter()
  var watching = process.env.npm_lifecycle_event
    ? setInterval(function () { if (isGone()) child.kill('SIGTERM') }, 500)
    : undefined
  if (watching && watching.unref) watching.unref()
  return function () {
    clearInterval(watching)
    signals.forEach(function (signal, index) { process.removeListener(signal, listeners[index]) })
  }
}

/** Runs a script of ours with the right Node in place of this process: same output, same signals, same exit code. */
function handOver(script, args) {
  if (!atLeast(process.versions.node, 20, 0)) {
    giveUp('Atrium needs Node.js 20 or newer to start, and this is ' + process.versions.node + '.')
  }
  install(function () {
    var node = chooseNode()
    var env = Object.assign({}, process.env)
    env.ATRIUM_HANDED_OVER = '1'
    env.PATH = path.join(modules, '.bin') + path.delimiter + (env.PATH || '')
    var child = childProcess.spawn(node, [path.resolve(root, script)].concat(args), { cwd: root, env: env, stdio: 'inherit' })
    var release = passSignals(child)
    child.on('exit', function (code, signal) {
      release()
      if (signal) process.kill(process.pid, signal)
      else process.exit(code)
    })
  })
}

module.exports = { atLeast: atLeast, handOver: handOver, matchesLock: matchesLock }

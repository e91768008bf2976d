/**
 * How the BFF is told to keep its heap: about 40 MB of it live, the rest is room to work. Left alone, V8 takes several hundred MB on a large machine before it
 * collects (docs/benchmarks.md). The unit of deploy/ says the same. The worker is not held to it: an export of many rows is built in memory.
 */
export const bffHeap = '--max-semi-space-size=8 --max-old-space-size=128'

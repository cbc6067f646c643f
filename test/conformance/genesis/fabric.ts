import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Context } from 'mocha';

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const bin = process.env['YICI_FABRIC_BIN'] ?? join(cache, 'yici', 'fabric', '3.1.5', 'bin');

/** One of Fabric's own binaries. */
export function fabricTool(name: string): string {
  return join(bin, name);
}

/** Leaves a suite out where the binaries are not, and fails it instead when YICI_REQUIRE_FABRIC=1. */
export function needsFabric(context: Context, ...names: string[]): void {
  if (names.every((name) => existsSync(fabricTool(name)))) return;
  if (process.env['YICI_REQUIRE_FABRIC'] === '1') expect.fail(`no Fabric binaries in ${bin}`);
  context.skip();
}

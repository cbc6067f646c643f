import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { findFabric, type FabricTool } from '@yici/network/testing';
import { expect } from 'chai';
import type { Context } from 'mocha';

/** YICI_FABRIC_BIN names another folder of binaries than the one that `yici-network fabric install` fills. */
const lookup = { binDir: process.env['YICI_FABRIC_BIN'] };

/** One of Fabric's own binaries; its bare name where they are not installed. */
export function fabricTool(name: FabricTool): string {
  return findFabric(lookup)?.bin(name) ?? name;
}

/** Leaves a suite out, by name, where the binaries are not, and fails it instead when YICI_REQUIRE_FABRIC=1. */
export function needsFabric(context: Context, ...tools: FabricTool[]): void {
  const found = findFabric(lookup);
  if (found !== undefined && tools.every((tool) => existsSync(found.bin(tool)))) return;
  if (process.env['YICI_REQUIRE_FABRIC'] === '1') {
    expect.fail('There are no Fabric binaries, and YICI_REQUIRE_FABRIC=1 asks for them.');
  }
  context.skip();
}

/** The programs of another release of Fabric, beside ours in the cache; leaves a test out, by name, where they are not. */
export function needsRelease(context: Context, version: string): string {
  const found = findFabric({ version });
  return found === undefined ? context.skip() : dirname(found.bin('peer'));
}

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { openDataset } from '../../integration/gateway/support/story.js';
import { readApiKeys, startGateway, stopGateway } from './gateway-process.js';
import { load, uniqueMark, type LoadResult } from './load.js';

/** An account whose key the gateway keeps, with the files of a department's user. */
export interface CustodialFiles {
  readonly account: string;
  readonly mspId: string;
  readonly certificate: string;
  readonly key: string;
}

const body = JSON.stringify(openDataset(`D${uniqueMark}`, 'present'));
const settingsSchema = z.looseObject({});

/** A gateway in a process of its own over a peer of real Fabric, writing for one account. */
export class GatewayDoor {
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #token: string;

  private constructor(child: ChildProcess, url: string, token: string) {
    this.#child = child;
    this.#url = url;
    this.#token = token;
  }

  /** Over the network of a data folder, as the folder's own `gateway.yaml` says, with one account. */
  static async open(state: string, account: CustodialFiles): Promise<GatewayDoor> {
    const given: unknown = parse(readFileSync(join(state, 'gateway.yaml'), 'utf8'));
    const settings = {
      ...settingsSchema.parse(given),
      custodial: [account],
      // The limiter counts as always and never refuses.
      limits: { requestsPerMinute: 1_000_000_000, loginsPerMinute: 1_000_000_000 },
    };
    const file = join(state, 'bench-gateway.yaml');
    writeFileSync(file, stringify(settings), { mode: 0o600 });
    const { child, ready } = await startGateway(['--config', file, '--log-level', 'warn']);
    const token = (await readApiKeys(state))[account.account];
    assert.ok(token !== undefined);
    return new GatewayDoor(child, ready.url, token);
  }

  /** Writes catalogue entries over HTTP; every one must be committed as valid. */
  async send(connections: number, amount: number): Promise<LoadResult> {
    const given = { url: this.#url, path: '/v1/datasets', token: this.#token, bodies: [body] };
    const result = await load({ ...given, connections, amount });
    const { failed, errors, refusal } = result;
    assert.ok(failed + errors === 0, `${failed} failed, ${errors} broke off: ${refusal ?? ''}`);
    return result;
  }

  close(): Promise<void> {
    return stopGateway(this.#child);
  }
}

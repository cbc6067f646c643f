import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validationCode } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  departmentPaths,
  openChannelLedger,
  orderingDepartments,
  readTopology,
  type ChannelLedger,
  type ChannelLedgerOptions,
  type Topology,
} from '@yici/network/testing';
import { CaseTraffic, peersOf, signatory, type Signatory } from './case-traffic.js';
import { inFlight } from './in-flight.js';
import { load } from './load.js';
import { filingFor, seed } from './seed.js';
import { newestCall } from './specimen.js';
import type { Stack } from './stack.js';

const BATCH = 2000;

/** A stopped stack's ledger, opened in this process. */
export class LongChain {
  readonly stack: Stack;
  readonly topology: Topology;
  readonly peers: ReadonlyMap<string, Signatory>;

  private constructor(stack: Stack) {
    this.stack = stack;
    this.topology = readTopology(join(stack.state, 'topology.yaml'));
    this.peers = peersOf(this.topology, stack.state);
  }

  /** Files one case through the whole stack, stops it and puts `transactions` more of the kind on its ledger. */
  static async grow(stack: Stack, transactions: number): Promise<LongChain> {
    const [taskCode = ''] = await seed(stack, 1);
    await load({
      url: stack.url,
      path: '/v1/cases',
      token: (await stack.apiKeys())['hrss.service1'] ?? '',
      bodies: [JSON.stringify(filingFor(taskCode))],
      connections: 1,
      amount: 1,
    });
    await stack.stop();
    const chain = new LongChain(stack);
    await chain.#add(transactions);
    return chain;
  }

  user(name: string): Signatory {
    const department = this.topology.departments.find(({ users }) =>
      users.some((user) => user.name === name),
    );
    assert.ok(department !== undefined);
    const { id, mspId } = department;
    return signatory(mspId, departmentPaths(this.stack.state, id).user(name).msp);
  }

  open(options: Partial<ChannelLedgerOptions> = {}): Promise<ChannelLedger> {
    const folder = dataFolder(this.stack.state);
    const [orderer] = orderingDepartments(this.topology);
    assert.ok(orderer !== undefined);
    return openChannelLedger({
      directory: folder.embedded,
      channel: this.topology.channel,
      genesisBlock: readFileSync(folder.genesis),
      orderer: signatory(orderer.mspId, departmentPaths(this.stack.state, orderer.id).orderer.msp),
      ...options,
    });
  }

  async #add(transactions: number): Promise<void> {
    const specimen = await newestCall(this.stack, 'case:submit');
    const traffic = new CaseTraffic(specimen, this.user('hrss.service1'), this.peers.values());
    const ledger = await this.open();
    try {
      for (let left = transactions; left > 0; left -= BATCH) {
        const length = Math.min(left, BATCH);
        const envelopes = Array.from({ length }, () => traffic.next());
        const results = await inFlight(envelopes, BATCH, (envelope) => ledger.order(envelope));
        assert.ok(results.every(({ code }) => code === validationCode.VALID));
      }
    } finally {
      await ledger.close();
    }
  }
}

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  departmentPaths,
  findFabric,
  openFabricNetwork,
  TransactionClient,
  type FabricNetwork,
  type TopologyInput,
} from '@yici/network/testing';
import { parse } from 'yaml';
import { z } from 'zod';
import { nativeMsp, nativeTopology } from '../../support/fabric-network.js';
import { fabricTool } from '../../support/fabric.js';
import type { BareClientOptions } from './bare-client.js';
import type { CustodialFiles } from './gateway-door.js';
import type { Report } from './report.js';

/** The department whose peer takes the load, and the users it takes it for. */
export const department = 'data';
export const writer = `${department}.clerk1`;

/** Whether Fabric's binaries are here; says so where they are not. */
export function hasFabric(report: Report, what: string): boolean {
  const found = findFabric({ binDir: process.env['YICI_FABRIC_BIN'] }) !== undefined;
  if (!found) {
    assert.ok(process.env['YICI_REQUIRE_FABRIC'] !== '1', 'there are no Fabric binaries');
    report.line(`left out, no Fabric binaries (yici-network fabric install): ${what}`);
  }
  return found;
}

/** Before it can write anything. */
const registration = [
  'department:register',
  JSON.stringify({
    id: department,
    name: { zh: '数据局', en: 'Data Bureau' },
    level: 'city',
    regionCode: '331100',
  }),
];

/** Four departments on real peers and SmartBFT orderers of their own, the Data Bureau registered. */
export class FabricStand {
  readonly directory: string;
  readonly network: FabricNetwork;

  private constructor(directory: string, network: FabricNetwork) {
    this.directory = directory;
    this.network = network;
  }

  /** With our settings, or with those of Fabric's release on nodes and channel alike. */
  static async open(settings: 'tuned' | 'sample'): Promise<FabricStand> {
    const directory = mkdtempSync(join(tmpdir(), 'yici-bench-fabric-'));
    const topology = topologyFor(settings);
    const binDir = process.env['YICI_FABRIC_BIN'];
    const network = await openFabricNetwork({ directory, topology, binDir, settings });
    const stand = new FabricStand(directory, network);
    const identity = await network.identity(`${department}.head1`);
    const gateway = network.peer(identity.mspId);
    const { channel } = network;
    const client = new TransactionClient({ channel, gateway, identity, now: () => new Date() });
    await client.submit({ chaincode: 'yici', args: registration.map((arg) => Buffer.from(arg)) });
    return stand;
  }

  /** Fabric's own client as the writer, at its department's peer. */
  async clientOptions(): Promise<BareClientOptions> {
    const { mspId, certificatePem, keyPem } = await this.network.identity(writer);
    const endpoint = this.network.endpoint(mspId);
    return {
      ...{
        address: endpoint.address,
        tlsHostname: endpoint.tlsHostname,
        tlsRoot: endpoint.tlsRoot,
        ...(endpoint.tlsClient === undefined ? {} : { tlsClient: endpoint.tlsClient }),
      },
      ...{ mspId, certificatePem, keyPem, channel: this.network.channel, client: 'node' },
    };
  }

  /** The same writer for a gateway that keeps its key. */
  writerFiles(): CustodialFiles {
    const { certificate, key } = departmentPaths(this.directory, department).user(writer).msp;
    return { account: writer, mspId: nativeMsp[department], certificate, key };
  }

  async close(): Promise<void> {
    await this.network.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function topologyFor(settings: 'tuned' | 'sample'): TopologyInput {
  const { departments, ...rest } = nativeTopology(
    settings === 'tuned' ? { channel: 'tuned' } : { channel: 'sample', ...sampleOrdering() },
  );
  return {
    ...rest,
    departments: departments.map((each) =>
      each.id === department
        ? { ...each, users: [...(each.users ?? []), { name: 'data.gateway', role: 'gateway' }] }
        : each,
    ),
  };
}

const duration = z.string();
const sampleSchema = z.object({
  Orderer: z.object({ BatchSize: z.object({ MaxMessageCount: z.number() }) }),
});
const smartBft = z.object({
  RequestBatchMaxInterval: duration,
  RequestForwardTimeout: duration,
  RequestComplainTimeout: duration,
  ViewChangeResendInterval: duration,
  ViewChangeTimeout: duration,
  LeaderHeartbeatTimeout: duration,
  CollectTimeout: duration,
  IncomingMessageBufferSize: z.number(),
  RequestPoolSize: z.number(),
  LeaderHeartbeatCount: z.number(),
});

/**
 * The ordering of the release's configtx.yaml. SmartBFT reads RequestBatchMaxInterval where Raft reads BatchTimeout (2 s
 * there), and the topology has one field for both: what counts here is the former.
 */
function sampleOrdering(): Pick<TopologyInput, 'batch' | 'bft'> {
  const file = join(dirname(dirname(fabricTool('peer'))), 'config', 'configtx.yaml');
  const text = readFileSync(file, 'utf8');
  const sample: unknown = parse(text, { merge: true });
  const { Orderer } = sampleSchema.parse(sample);
  const options = smartBft.parse(findKey(sample, 'SmartBFT'));
  return {
    batch: {
      maxMessages: Orderer.BatchSize.MaxMessageCount,
      timeout: options.RequestBatchMaxInterval,
    },
    bft: {
      requestPoolSize: options.RequestPoolSize,
      incomingMessageBufferSize: options.IncomingMessageBufferSize,
      requestForwardTimeout: plain(options.RequestForwardTimeout),
      requestComplainTimeout: plain(options.RequestComplainTimeout),
      viewChangeResendInterval: plain(options.ViewChangeResendInterval),
      viewChangeTimeout: plain(options.ViewChangeTimeout),
      leaderHeartbeatTimeout: plain(options.LeaderHeartbeatTimeout),
      leaderHeartbeatCount: options.LeaderHeartbeatCount,
      collectTimeout: plain(options.CollectTimeout),
    },
  };
}

/** `1m0s` as `1m`. */
const plain = (text: string): string => text.replace(/(?<=m)0s$/, '');

function findKey(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: [string, unknown][] = Object.entries(value);
  const own = entries.find(([name]) => name === key);
  if (own !== undefined) return own[1];
  for (const [, inner] of entries) {
    const found = findKey(inner, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

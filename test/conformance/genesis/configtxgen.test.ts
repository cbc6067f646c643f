import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import {
  encodeGenesis,
  ensurePki,
  parseTopology,
  readMaterial,
  type Topology,
} from '@yici/network/testing';
import { configtxYaml } from './configtx.js';
import { fabricTool, needsFabric } from './fabric.js';

describe("the genesis block beside Fabric's configtxgen", function () {
  let directory = '';

  before(function () {
    needsFabric(this, 'configtxgen', 'configtxlator');
    directory = mkdtempSync(join(tmpdir(), 'yici-genesis-'));
  });

  after(() => {
    if (directory !== '') rmSync(directory, { recursive: true, force: true });
  });

  for (const ordering of ['bft', 'raft'] as const) {
    it(`holds, field by field, what configtxgen makes of the same topology (${ordering})`, () => {
      const topology = departmentsOf(ordering);
      const folder = join(directory, ordering);
      ensurePki(topology, folder, new Date());
      const ours = join(folder, 'ours.block');
      writeFileSync(ours, encode(topology, folder));
      writeFileSync(join(folder, 'configtx.yaml'), configtxYaml(topology, folder));
      const theirs = join(folder, 'theirs.block');
      configtxgen(
        folder,
        '-profile',
        'Channel',
        '-channelID',
        topology.channel,
        '-outputBlock',
        theirs,
      );

      expect(comparable(decode(ours))).to.deep.equal(comparable(decode(theirs)));
    });

    it(`is read by configtxgen -inspectBlock (${ordering})`, () => {
      const folder = join(directory, ordering);
      const text = configtxgen(folder, '-inspectBlock', join(folder, 'ours.block'));
      expect(text).to.contain(ordering === 'bft' ? '"BFT"' : '"etcdraft"');
    });
  }
});

function departmentsOf(ordering: 'bft' | 'raft'): Topology {
  return parseTopology({
    version: 1,
    channel: 'conformance',
    engine: 'fabric',
    ordering,
    departments: ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({
      id,
      mspId: `${id.toUpperCase()}MSP`,
      name: { zh: '甲', en: id },
      level: 'city',
      regionCode: '331100',
      ports: { peer: 7051 + index, orderer: 6051 + index },
      orderer: id !== 'e',
    })),
  });
}

function encode(topology: Topology, folder: string): Uint8Array {
  return encodeGenesis({
    topology,
    material: readMaterial(topology, folder),
  });
}

function configtxgen(folder: string, ...args: string[]): string {
  return execFileSync(fabricTool('configtxgen'), args, {
    env: { ...process.env, FABRIC_CFG_PATH: folder },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const decodedBlock = z.object({
  header: z.object({ number: z.string(), previous_hash: z.unknown() }),
  metadata: z.unknown(),
  data: z.object({
    data: z.array(
      z.object({
        payload: z.object({
          data: z.unknown(),
          header: z.object({ channel_header: z.record(z.string(), z.unknown()) }),
        }),
      }),
    ),
  }),
});
type DecodedBlock = z.output<typeof decodedBlock>;

function decode(file: string): DecodedBlock {
  const output = `${file}.json`;
  execFileSync(fabricTool('configtxlator'), [
    ...['proto_decode', '--type', 'common.Block', '--input', file],
    ...['--output', output],
  ]);
  return decodedBlock.parse(JSON.parse(readFileSync(output, 'utf8')));
}

/** Everything but what is random in configtxgen's block: time, nonce and the transaction id made of it. */
function comparable({ header, metadata, data }: DecodedBlock) {
  const [envelope] = data.data;
  const { timestamp, tx_id, ...channelHeader } = envelope!.payload.header.channel_header;
  expect(timestamp).to.be.a('string');
  expect(tx_id).to.match(/^[0-9a-f]{64}$/);
  return {
    number: header.number,
    previousHash: header.previous_hash,
    metadata,
    channelHeader,
    config: envelope!.payload.data,
    envelopes: data.data.length,
  };
}

import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildEnvelope,
  blockMetadataIndex,
  computeUpdate,
  encodeChannelHeader,
  encodeConfigUpdate,
  encodeConfigUpdateEnvelope,
  encodePayload,
  encodeSignatureHeader,
  headerType,
  metadataAt,
  parseBlock,
  parseEnvelope,
  WireWriter,
  type ConfigGroup,
} from '@yici/ledger';
import { decodeLastConfig, configSignatureMessage, WireReader } from '@yici/ledger/testing';
import { NetworkError, type ChannelLedger } from '@yici/network/testing';
import { expect } from 'chai';
import { failureOf } from './support/expectations.js';
import { define, makeLab, put, write, type Lab, type Signatory } from './support/lab.js';

describe('ordering', () => {
  let lab: Lab;
  let stranger: Lab;
  let ledger: ChannelLedger;

  before(async () => {
    [lab, stranger] = await Promise.all([makeLab(), makeLab()]);
    ledger = await lab.open();
    await ledger.order(define(lab));
  });

  after(async () => {
    await ledger.close();
    await Promise.all([lab.remove(), stranger.remove()]);
  });

  const refusals: readonly [string, number, () => Uint8Array][] = [
    ['bytes that are no envelope', 400, () => Buffer.from('not an envelope')],
    ['an empty envelope', 400, () => new Uint8Array(0)],
    [
      'an envelope larger than AbsoluteMaxBytes',
      400,
      () => signed(lab.clerk, { data: Buffer.alloc(10_485_760) }),
    ],
    ['an envelope for another channel', 404, () => signed(lab.clerk, { channel: 'elsewhere' })],
    [
      'a config transaction that comes ready-made',
      400,
      () => signed(lab.clerk, { type: headerType.config }),
    ],
    ['a creator of no organisation of the channel', 403, () => signed(stranger.clerk, {})],
    [
      'a signature by another key',
      403,
      () => signed({ ...lab.clerk, sign: stranger.clerk.sign }, {}),
    ],
    [
      'a payload that was changed after signing',
      403,
      () => tampered(write(lab, [put('t', '1')]).envelope),
    ],
  ];

  for (const [what, status, make] of refusals) {
    it(`refuses ${what}, and nothing is written`, async () => {
      const { height } = ledger;
      const error = await failureOf(ledger.order(make()));
      expect(error).to.be.instanceOf(NetworkError);
      expect(error).to.have.property('code', 'ORDERER_REFUSED');
      expect(error).to.have.nested.property('details.status', status);
      expect(ledger.height).to.equal(height);
    });
  }

  it('refuses a creator whose certificate has expired', async () => {
    await ledger.close();
    const later = () => new Date(Date.now() + 100 * 365 * 86_400_000);
    ledger = await lab.open({}, { clock: later });
    const error = await failureOf(ledger.order(write(lab, [put('t', '1')]).envelope));
    expect(error).to.have.property('code', 'ORDERER_REFUSED');
    expect(error).to.have.nested.property('details.notAfter');
    await ledger.close();
    ledger = await lab.open();
  });

  it('makes a config block of its own out of an update that a majority of administrators signed', async () => {
    const update = maxMessages(ledger, 7);
    const { block, code } = await ledger.order(configUpdate(lab, update, lab.admins.slice(0, 2)));
    expect(code).to.equal(0);
    expect(ledger.config().sequence).to.equal(1n);
    expect(ledger.config().orderer?.batch.maxMessageCount).to.equal(7);
    const config = parseBlock((await ledger.blockByNumber(block))!);
    expect(config.envelopes).to.have.length(1);
    expect(parseEnvelope(config.envelopes[0]!).signatureHeader.creator).to.deep.equal(
      lab.orderer.identity,
    );
    expect(lastConfigOf(config.metadata)).to.equal(block);

    const results = await Promise.all(
      Array.from({ length: 30 }, (_, i) => ledger.order(write(lab, [put(`m${i}`, 'x')]).envelope)),
    );
    const sizes = new Map<bigint, number>();
    for (const result of results) sizes.set(result.block, (sizes.get(result.block) ?? 0) + 1);
    expect(Math.max(...sizes.values())).to.be.at.most(7);
    const newest = parseBlock((await ledger.blockByNumber(ledger.height - 1n))!);
    expect(lastConfigOf(newest.metadata)).to.equal(block);

    await ledger.close();
    ledger = await lab.open();
    expect(ledger.config().orderer?.batch.maxMessageCount).to.equal(7);
  });

  it('refuses an update that too few administrators signed, or that was made for an earlier config', async () => {
    const update = maxMessages(ledger, 9);
    const alone = await failureOf(ledger.order(configUpdate(lab, update, lab.admins.slice(1, 2))));
    expect(alone).to.have.property('code', 'ORDERER_REFUSED');
    await ledger.order(configUpdate(lab, update, lab.admins));
    const again = await failureOf(ledger.order(configUpdate(lab, update, lab.admins)));
    expect(again).to.have.property('code', 'ORDERER_REFUSED');
    expect(ledger.config().orderer?.batch.maxMessageCount).to.equal(9);
  });

  it('looks again at what waits when the config changes before its block', async () => {
    const update = configUpdate(lab, maxMessages(ledger, 11), lab.admins);
    const outcomes = await Promise.all([
      ledger.order(write(lab, [put('x1', '1')]).envelope),
      ledger.order(update),
      ledger.order(write(lab, [put('x2', '1')]).envelope),
      ledger.order(write(lab, [put('x3', '1')]).envelope),
    ]);
    expect(outcomes.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
  });

  it('judges each of a crowd by the bytes it came with, whatever becomes of them afterwards', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const { envelope } = write(lab, [put(`crowd${i}`, 'x')]);
        const ordered = ledger.order(envelope);
        envelope.fill(0);
        return ordered;
      }),
    );
    expect(new Set(outcomes.map(({ code }) => code))).to.deep.equal(new Set([0]));
    for (const { txId } of outcomes) {
      expect((await ledger.transaction(txId))?.envelope.some((byte) => byte !== 0)).to.equal(true);
    }
  });

  it('answers ORDERER_BUSY when more waits than it keeps, and goes on afterwards', async () => {
    const crowd = Array.from({ length: 20_001 }, () => failureOf(ledger.order(Buffer.from('x'))));
    const errors = await Promise.all(crowd);
    expect(errors.at(-1)).to.have.property('code', 'ORDERER_BUSY');
    expect(errors[0]).to.have.property('code', 'ORDERER_REFUSED');
    expect((await ledger.order(write(lab, [put('calm', '1')]).envelope)).code).to.equal(0);
  });

  it('takes nothing more once a block could not be written, and recovers when opened anew', async () => {
    await ledger.close();
    ledger = await lab.open({ segmentBytes: 1024 });
    await ledger.order(write(lab, [put('f', '1')]).envelope);
    const names = await readdir(join(lab.directory, 'embedded', 'blocks'));
    const inTheWay = `${String(names.length + 1).padStart(6, '0')}.seg`;
    await writeFile(join(lab.directory, 'embedded', 'blocks', inTheWay), '');
    const { height } = ledger;
    const failing = write(lab, [put('f', '2')]).envelope;
    expect(await failureOf(ledger.order(failing))).to.have.property('code', 'LEDGER_FAILED');
    expect(await failureOf(ledger.order(failing))).to.have.property('code', 'LEDGER_FAILED');
    await ledger.close();
    ledger = await lab.open();
    expect(ledger.height).to.equal(height);
    expect((await ledger.order(failing)).code).to.equal(0);
  });

  it('answers what waits with CLOSED when the ledger closes, and with a result what was written', async () => {
    const waiting = Array.from({ length: 50 }, (_, i) =>
      ledger.order(write(lab, [put(`c${i}`, 'x')]).envelope).then(
        ({ block }) => block,
        (error: unknown) => error,
      ),
    );
    await new Promise(setImmediate);
    await ledger.close();
    const outcomes = await Promise.all(waiting);
    ledger = await lab.open();
    for (const outcome of outcomes) {
      if (typeof outcome === 'bigint') expect(outcome < ledger.height).to.equal(true);
      else expect(outcome).to.have.property('code', 'CLOSED');
    }
  });
});

interface EnvelopeInput {
  readonly channel?: string;
  readonly type?: number;
  readonly data?: Uint8Array;
}

function signed(creator: Signatory, input: EnvelopeInput): Uint8Array {
  const channelHeader = encodeChannelHeader({
    type: input.type ?? headerType.endorserTransaction,
    channelId: input.channel ?? 'lab',
  });
  const signatureHeader = encodeSignatureHeader({
    creator: creator.identity,
    nonce: randomBytes(24),
  });
  const payload = encodePayload({ channelHeader, signatureHeader }, input.data ?? Buffer.from('x'));
  return buildEnvelope(payload, creator.sign(payload));
}

function tampered(envelope: Uint8Array): Uint8Array {
  const { payload, signature } = parseEnvelope(envelope);
  const changed = Buffer.from(payload);
  changed[changed.length - 200]! ^= 1;
  return buildEnvelope(changed, signature);
}

/** An update of /Channel/Orderer/BatchSize. */
function maxMessages(ledger: ChannelLedger, count: number): Uint8Array {
  const { tree, channelId } = ledger.config();
  const orderer = tree.groups.get('Orderer')!;
  const size = orderer.values.get('BatchSize')!;
  const value = new WireWriter()
    .varint(1, count)
    .varint(2, 10_485_760)
    .varint(3, 2_097_152)
    .finish();
  const changed: ConfigGroup = {
    ...orderer,
    values: new Map([...orderer.values, ['BatchSize', { ...size, value }]]),
  };
  const next = { ...tree, groups: new Map([...tree.groups, ['Orderer', changed]]) };
  return encodeConfigUpdate(computeUpdate(tree, next, channelId)!);
}

function configUpdate(lab: Lab, update: Uint8Array, admins: readonly Signatory[]): Uint8Array {
  const signatures = admins.map((admin) => {
    const signatureHeader = encodeSignatureHeader({
      creator: admin.identity,
      nonce: randomBytes(24),
    });
    return {
      signatureHeader,
      signature: admin.sign(configSignatureMessage(signatureHeader, update)),
    };
  });
  const data = encodeConfigUpdateEnvelope({ configUpdate: update, signatures });
  return signed(lab.admins[0]!, { type: headerType.configUpdate, data });
}

function lastConfigOf(metadata: readonly Uint8Array[]): bigint {
  const reader = new WireReader(
    metadataAt({ metadata }, blockMetadataIndex.lastConfig),
    'common.Metadata',
  );
  reader.next();
  return decodeLastConfig(reader.bytes());
}

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { common, gateway as messages } from '@hyperledger/fabric-protos';
import type { ClientError } from '@yici/client';
import {
  buildProposal,
  buildTransactionPayload,
  decodePayload,
  encodeIdentity,
  outlineOf,
  type ParsedBlock,
  type ParsedTransaction,
  parseTransaction,
  transactionsFilter,
  validationCode,
} from '@yici/ledger';
import { expect } from 'chai';
import { base64 } from '../integration/gateway/support/api.js';
import { filing } from '../integration/gateway/support/story.js';
import { openLiedTo, shownAs, type LiedTo } from '../support/gateway/lied-to.js';
import type { Lie } from '../support/gateway/lying-gateway.js';

const conflict = { number: validationCode.MVCC_READ_CONFLICT, name: 'MVCC_READ_CONFLICT' };

/** Says of what is committed that it was in conflict. */
const inConflict: Lie = ({ path, answer }) =>
  path.includes('?wait') && answer['state'] === 'committed'
    ? { ...answer, state: 'invalid', code: conflict, retry: true, result: undefined }
    : undefined;

describe('attack 8: one command, asked for or handed over twice', function () {
  this.timeout(180_000);
  let stand: LiedTo;

  before(async () => {
    stand = await openLiedTo();
  });

  after(() => stand.close());

  const cut: Lie = () => {
    throw new TypeError('the line is cut');
  };
  const again = (idempotencyKey: string) =>
    stand.client.execute('case.submit', filing, { idempotencyKey, waitSeconds: 20 });
  const cutAt = async (idempotencyKey: string, end: string): Promise<void> => {
    stand.liar.lie((exchange) => (exchange.path.includes(end) ? cut(exchange) : undefined));
    const failed = await again(idempotencyKey).catch((error: unknown) => error as ClientError);
    expect(failed).to.have.property(
      'code',
      end === '/receipt' ? 'COMMIT_UNKNOWN' : 'GATEWAY_UNREACHABLE',
    );
  };

  for (const [end, signed] of [
    ['/v1/cases', ['endorse', 'submit']],
    ['/endorse', ['submit']],
    ['/submit', []],
    ['?wait', []],
    ['/receipt', []],
  ] as const) {
    it(`goes on where the answer of ${end} was lost, and stays one filing`, async () => {
      const before = await stand.casesOnLedger();
      const key = `cut-at-${end.replace(/\W/g, '')}`;
      await cutAt(key, end);
      stand.liar.lie(undefined);
      const done = await again(key);
      expect(done.verified).to.equal(true);
      const steps = stand.liar.seen.flatMap(
        ({ path }) => /\/(endorse|submit)$/.exec(path)?.[1] ?? [],
      );
      expect(steps).to.deep.equal([...signed]);
      expect(await stand.casesOnLedger()).to.equal(before + 1);
    });
  }

  it('is refused a transaction of another command, or of none that is endorsed enough', async () => {
    const strangers: Readonly<Record<string, () => Promise<Uint8Array>>> = {
      input: async () => {
        const other = { ...filing, form: { ...filing.form, digest: 'ab'.repeat(32) } };
        const proposed = await stand.world.api.post('data.clerk1', '/v1/cases', other);
        return (await stand.world.api.step('data.clerk1', proposed, 'endorse')).toSign;
      },
      creator: async () => {
        const proposed = await stand.world.api.post('data.head1', '/v1/cases', filing);
        return (await stand.world.api.step('data.head1', proposed, 'endorse')).toSign;
      },
      endorsements: async () => {
        const whole = await endorsedByStranger();
        const { responsePayload, endorsements } = parsePayload(whole);
        const { bytes: proposalBytes } = buildProposal({
          ...{ channel: stand.world.network.channel, chaincode: 'yici' },
          ...{ creator: await creatorOf('data.clerk1'), nonce: randomBytes(24) },
          args: parsePayload(whole).args,
          timestamp: new Date(),
        });
        return buildTransactionPayload({ proposalBytes, responsePayload, endorsements });
      },
    };
    for (const [what, stranger] of Object.entries(strangers)) {
      const other = await stranger();
      await cutAt(`refused-${what}`, '/endorse');
      stand.liar.lie(({ method, path, answer }) =>
        method === 'POST' && path === '/v1/cases'
          ? { ...answer, sign: { kind: 'transaction', bytes: base64(other), digest: '' } }
          : undefined,
      );
      const refused = await again(`refused-${what}`).catch((error: unknown) => error);
      expect(refused, what).to.have.property('code', 'TRANSACTION_NOT_AS_PROPOSED');
      expect((refused as ClientError).details['differs'], what).to.include(
        what === 'endorsements' ? 'proposal' : what,
      );
    }
  });

  it('refuses a retry for what is on the ledger and was handed over once more', async () => {
    const before = await stand.casesOnLedger();
    let again: Promise<ParsedBlock> | undefined;
    const { code, message, signed } = await stand.filed(async (exchange) => {
      const { path, answer } = exchange;
      if (path.includes('?wait') && answer['state'] === 'committed') {
        again ??= handedOverAgain(String(answer['txId']));
        await again;
      }
      if (again === undefined || !path.includes('/receipt')) return inConflict(exchange);
      const copy = await again;
      const all = await stand.blocks();
      return {
        ...answer,
        block: shownAs(copy, conflict.number).block,
        before: all.slice(-17, -1).map((block) => shownAs(block)),
      };
    });
    expect(await stand.casesOnLedger()).to.equal(before + 1);
    expect(code, message).to.equal('RETRY_UNPROVEN');
    expect(signed).to.deep.equal(['endorse', 'submit']);
  });

  /** Hands a committed envelope to the orderer again; gives the block that holds the copy. */
  async function handedOverAgain(txId: string): Promise<ParsedBlock> {
    const { world } = stand;
    const held = (await stand.blocks())
      .at(-1)
      ?.envelopes.find((each) => outlineOf(each).txId === txId);
    const height = Number(world.network.height());
    const request = new messages.SubmitRequest();
    request.setChannelId(world.network.channel);
    request.setTransactionId(txId);
    request.setPreparedTransaction(common.Envelope.deserializeBinary(held ?? new Uint8Array()));
    await world.peer.submit(request.serializeBinary());
    while (Number(world.network.height()) === height) await pause(20);
    const copy = (await stand.blocks()).at(-1);
    expect(copy && [...(transactionsFilter(copy) ?? [])]).to.deep.equal([
      validationCode.DUPLICATE_TXID,
    ]);
    return copy!;
  }

  async function creatorOf(user: string): Promise<Uint8Array> {
    const { mspId, certificatePem } = await stand.world.network.identity(user);
    return encodeIdentity(mspId, certificatePem);
  }

  /** A transaction of the client's own that was never proposed to it: the gateway made the proposal with the user's name. */
  async function endorsedByStranger(): Promise<Uint8Array> {
    const proposed = await stand.world.api.post('data.clerk1', '/v1/cases', filing);
    return (await stand.world.api.step('data.clerk1', proposed, 'endorse')).toSign;
  }
});

const parsePayload = (payload: Uint8Array): ParsedTransaction =>
  parseTransaction(decodePayload(payload).data);

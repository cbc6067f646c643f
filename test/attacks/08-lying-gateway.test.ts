import { randomBytes } from 'node:crypto';
import { type ClientError, createPemSigner } from '@yici/client';
import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  decodePayload,
  decodeTxRwSet,
  encodeIdentity,
  encodeTxRwSet,
  type Endorsement,
  type ParsedTransaction,
  parseTransaction,
  transactionsFilter,
  validationCode,
  withTransactionsFilter,
} from '@yici/ledger';
import { expect } from 'chai';
import { base64 } from '../integration/gateway/support/api.js';
import { filing, taskCode } from '../integration/gateway/support/story.js';
import { openLiedTo, receiptOf, type LiedTo, type Outcome } from '../support/gateway/lied-to.js';
import type { Lie } from '../support/gateway/lying-gateway.js';

const conflict = { number: validationCode.MVCC_READ_CONFLICT, name: 'MVCC_READ_CONFLICT' };
const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');

describe('attack 8: a gateway that lies to whoever signs', function () {
  this.timeout(180_000);
  let stand: LiedTo;

  before(async () => {
    stand = await openLiedTo();
  });

  after(() => stand.close());

  /** The transaction that is to be signed, as the gateway altered it. */
  const altered =
    (alter: (transaction: ParsedTransaction, proposal: Uint8Array) => Parts): Lie =>
    ({ path, answer }) => {
      if (!path.endsWith('/endorse')) return undefined;
      const { sign } = answer as { sign: { bytes: string } };
      const first = stand.liar.seen.find((each) => each.answer['state'] === 'proposed');
      const proposal = bytes((first?.answer['sign'] as { bytes: string }).bytes);
      const whole = parsePayload(bytes(sign.bytes));
      const parts = alter(whole, proposal);
      const payload = buildTransactionPayload({
        proposalBytes: parts.proposalBytes ?? proposal,
        responsePayload: parts.responsePayload ?? whole.responsePayload,
        endorsements: parts.endorsements ?? whole.endorsements,
      });
      return { ...answer, sign: { ...sign, bytes: base64(payload) } };
    };

  const refusedUnsigned = (outcome: Outcome, differs: readonly string[]) => {
    expect(outcome.code, outcome.message).to.equal('TRANSACTION_NOT_AS_PROPOSED');
    expect(outcome.differs).to.include.members([...differs]);
    expect(outcome.message)
      .to.match(/not signed/)
      .and.to.match(/another gateway|administrator/);
    expect(outcome.signed).to.deep.equal(['endorse']);
  };

  it('is signed for when it tells the truth, and what it says is verified', async () => {
    const { done, signed } = await stand.filed(() => undefined);
    expect(done?.verified).to.equal(true);
    expect(signed).to.deep.equal(['endorse', 'submit']);
  });

  describe('one filing stays one', () => {
    /** Says of what is committed that it was in conflict. */
    const inConflict: Lie = ({ path, answer }) =>
      /^\/v1\/transactions\/tr_[0-9a-f]+\?wait/.test(path) && answer['state'] === 'committed'
        ? { ...answer, state: 'invalid', code: conflict, retry: true, result: undefined }
        : undefined;
    /** And has a block for it, whose unsigned codes say the same. */
    const withBlock: Lie = (exchange) =>
      inConflict(exchange) ??
      receiptOf(exchange, (block) => {
        const codes = [...(transactionsFilter(block) ?? [])];
        return withTransactionsFilter(
          block,
          codes.map(() => conflict.number),
        );
      });

    for (const [name, lie] of [
      ['a retry that is merely claimed', inConflict],
      ['a retry with a block whose unsigned code says conflict', withBlock],
    ] as const) {
      it(`refuses ${name}`, async () => {
        const before = await stand.casesOnLedger();
        const { code, message, signed } = await stand.filed(lie);
        expect(await stand.casesOnLedger()).to.equal(before + 1);
        expect(code).to.equal('RETRY_UNPROVEN');
        expect(message).to.match(/yici tx verify [0-9a-f]{64}/);
        expect(signed).to.deep.equal(['endorse', 'submit']);
      });
    }

    it('keeps the case number when a conflict is real', async () => {
      const { done: filedCase } = await stand.filed(() => undefined);
      const { caseNo } = filedCase?.input as { caseNo: string };
      const [one, other] = await Promise.all([
        stand.clientOf('offices.clerk1'),
        stand.clientOf('offices.head1'),
      ]);
      await Promise.all([one.login(), other.login()]);
      // Both are endorsed before either is submitted, so that the second is in conflict.
      let waiting: (() => void) | undefined;
      stand.liar.lie(({ path }) => {
        if (!path.endsWith('/endorse')) return undefined;
        const both = stand.liar.seen.filter((each) => each.path.endsWith('/endorse')).length >= 2;
        if (both) {
          waiting?.();
          return undefined;
        }
        return new Promise((resolve) => {
          const { answer } = stand.liar.seen.at(-1)!;
          waiting = () => {
            resolve(answer);
          };
        });
      });
      const extension = { caseNo };
      const results = await Promise.allSettled([
        one.execute('case.receive', extension),
        other.execute('case.receive', extension),
      ]);
      stand.liar.lie(undefined);
      const failed = results.flatMap((each) =>
        each.status === 'rejected' ? [each.reason as ClientError] : [],
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      // The conflict was proved, the command was tried again, and the contract refused it: the case is received already.
      expect(failed.map(({ code }) => code)).to.deep.equal(['GATEWAY_REFUSED']);
      expect(failed[0]?.details['code']).to.equal('WRONG_STATE');
    });
  });

  it('refuses a first answer that says endorsed: nothing was proposed to it', async () => {
    const other = await endorsedByStranger();
    const before = await stand.casesOnLedger();
    const { code, message, signed } = await stand.filed(({ method, path, answer }) =>
      method === 'POST' && path === '/v1/cases'
        ? {
            ...answer,
            state: 'endorsed',
            sign: { kind: 'transaction', bytes: base64(other), digest: '' },
          }
        : undefined,
    );
    expect(code).to.equal('STEP_REFUSED');
    expect(message).to.match(/not signed/);
    expect(signed).to.deep.equal([]);
    expect(await stand.casesOnLedger()).to.equal(before);
  });

  it('refuses another channel, whatever the gateway calls its own', async () => {
    const other = await stand.clientOf('data.clerk1');
    const { mspId, certificatePem } = await stand.world.network.identity('data.clerk1');
    const creator = encodeIdentity(mspId, certificatePem);
    await other.login();
    const { code, signed } = await stand.filed(({ path, asked, answer }) => {
      if (path === '/v1/network') return { ...answer, channel: 'elsewhere' };
      if (path !== '/v1/cases') return undefined;
      const input = JSON.stringify({
        ...(asked as object),
        caseNo: (answer['input'] as { caseNo: string }).caseNo,
      });
      const { bytes: proposal } = buildProposal({
        ...{ channel: 'elsewhere', chaincode: 'yici', creator, nonce: randomBytes(24) },
        args: [Buffer.from('case:submit'), Buffer.from(input)],
        timestamp: new Date(),
      });
      return { ...answer, sign: { kind: 'proposal', bytes: base64(proposal), digest: '' } };
    }, other);
    expect(code).to.be.oneOf(['GATEWAY_NOT_PINNED', 'PROPOSAL_NOT_AS_ASKED']);
    expect(signed).to.deep.equal([]);
  });

  it('refuses a transaction with other headers: channel, creator, id', async () => {
    const { mspId, certificatePem } = await stand.world.network.identity('data.head1');
    const outcome = await stand.filed(
      altered((transaction) => ({
        proposalBytes: buildProposal({
          ...{ channel: 'elsewhere', chaincode: 'yici', nonce: randomBytes(24) },
          creator: encodeIdentity(mspId, certificatePem),
          args: transaction.args,
          timestamp: new Date(),
        }).bytes,
      })),
    );
    refusedUnsigned(outcome, ['channel', 'creator', 'transactionId']);
  });

  it('refuses writes outside the chaincode’s own namespace', async () => {
    const outcome = await stand.filed(
      altered((transaction, proposalBytes) => {
        const write = { key: 'k', isDelete: false, value: Buffer.from('v') };
        const nothing = { reads: [], rangeQueries: [], metadataWrites: [], collections: [] };
        const results = encodeTxRwSet([
          ...decodeTxRwSet(transaction.results),
          { ...nothing, namespace: 'zzz', writes: [write] },
        ]);
        return { responsePayload: responded(transaction, proposalBytes, { results }) };
      }),
    );
    refusedUnsigned(outcome, ['writes']);
  });

  it('refuses values in a collection that the command does not write', async () => {
    const outcome = await stand.filed(
      altered((transaction, proposalBytes) => {
        const hashed = {
          ...{ keyHash: randomBytes(32), valueHash: randomBytes(32) },
          ...{ isDelete: false, isPurge: false },
        };
        const collection = {
          ...{ collection: '_implicit_org_DataMSP', reads: [], writes: [hashed] },
          ...{ metadataWrites: [], privateRwSetHash: randomBytes(32) },
        };
        const results = encodeTxRwSet(
          decodeTxRwSet(transaction.results).map((each) =>
            each.namespace === 'yici' ? { ...each, collections: [collection] } : each,
          ),
        );
        return { responsePayload: responded(transaction, proposalBytes, { results }) };
      }),
    );
    refusedUnsigned(outcome, ['collections']);
  });

  describe('endorsements', () => {
    const forged = ({ endorser, signature }: Endorsement): Endorsement => {
      const changed = Uint8Array.from(signature);
      changed[changed.length - 1]! ^= 1;
      return { endorser, signature: changed };
    };
    const lies: Readonly<Record<string, (all: readonly Endorsement[]) => readonly Endorsement[]>> =
      {
        'are all dropped': () => [],
        'are one too few': (all) => all.slice(1),
        'are those of one department': (all) => all.slice(0, 1),
        'are one department’s, over and over': (all) => all.map(() => all[0]!),
        'are forged': (all) => all.map(forged),
      };
    for (const [name, change] of Object.entries(lies)) {
      it(`refuses a transaction whose endorsements ${name}`, async () => {
        const outcome = await stand.filed(
          altered(({ endorsements }) => ({ endorsements: change(endorsements) })),
        );
        refusedUnsigned(outcome, ['endorsements']);
      });
    }

    it('refuses endorsements by persons, who are no peers', async () => {
      const users = ['data.head1', 'offices.head1', 'establishment.head1', 'supervision.head1'];
      const people = await Promise.all(
        users.map(async (user) => {
          const { mspId, certificatePem, keyPem } = await stand.world.network.identity(user);
          return { endorser: encodeIdentity(mspId, certificatePem), sign: createPemSigner(keyPem) };
        }),
      );
      stand.liar.lie(undefined);
      const outcome = await stand.filed(async (exchange) => {
        if (!exchange.path.endsWith('/endorse')) return exchange.answer;
        const whole = parsePayload(bytes((exchange.answer['sign'] as { bytes: string }).bytes));
        const endorsements = await Promise.all(
          people.map(async ({ endorser, sign }) => ({
            endorser,
            signature: await sign(Buffer.concat([whole.responsePayload, endorser])),
          })),
        );
        return (await altered(() => ({ endorsements }))(exchange)) ?? exchange.answer;
      });
      refusedUnsigned(outcome, ['endorsements']);
    });
  });

  it('refuses a result that no peer endorsed', async () => {
    const outcome = await stand.filed(({ path, answer }) =>
      path.endsWith('/endorse') ? { ...answer, result: { caseNo: 'FORGED' } } : undefined,
    );
    refusedUnsigned(outcome, ['result']);
  });

  it('gives the record that the peers endorsed, whatever the gateway says at the end', async () => {
    const { done } = await stand.filed(({ path, answer }) =>
      path.includes('?wait') ? { ...answer, result: { state: 'granted' }, input: {} } : undefined,
    );
    expect(done?.result).to.include({ applicant: 'data' });
    expect(done?.input).to.include({ taskCode });
  });

  /** A transaction of the client's own that was never proposed to it: the gateway made the proposal with the user's name. */
  async function endorsedByStranger(): Promise<Uint8Array> {
    const proposed = await stand.world.api.post('data.clerk1', '/v1/cases', filing);
    return (await stand.world.api.step('data.clerk1', proposed, 'endorse')).toSign;
  }
});

/** What the liar puts into a transaction instead of the true parts. */
interface Parts {
  readonly proposalBytes?: Uint8Array;
  readonly responsePayload?: Uint8Array;
  readonly endorsements?: readonly Endorsement[];
}

const parsePayload = (payload: Uint8Array): ParsedTransaction =>
  parseTransaction(decodePayload(payload).data);

/** A response payload as the peers would have made it, with other effects. */
function responded(
  { response, chaincode, chaincodeVersion }: ParsedTransaction,
  proposalBytes: Uint8Array,
  { results }: { readonly results: Uint8Array },
): Uint8Array {
  return buildResponsePayload({
    ...{ proposalBytes, results, response },
    chaincode: { name: chaincode, version: chaincodeVersion },
  });
}

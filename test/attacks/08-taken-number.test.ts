import { randomUUID } from 'node:crypto';
import { gateway as messages } from '@hyperledger/fabric-protos';
import type { PeerGateway } from '@yici/gateway/testing';
import {
  buildTransactionPayload,
  decodePayload,
  outlineOf,
  parseBlock,
  parseTransaction,
  validationCode,
  type ParsedBlock,
} from '@yici/ledger';
import { expect } from 'chai';
import { commit, filing } from '../integration/gateway/support/story.js';
import { openLiedTo, shownAs, type LiedTo } from '../support/gateway/lied-to.js';
import type { Exchange, Lie } from '../support/gateway/lying-gateway.js';
import { RawActor } from '../support/gateway/raw-acts.js';

const conflict = { number: validationCode.MVCC_READ_CONFLICT, name: 'MVCC_READ_CONFLICT' };
const rival = 'supervision.head1';
const path = /^\/v1\/transactions\/tr_[0-9a-f]+\?wait/;

const numberOf = ({ answer }: Exchange): string =>
  (answer['input'] as { readonly caseNo: string }).caseNo;
const isEndorsed = (exchange: Exchange): boolean =>
  exchange.path.endsWith('/endorse') && exchange.status === 200;
const isReceipt = (exchange: Exchange): boolean => exchange.path.includes('/receipt');

/** What a client takes another number for: each number is somebody’s, and no filing two. */
describe('attack 8: a gateway that says that a number is another’s', function () {
  this.timeout(180_000);
  let stand: LiedTo;

  before(async () => {
    stand = await openLiedTo();
  });

  after(() => stand.close());

  /** Somebody else files under the number that the client has just had endorsed, and more after that. */
  const taking = (more = 0): Lie => {
    const taken = new Set<string>();
    return (exchange) => {
      if (!isEndorsed(exchange) || taken.size > 0) return undefined;
      const caseNo = numberOf(exchange);
      taken.add(caseNo);
      const acts = [{ ...filing, caseNo }, ...Array.from({ length: more }, () => filing)];
      return acts
        .reduce<Promise<unknown>>(
          (before, act) => before.then(() => commit(stand.world.api, rival, '/v1/cases', act)),
          Promise.resolve(),
        )
        .then(() => exchange.answer);
    };
  };

  it('is believed when it is so: the filing goes on under another number, by itself', async () => {
    const before = await stand.casesOnLedger();
    const { done, signed, message } = await stand.filed(taking(), undefined, () => undefined);
    expect(done?.verified, message).to.equal(true);
    expect(done?.input).to.have.property('insteadOf');
    expect(signed).to.deep.equal(['endorse', 'submit', 'endorse', 'submit']);
    expect(await stand.casesOnLedger()).to.equal(before + 1);
  });

  it('is believed when the number is taken after the conflict that had left it', async () => {
    const { api } = stand.world;
    const former = await commit(api, 'data.head1', '/v1/cases', filing);
    const own = String(former.at('result.caseNo'));
    const before = await stand.casesOnLedger();
    const shown = { caseNo: '', taken: false };
    const lie: Lie = async (exchange) => {
      if (isEndorsed(exchange) && shown.caseNo === '') {
        shown.caseNo = numberOf(exchange);
        // A filing reads how its department's former one of the matter ended, so this is a conflict, of no number.
        const withdrawn = { reasonCode: 'other' as const };
        await commit(api, 'data.clerk1', `/v1/cases/${own}/withdraw`, withdrawn);
      } else if (exchange.path.endsWith('/retry') && !shown.taken) {
        expect(numberOf(exchange)).to.equal(shown.caseNo);
        shown.taken = true;
        await commit(api, rival, '/v1/cases', { ...filing, caseNo: shown.caseNo });
      }
      return undefined;
    };
    const { done, signed, message } = await stand.filed(lie, undefined, () => undefined);
    expect(done?.verified, message).to.equal(true);
    expect(done?.input).to.have.property('insteadOf', shown.caseNo);
    expect(signed).to.deep.equal(['endorse', 'submit', 'endorse', 'endorse', 'submit']);
    expect(await stand.casesOnLedger()).to.equal(before + 1);
  });

  it('is believed of a filing that an earlier run lost sight of', async () => {
    const before = await stand.casesOnLedger();
    const options = { idempotencyKey: `lost-${randomUUID()}`, waitSeconds: 20 };
    const took = taking();
    stand.liar.lie((exchange) => {
      if (exchange.path.endsWith('/retry')) throw new TypeError('the line is cut');
      return took(exchange);
    });
    const lost = await stand.client
      .execute('case.submit', filing, options)
      .catch((e: unknown) => e);
    expect(lost).to.have.property('code', 'GATEWAY_UNREACHABLE');
    stand.liar.lie(undefined);
    const done = await stand.client.execute('case.submit', filing, options);
    expect([done.verified, 'insteadOf' in done.input]).to.deep.equal([true, true]);
    expect(await stand.casesOnLedger()).to.equal(before + 1);
  });

  it('is believed when it was so long ago: the conflict is looked for further back', async () => {
    const asked: string[] = [];
    const took = taking(20);
    const watched: Lie = (exchange) => {
      if (exchange.path.includes('before=')) asked.push(exchange.path);
      return took(exchange);
    };
    const { done, message } = await stand.filed(watched, undefined, () => undefined);
    expect(done?.verified, message).to.equal(true);
    expect(asked.length).to.be.greaterThan(1);
  });

  it('leaves the command open when it goes away before it shows what came before', async () => {
    const took = taking();
    const { code, message, signed } = await stand.filed((exchange) => {
      if (exchange.path.includes('before=')) throw new TypeError('the line is cut');
      return took(exchange);
    });
    expect(code, message).to.equal('COMMIT_UNKNOWN');
    expect(signed).to.deep.equal(['endorse', 'submit']);
  });

  it('gets one filing when it says so of a proposal that it had endorsed', async () => {
    const before = await stand.casesOnLedger();
    let lies = 1;
    const { done, signed } = await stand.filed((exchange) =>
      isEndorsed(exchange) && lies-- > 0
        ? { code: 'ALREADY_EXISTS', detail: 'ALREADY_EXISTS: …', status: 409 }
        : undefined,
    );
    expect(done?.verified).to.equal(true);
    expect(signed).to.deep.equal(['endorse', 'endorse', 'submit']);
    expect(await stand.casesOnLedger()).to.equal(before + 1);
  });

  it('gets no second signature without a block, or with one that shows something else', async () => {
    const elsewhere = await receiptOfAnother();
    for (const [what, answered] of [
      ['none', ({ answer }: Exchange) => ({ ...answer, before: [] })],
      ['another', ({ answer }: Exchange) => ({ ...answer, before: [elsewhere] })],
    ] as const) {
      const before = await stand.casesOnLedger();
      const truth = taking();
      let asked = 0;
      // The first two prove the conflict; the one after is asked what has the number.
      const lie: Lie = (exchange) =>
        isReceipt(exchange) && ++asked > 2 ? answered(exchange) : truth(exchange);
      const { code, message, signed } = await stand.filed(lie, undefined, () => undefined);
      expect(asked, what).to.equal(3);
      expect(code, message).to.equal('RETRY_UNPROVEN');
      expect(message).to.contain('another’s');
      expect(signed).to.deep.equal(['endorse', 'submit', 'endorse']);
      expect(await stand.casesOnLedger(), 'nobody’s but the rival’s').to.equal(before);
    }
  });

  /**
   * The most that a gateway can do that signs as some member: an act under the same number, which the ledger finds invalid,
   * is ordered before the client's, and shown as if it had been valid. The client's own is on the ledger.
   */
  for (const [what, more, refused] of [
    ['names it', (caseNo: string) => ({ insteadOf: caseNo }), 'RETRY_UNPROVEN'],
    ['keeps silent about it', () => ({}), 'PROPOSAL_NOT_AS_ASKED'],
    ['names another', (caseNo: string) => ({ insteadOf: other(caseNo) }), 'PROPOSAL_NOT_AS_ASKED'],
  ] as const) {
    it(`gets no second filing by a forged conflict when the new one ${what}`, async () => {
      const before = await stand.casesOnLedger();
      const shown = { caseNo: '', rivalTx: '' };
      const forge: Lie = (exchange) => {
        const { answer } = exchange;
        if (isEndorsed(exchange) && shown.caseNo === '') {
          shown.caseNo = numberOf(exchange);
          return failedRival(shown.caseNo).then((txId) => {
            shown.rivalTx = txId;
            return answer;
          });
        }
        if (path.test(exchange.path) && answer['state'] === 'committed') {
          return { ...answer, state: 'invalid', code: conflict, retry: true, result: undefined };
        }
        return isReceipt(exchange) ? forged(exchange, shown.rivalTx) : undefined;
      };
      const again = () => ({ ...filing, ...more(shown.caseNo) });
      const { code, message } = await stand.filed(forge, undefined, again);
      expect(code, message).to.equal(refused);
      expect(await stand.casesOnLedger(), 'the client’s, once').to.equal(before + 1);
    });
  }

  /** A number that somebody has. */
  const other = (caseNo: string): string =>
    caseNo.replace(/\d{4}$/, (digits) => (digits === '0001' ? '0002' : '0001'));

  /** Hands over a filing that only one peer endorsed, and waits for its block; gives its Fabric id. */
  async function failedRival(caseNo: string): Promise<string> {
    const { world } = stand;
    const peer: Pick<PeerGateway, 'endorse' | 'submit'> = {
      submit: (request) => world.peer.submit(request),
      endorse: async (request) => withOneEndorsement(request, await world.peer.endorse(request)),
    };
    const actor = new RawActor(await world.network.identity(rival), peer, world.network.channel);
    const act = await actor.act('case:submit', { ...filing, caseNo }, new Date());
    await act.submit();
    while (world.gateway.index.transaction(act.txId) === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(world.gateway.index.transaction(act.txId)?.code.name).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    return act.txId;
  }

  /** The client's own block says conflict, and the one before shows the rival's act as valid. */
  async function forged({ answer }: Exchange, rivalTx: string) {
    const own = parseBlock(Buffer.from(String(answer['block']), 'base64'));
    const before = (await stand.blocks()).filter(({ number }) => number < own.number).slice(-16);
    const isRivals = ({ envelopes }: ParsedBlock) =>
      envelopes.some((bytes) => outlineOf(bytes).txId === rivalTx);
    return {
      ...answer,
      block: shownAs(own, conflict.number).block,
      before: before.map((each) =>
        shownAs(each, isRivals(each) ? validationCode.VALID : undefined),
      ),
    };
  }

  /** A block of the chain in which something else happened. */
  async function receiptOfAnother() {
    const { done } = await stand.filed(() => undefined);
    const found = await stand.world.api.get(
      'data.clerk1',
      `/v1/transactions/${done!.txId}/receipt`,
    );
    return { number: found.at('number'), block: found.at('block') };
  }
});

function withOneEndorsement(request: Uint8Array, response: Uint8Array): Uint8Array {
  const asked = messages.EndorseRequest.deserializeBinary(request);
  const answer = messages.EndorseResponse.deserializeBinary(response);
  const prepared = answer.getPreparedTransaction();
  const payload = prepared?.getPayload_asU8() ?? new Uint8Array();
  const { responsePayload, endorsements } = parseTransaction(decodePayload(payload).data);
  prepared?.setPayload(
    buildTransactionPayload({
      proposalBytes: asked.getProposedTransaction()?.getProposalBytes_asU8() ?? new Uint8Array(),
      ...{ responsePayload, endorsements: endorsements.slice(0, 1) },
    }),
  );
  return answer.serializeBinary();
}

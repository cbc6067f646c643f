import { randomBytes } from 'node:crypto';
import { implicitCollection, valuesCollection } from '@yici/domain/model';
import { ClientError } from '@yici/client';
import { checkTransaction } from '@yici/client/testing';
import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  encodeTxRwSet,
  endorsementMessage,
  type NamespaceRwSet,
} from '@yici/ledger';
import { expect } from 'chai';
import { CHANNEL } from '../../support/ledger/channel.js';
import { createLab, type Lab } from '../../support/ledger/lab.js';
import { namespace, write } from '../../support/ledger/transaction.js';

const command = 'sharing.moveValues';

describe('values that a department moves between its own collections', () => {
  let lab: Lab;

  before(async () => {
    lab = await createLab();
  });

  const into = (...collections: readonly string[]): Partial<NamespaceRwSet> => ({
    collections: collections.map((collection) => ({
      ...{ collection, reads: [], metadataWrites: [], privateRwSetHash: randomBytes(32) },
      writes: [
        {
          ...{ keyHash: randomBytes(32), valueHash: randomBytes(32) },
          ...{ isDelete: false, isPurge: false },
        },
      ],
    })),
  });
  const own = () => [valuesCollection('HrssMSP', 'clerk'), implicitCollection('HrssMSP')];

  /** What differs in a transaction of the Human Resources Bureau's clerk. */
  const differs = async (
    written: Partial<NamespaceRwSet>,
    by: 'hrss' | 'finance' = 'hrss',
    asked: string = command,
  ): Promise<unknown> => {
    const { client } = lab.hrss;
    const { bytes: proposal } = buildProposal({
      ...{ channel: CHANNEL, chaincode: 'yici', creator: client.identity, nonce: randomBytes(24) },
      args: [Buffer.from('sharing:moveValues'), Buffer.from('{"shareId":"s-1"}')],
      timestamp: new Date(),
    });
    const responsePayload = buildResponsePayload({
      proposalBytes: proposal,
      results: encodeTxRwSet([namespace({ name: 'yici', ...written })]),
      response: { status: 200, message: '', payload: Buffer.from('{}') },
      chaincode: { name: 'yici', version: '1.0' },
    });
    const { identity: endorser, sign } = lab[by].peer;
    const signature = sign(endorsementMessage(responsePayload, endorser));
    const endorsements = [{ endorser, signature }];
    const payload = buildTransactionPayload({
      proposalBytes: proposal,
      responsePayload,
      endorsements,
    });
    try {
      await checkTransaction(payload, {
        ...{ network: { channel: CHANNEL, chaincode: 'yici' }, command: asked, proposal },
        input: { shareId: 's-1' },
        ...{ identity: { mspId: 'HrssMSP', certificate: client.pem }, config: lab.config },
      });
      return [];
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return error.details['differs'];
    }
  };

  it('are signed for when its own peer endorsed, which alone has them', async () => {
    expect(await differs(into(...own()))).to.deep.equal([]);
    expect(await differs(into(...own()), 'finance')).to.deep.equal(['endorsements']);
  });

  it('go into no other department’s collections, and nothing else is written with them', async () => {
    const foreign = into(...own(), valuesCollection('FinanceMSP', 'clerk'));
    expect(await differs(foreign)).to.deep.equal(['collections']);
    const more = { ...into(...own()), writes: [write('k')] };
    expect(await differs(more)).to.deep.equal(['endorsements']);
    const other = await differs(into(...own()), 'hrss', 'sharing.confirm');
    expect(other).to.deep.equal(['collections', 'endorsements']);
  });
});

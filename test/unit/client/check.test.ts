import { randomBytes } from 'node:crypto';
import { ClientError } from '@yici/client';
import { type Asked, checkProposal } from '@yici/client/testing';
import { buildProposal, encodeIdentity } from '@yici/ledger';
import { expect } from 'chai';

const mspId = 'FinanceMSP';
const certificate = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
const input = { shareId: 's-1', fields: [] };
const secret = { values: [{ code: 'a', value: '4711', salt: '00'.repeat(16) }] };

function proposal(transient: Readonly<Record<string, unknown>>): Uint8Array {
  const entries = Object.entries(transient).map(
    ([name, value]) => [name, Buffer.from(JSON.stringify(value), 'utf8')] as const,
  );
  return buildProposal({
    channel: 'channel',
    chaincode: 'yici',
    args: [Buffer.from('sharing:deliver'), Buffer.from(JSON.stringify(input))],
    creator: encodeIdentity(mspId, certificate),
    nonce: randomBytes(24),
    timestamp: new Date(),
    transient: new Map(entries),
  }).bytes;
}

function differs(bytes: Uint8Array, given?: unknown): unknown {
  const asked: Asked = {
    network: { channel: 'channel', chaincode: 'yici' },
    command: 'sharing.deliver',
    input,
    identity: { mspId, certificate },
    secret: given,
  };
  try {
    checkProposal(bytes, asked);
    return [];
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    expect(error.code).to.equal('PROPOSAL_NOT_AS_ASKED');
    expect(error.message).to.not.include('4711');
    return error.details['differs'];
  }
}

describe('what a client is given to sign', () => {
  it('has exactly the private part that was given', () => {
    const [value] = secret.values;
    const altered = { values: [{ ...value, value: '4712' }] };
    expect(differs(proposal({ private: secret }), secret)).to.deep.equal([]);
    expect(differs(proposal({ private: altered }), secret)).to.deep.equal(['transient']);
    expect(differs(proposal({}), secret)).to.deep.equal(['transient']);
    expect(differs(proposal({ other: secret }), secret)).to.deep.equal(['transient']);
    expect(differs(proposal({ private: secret, more: 1 }), secret)).to.deep.equal(['transient']);
  });

  it('has nothing private when nothing was given', () => {
    expect(differs(proposal({}))).to.deep.equal([]);
    expect(differs(proposal({ private: secret }))).to.deep.equal(['transient']);
  });

  it('is refused when the private part is not JSON', () => {
    const bytes = buildProposal({
      channel: 'channel',
      chaincode: 'yici',
      args: [Buffer.from('sharing:deliver'), Buffer.from(JSON.stringify(input))],
      creator: encodeIdentity(mspId, certificate),
      nonce: randomBytes(24),
      timestamp: new Date(),
      transient: new Map([['private', Buffer.from('{')]]),
    }).bytes;
    expect(differs(bytes, secret)).to.deep.equal(['transient']);
  });
});

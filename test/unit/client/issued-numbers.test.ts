import { canonicalJson } from '@yici/domain/model';
import { ClientError } from '@yici/client';
import { type Asked, checkProposal } from '@yici/client/testing';
import { buildProposal, encodeIdentity } from '@yici/ledger';
import { expect } from 'chai';

const identity = { mspId: 'DataMSP', certificate: 'certificate' };
const network = { channel: 'door', chaincode: 'yici' };
const form = { digestAlg: 'sha256', digest: '0'.repeat(64) };

/** What a gateway gives to sign when it makes this of a command. */
function proposalOf(name: string, input: object): Uint8Array {
  const bytes = (text: string) => new TextEncoder().encode(text);
  return buildProposal({
    ...network,
    args: [bytes(name), bytes(canonicalJson(input))],
    creator: encodeIdentity(identity.mspId, identity.certificate),
    nonce: new Uint8Array(24),
    timestamp: new Date(),
  }).bytes;
}

function differs(command: string, asked: object, given: object): unknown {
  const wanted: Asked = { network, command, input: { ...asked }, identity };
  try {
    checkProposal(proposalOf(command.replace('.', ':'), given), wanted);
    return [];
  } catch (error) {
    expect(error).to.be.instanceOf(ClientError);
    return error instanceof ClientError ? error.details['differs'] : undefined;
  }
}

describe('numbers that a gateway adds to what is signed', () => {
  const one = { code: 'MOVE01', version: 1, form, materials: [] };
  const no = 'MOVE01-20260302-0001';
  const cases = [{ node: 'lease', caseNo: 'MOVE0001-20260302-0001' }];

  it('are taken where they were left out and fit what is filed', () => {
    const filing = { taskCode: 'LEASE1', matterVersion: 1, form, materials: [] };
    const caseNo = 'LEASE1-20260302-0001';
    expect(differs('case.submit', filing, { ...filing, caseNo })).to.deep.equal([]);
    expect(differs('oneThing.submit', one, { ...one, no, cases })).to.deep.equal([]);
    expect(differs('oneThing.advance', { no }, { no, cases: [] })).to.deep.equal([]);
  });

  it('are refused when they are of another matter, in place of given ones, or no numbers', () => {
    const wrong: [command: string, asked: object, given: object][] = [
      [
        'case.submit',
        { taskCode: 'LEASE1' },
        { taskCode: 'LEASE1', caseNo: 'LEASE2-20260302-0001' },
      ],
      ['oneThing.submit', one, { ...one, no: 'OTHER1-20260302-0001', cases }],
      ['oneThing.submit', one, { ...one, no, cases: [{ node: 'lease' }] }],
      ['oneThing.submit', { ...one, no, cases }, { ...one, no, cases: [] }],
      ['oneThing.advance', { no }, { no, cases: 'all' }],
      ['oneThing.advance', { no }, { no: 'MOVE01-20260302-0002', cases: [] }],
      ['case.receive', { caseNo: 'A1-20260302-0001' }, { caseNo: 'A1-20260302-0001', cases: [] }],
      ['case.deliver', { form: 'web' }, { form: 'web', caseNo: 'A1-20260302-0001' }],
    ];
    for (const [command, asked, given] of wrong) {
      expect(differs(command, asked, given), JSON.stringify(given)).to.deep.equal(['input']);
    }
  });
});

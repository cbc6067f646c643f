import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import { by, foundEverything, leaseMatter, morning, taskCode } from '../chaincode/support/story.js';

const on = (user: string, date = '2026-03-03') => by(user, morning(date));
const standingIn = (user: string, under: string) => ({ ...on(user), under });

/** One head, who wants a second head's signature and asks nobody for it. */
describe('H11: a signature in a borrowed name', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const grant = (from: string, to: string, user = 'offices.head1') =>
    ledger.run(
      'delegation.grant',
      {
        ...{ delegationId: 'd-1', from, role: 'head', to },
        ...{ fromDay: '2026-03-03', toDay: '2026-03-05', reasonCode: 'leave' },
      },
      on(user),
    );
  /** The head words a matter, and somebody signs it in the place of another head of the same department. */
  const signedBy = async (user: string) => {
    const next = { ...leaseMatter, effectiveFrom: '2026-05-01' };
    const draft = await ledger.run('matter.draft', next, on('offices.head1'));
    if (draft.kind !== 'matter') throw new TypeError('no matter');
    const { version, contentDigest } = draft;
    return ledger
      .run('matter.cosign', { taskCode, version, contentDigest }, standingIn(user, 'd-1'))
      .then(
        () => 'signed',
        (error: unknown) => (error instanceof ContractError ? error.code : error),
      );
  };

  it('is not given in the name of a head who does not exist', async () => {
    await grant('offices.head9', 'offices.clerk2');
    expect(await signedBy('offices.clerk2')).to.equal('DELEGATION_NOT_VALID');
  });

  it('is not given in the name of a head who was not asked', async () => {
    await grant('offices.head2', 'offices.clerk2');
    expect(await signedBy('offices.clerk2')).to.equal('DELEGATION_NOT_VALID');
  });

  it('is not given through a delegate who has not signed', async () => {
    await grant('offices.head2', 'offices.clerk2', 'offices.head2');
    expect(await signedBy('offices.clerk2')).to.equal('DELEGATION_NOT_VALID');
  });

  it('is the head’s own signature, whoever gives it in the head’s place', async () => {
    await grant('offices.head1', 'offices.clerk2');
    await ledger.run('delegation.accept', { delegationId: 'd-1' }, on('offices.clerk2'));
    expect(await signedBy('offices.clerk2')).to.equal('MAKER_IS_CHECKER');
  });
});

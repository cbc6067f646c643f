import '../support/quiet.js';
import {
  commandMessage,
  ContractError,
  keyIdOf,
  possessionMessage,
  type ContractErrorCode,
} from '@yici/domain/model';
import { isSm2Signature } from '@yici/domain/rules';
import { createSm2Signer, newSm2Key } from '@yici/client/testing';
import { expect } from 'chai';
import { ContractLedger, testChannel } from '../support/contract-ledger.js';
import { opensslKey, opensslSignature, sm2Registration, sm2Signer } from '../support/sm2.js';
import { by, caseNo, foundEverything, morning, submission } from '../support/story.js';

const at = morning('2026-03-02');
const head = by('hrss.head1', at);
const clerk = by('hrss.clerk1', at);
const { publicKey } = opensslKey;
const keyId = keyIdOf(publicKey);

describe('SM2 signatures of commands', () => {
  let ledger: ContractLedger;
  beforeEach(async () => {
    ledger = new ContractLedger();
    await foundEverything(ledger);
    await ledger.run('appKey.register', sm2Registration, head);
  });

  async function refused(code: ContractErrorCode, attempt: Promise<unknown>): Promise<void> {
    const before = ledger.state.size;
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ContractError);
    expect((error as ContractError).code).to.equal(code);
    expect(ledger.state.size).to.equal(before);
  }

  const input = submission();
  const signed = async (change: object = {}, signer = sm2Signer) => {
    const message = commandMessage({
      ...{ channel: testChannel, command: 'case.submit', department: 'hrss' },
      ...{ user: 'hrss.clerk1', input },
      ...change,
    });
    return { alg: 'sm2-sm3', keyId: signer.keyId, value: await signer.sign(message) };
  };
  const submit = (appSignature: object, act = clerk, given: object = input) =>
    ledger.call('case.submit', JSON.stringify({ ...given, appSignature }), act);

  it('agree with OpenSSL', () => {
    const { message, value } = opensslSignature;
    expect(isSm2Signature(message, value, publicKey)).to.equal(true);
    expect(isSm2Signature(Buffer.from('{"a":2}'), value, publicKey)).to.equal(false);
    expect(isSm2Signature(message, value, `04${'11'.repeat(64)}`)).to.equal(false);
    expect(isSm2Signature(message, '0'.repeat(128), publicKey)).to.equal(false);
  });

  it('are verified, named in the event, and change nothing of the record', async () => {
    const record = JSON.parse(await submit(await signed())) as { caseNo: string };
    expect(record.caseNo).to.equal(caseNo);
    expect(record).to.not.have.property('appSignature');
    const event = JSON.parse(ledger.event?.payload ?? '{}') as object;
    expect(event).to.have.deep.property('appSignature', { alg: 'sm2-sm3', keyId });
  });

  it('hold for one command, one input, one person, one channel', async () => {
    for (const change of [
      { channel: 'other' },
      { command: 'case.receive' },
      { user: 'hrss.clerk2' },
      { department: 'finance' },
      { input: { ...input, taskCode: 'OTHER' } },
    ]) {
      await refused('APP_SIGNATURE_INVALID', submit(await signed(change)));
    }
    await refused('APP_KEY_UNKNOWN', submit(await signed(), by('hrss.service1', at)));
    await refused('APP_KEY_UNKNOWN', submit(await signed(), by('finance.clerk1', at)));
  });

  it('count only under a key that is registered and not revoked', async () => {
    const other = createSm2Signer(newSm2Key('hrss.clerk1'));
    await refused('APP_KEY_UNKNOWN', submit(await signed({}, other)));
    await ledger.run('appKey.revoke', { keyId, reasonCode: 'lost' }, head);
    await refused('APP_KEY_REVOKED', submit(await signed()));
    const again = ledger.run('appKey.revoke', { keyId, reasonCode: 'lost' }, head);
    await refused('APP_KEY_REVOKED', again);
  });

  it('have a shape of their own', async () => {
    await refused('VALIDATION_FAILED', submit({ alg: 'sm2-sm3', keyId, value: 'zz' }));
    await refused('VALIDATION_FAILED', submit({ ...(await signed()), more: 1 }));
  });

  it('need a key that its holder signed for, once, by a head or an administrator', async () => {
    await refused('ALREADY_EXISTS', ledger.run('appKey.register', sm2Registration, head));
    const key = newSm2Key('hrss.clerk2');
    const { user } = key;
    const message = possessionMessage({ department: 'hrss', user, publicKey: key.publicKey });
    const proof = await createSm2Signer(key).sign(message);
    const good = { user, publicKey: key.publicKey, proof };
    const elsewhere = ledger.run('appKey.register', good, by('finance.head1', at));
    await refused('APP_SIGNATURE_INVALID', elsewhere);
    const { proof: foreign } = sm2Registration;
    await refused(
      'APP_SIGNATURE_INVALID',
      ledger.run('appKey.register', { ...good, proof: foreign }, head),
    );
    await refused('ROLE_REFUSED', ledger.run('appKey.register', good, clerk));
    await ledger.run('appKey.register', good, head);
    const { records } = await ledger.query('appKey.list', { department: 'hrss' });
    expect(records.map((record) => record.user)).to.have.members(['hrss.clerk1', 'hrss.clerk2']);
  });
});

import '../support/quiet.js';
import type { CaseRecord, ContractErrorCode } from '@yici/domain/model';
import {
  canonicalJson,
  commandNames,
  compositeKey,
  ContractError,
  keyOf,
} from '@yici/domain/model';
import { contracts } from '@yici/chaincode';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  deliveredCase,
  department,
  digestOf,
  foundEverything,
  issueAttestations,
  leaseMatter,
  morning,
  receivedCase,
  submission,
  taskCode,
} from '../support/story.js';
import { transferCode, transferNo } from '../support/one-thing-story.js';
import { tellEverything, toldElsewhere } from '../support/tale.js';

async function refusal(code: ContractErrorCode, attempt: Promise<unknown>): Promise<ContractError> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    expect(error.code, error.message).to.equal(code);
    return error;
  }
  return expect.fail(`expected ${code}, but it was done`);
}

describe('contracts', () => {
  let ledger: ContractLedger;
  beforeEach(() => {
    ledger = new ContractLedger();
  });

  it('write exactly what the rules say, as canonical JSON, for every command there is', async () => {
    const pure = new RuleLedger();
    await tellEverything(pure);
    await tellEverything(ledger);
    const told = commandNames.filter((name) => !toldElsewhere.includes(name));
    expect([...new Set(ledger.events)].sort()).to.deep.equal([...told].sort());
    expect([...ledger.privately]).to.deep.equal([...pure.privately]);
    const written = ledger.dump();
    expect([...written.keys()].sort()).to.deep.equal([...pure.state.keys()].sort());
    const timeless = (text: string) =>
      text.replaceAll(/"(txId|prev|head|follows)":"[0-9a-f]{64}"/g, '"$1":""');
    for (const [key, record] of pure.state) {
      const text = written.get(key) ?? '';
      expect(canonicalJson(JSON.parse(text))).to.equal(text);
      expect(timeless(text)).to.equal(timeless(canonicalJson(record)));
    }
  });

  it('give a matter’s key an endorsement policy that names both MSPs', async () => {
    await foundEverything(ledger);
    const policy = ledger.policies
      .get(ledger.keyOf('matter', taskCode, '000001'))
      ?.toString('latin1');
    expect(policy).to.include('GovernmentOfficesMSP').and.include('EstablishmentMSP');
    expect(ledger.policies.size).to.equal(1);
  });

  it('answer with the record and tell it in one event', async () => {
    await foundEverything(ledger);
    const record = await receivedCase(ledger);
    expect(record.state).to.equal('RECEIVED');
    expect(ledger.event?.name).to.equal('case.receive');
    expect(JSON.parse(ledger.event?.payload ?? '')).to.deep.include({
      v: 1,
      name: 'case.receive',
      caseNo,
      seq: 1,
      department: 'offices',
      at: morning('2026-03-02'),
    });
  });

  it('read only the calendars that a due date needs', async () => {
    await foundEverything(ledger);
    await ledger.run('case.submit', submission(), by('hrss.clerk1', morning('2026-03-02')));
    const calendars = ledger.reads.filter((key) => key.startsWith('\u0000calendar'));
    expect(calendars).to.deep.equal([ledger.keyOf('calendar', '2026')]);
  });

  it('name every offending path, unknown fields included', async () => {
    const wrong = { ...department('hrss'), level: 'moon', name: { zh: '', en: 1 }, more: true };
    const text = JSON.stringify(wrong).replace('"more"', '"__proto__":{},"more"');
    const { details } = await refusal(
      'VALIDATION_FAILED',
      ledger.call('department.register', text, by('hrss.admin')),
    );
    const issues = details['issues'] as { path: string; code: string }[];
    expect(issues.map(({ path }) => path).sort()).to.deep.equal([
      '__proto__',
      'level',
      'more',
      'name.en',
      'name.zh',
    ]);
  });

  it('refuse a matter that is a secret, and name the field', async () => {
    for (const secrecyLevel of ['stateSecret', 'workSecret']) {
      const text = JSON.stringify({ ...leaseMatter, secrecyLevel });
      const { details } = await refusal(
        'VALIDATION_FAILED',
        ledger.call('matter.draft', text, by('offices.clerk1')),
      );
      expect(details['issues']).to.have.nested.property('[0].path', 'secrecyLevel');
    }
    expect(ledger.state.size).to.equal(0);
  });

  it('refuse what is not JSON, or not an object', async () => {
    for (const text of ['', '{', '[]', 'null', '"x"', '1']) {
      await refusal(
        'VALIDATION_FAILED',
        ledger.call('department.register', text, by('hrss.admin')),
      );
    }
    expect(ledger.state.size).to.equal(0);
  });

  it('refuse a department that is not registered, and an MSP nobody knows', async () => {
    await refusal('DEPARTMENT_UNKNOWN', ledger.run('department.update', {}, by('hrss.admin')));
    await refusal('DEPARTMENT_UNKNOWN', ledger.run('department.update', {}, by('nobody.admin')));
  });

  it('take the role from the certificate, an administrator’s also from its node OU', async () => {
    const text = JSON.stringify(department('hrss'));
    const call = (attributes: Record<string, string>, certificate: 'client' | 'admin') =>
      ledger.call('department.register', text, by('hrss.admin'), { attributes, certificate });
    await refusal('ROLE_REFUSED', call({}, 'client'));
    await refusal('ROLE_REFUSED', call({ 'yici.role': 'king' }, 'admin'));
    await refusal('ROLE_REFUSED', call({ 'yici.role': 'clerk' }, 'admin'));
    await call({}, 'admin');
  });

  it('take the user from the enrolment attribute, else from the common name', async () => {
    await foundEverything(ledger);
    const text = JSON.stringify(submission());
    const act = by('hrss.clerk1', morning('2026-03-02'));
    const attributes = { 'yici.role': 'clerk' };
    await refusal(
      'IDENTITY_UNUSABLE',
      ledger.call('case.submit', text, act, { attributes, certificate: 'noname' }),
    );
    const answer = await ledger.call('case.submit', text, act, {
      attributes,
      certificate: 'client',
    });
    expect((JSON.parse(answer) as CaseRecord).submittedBy.user).to.equal('hrss.user1');
  });

  it('refuse a time outside the usable range', async () => {
    for (const at of ['1999-12-31T23:59:59.999Z', '2200-01-01T00:00:00.000Z', 'never']) {
      await refusal(
        'TIME_OUT_OF_RANGE',
        ledger.run('department.register', department('hrss'), { ...by('hrss.admin'), at }),
      );
    }
  });

  it('refuse a stored record that is not what it should be', async () => {
    await foundEverything(ledger);
    const key = ledger.keyOf('matter', taskCode, '000001');
    for (const value of ['{', '{"kind":"matter"}', '[]']) {
      ledger.state.set(key, Buffer.from(value));
      await refusal(
        'STORED_RECORD_INVALID',
        ledger.run('case.submit', submission(), by('hrss.clerk1', morning('2026-03-02'))),
      );
    }
  });

  it('refuse a transaction that does not exist', async () => {
    for (const Kind of contracts) {
      const instance = new Kind();
      const context = instance.createContext();
      Object.assign(context, {
        stub: { getFunctionAndParameters: () => ({ fcn: 'case:drop', params: [] }) },
      });
      await refusal('UNKNOWN_TRANSACTION', instance.unknownTransaction(context));
    }
  });

  it('answer every query with what was written', async () => {
    await foundEverything(ledger);
    await deliveredCase(ledger);
    expect(await ledger.query('department.get', { id: 'hrss' })).to.include({ mspId: 'HrssMSP' });
    expect((await ledger.query('department.list', {})).records).to.have.length(6);
    expect((await ledger.query('duty.list', { department: 'hrss' })).records).to.deep.equal([]);
    const duty = { department: 'offices', code: 'OFFICES-03' };
    await refusal('NOT_FOUND', ledger.query('duty.get', duty));
    for (const name of ['duty.versions', 'duty.matters'] as const) {
      expect((await ledger.query(name, duty)).records).to.deep.equal([]);
    }
    expect((await ledger.query('duty.overlaps', {})).records).to.deep.equal([]);
    expect((await ledger.query('matter.reviews', { taskCode })).records).to.deep.equal([]);
    expect(await ledger.query('calendar.get', { year: 2026 })).to.include({ status: 'inForce' });
    expect(await ledger.query('matter.get', { taskCode })).to.include({ version: 1 });
    expect((await ledger.query('matter.list', { taskCode })).records).to.have.length(1);
    expect(await ledger.query('case.get', { caseNo })).to.include({ state: 'DELIVERED' });
    expect((await ledger.query('dataset.list', {})).records).to.have.length(2);
    const versions = await ledger.query('dataset.versions', { datasetId: 'finance.budget' });
    expect(versions.records).to.have.length(1);
    expect(await ledger.query('dataset.get', { datasetId: 'finance.budget' })).to.include({
      sourceDepartment: 'finance',
    });
    expect(await ledger.query('attestation.get', { attestationId: 'att-budget' })).to.include({
      issuer: 'finance',
    });
    expect((await ledger.query('attestation.list', { caseNo })).records).to.have.length(2);
    const uses = await ledger.query('attestation.uses', { attestationId: 'att-budget' });
    expect(uses.records).to.deep.equal([]);
  });

  it('answer what rests on a duty, its versions, its reviews and its overlaps', async () => {
    await tellEverything(ledger);
    const duty = { department: 'offices', code: 'OFFICES-03' };
    expect(await ledger.query('duty.get', duty)).to.deep.include({
      version: 2,
      linked: { found: 51, marked: 50 },
    });
    expect((await ledger.query('duty.versions', duty)).records).to.have.length(2);
    expect((await ledger.query('duty.matters', { ...duty, pageSize: 60 })).records).to.have.length(
      51,
    );
    const { records } = await ledger.query('matter.reviews', { taskCode });
    expect(records).to.have.length(1);
    expect(records[0]).to.include({ outcome: 'confirmed', late: false });
    const overlaps = await ledger.query('duty.overlaps', { topic: 'office-space' });
    expect(overlaps.records.map(({ status }) => status)).to.deep.equal(['ruled']);
  });

  it('answer a one thing, its versions and what was filed', async () => {
    await tellEverything(ledger);
    expect(await ledger.query('oneThing.get', { code: transferCode })).to.include({
      status: 'retired',
      version: 1,
    });
    expect((await ledger.query('oneThing.list', {})).records).to.have.length(1);
    const filed = await ledger.query('oneThing.case', { no: transferNo });
    expect(filed.parts.map(({ status }) => status)).to.deep.equal([
      'granted',
      'open',
      'open',
      'waiting',
    ]);
    await refusal('NOT_FOUND', ledger.query('oneThing.get', { code: 'none' }));
    await refusal('NOT_FOUND', ledger.query('oneThing.case', { no: 'none-20260302-0001' }));
  });

  it('verify an attestation at the time of the query, or at another', async () => {
    await foundEverything(ledger);
    await receivedCase(ledger);
    await issueAttestations(ledger, morning('2026-03-02'));
    const attestationId = 'att-budget';
    const field = { code: 'total', ...digestOf(`salt ${attestationId}`) };
    const now = await ledger.query('attestation.verify', { attestationId, fields: [field] });
    expect(now).to.deep.include({ verdict: 'valid', fields: [{ code: 'total', match: true }] });
    const later = { attestationId, at: '2026-07-01T00:00:00.000Z' };
    expect((await ledger.query('attestation.verify', later)).verdict).to.equal('expired');
  });

  it('say of what is not there that it is not there', async () => {
    const queries = [
      ledger.query('department.get', { id: 'nobody' }),
      ledger.query('calendar.get', { year: 2030 }),
      ledger.query('calendar.get', { year: 2030, version: 1 }),
      ledger.query('matter.get', { taskCode: 'none' }),
      ledger.query('case.get', { caseNo: 'none-20260302-0001' }),
      ledger.query('dataset.get', { datasetId: 'none' }),
      ledger.query('attestation.get', { attestationId: 'none' }),
      ledger.query('attestation.verify', { attestationId: 'none' }),
    ];
    for (const query of queries) await refusal('NOT_FOUND', query);
  });

  it('page through a case’s events, each once and in order', async () => {
    await foundEverything(ledger);
    await deliveredCase(ledger);
    const seqs: number[] = [];
    let bookmark: string | undefined;
    do {
      const page = await ledger.query('case.events', {
        caseNo,
        pageSize: 3,
        ...(bookmark === undefined ? {} : { bookmark }),
      });
      seqs.push(...page.records.map(({ seq }) => seq));
      bookmark = page.bookmark;
    } while (bookmark !== undefined);
    expect(seqs).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keep every record under the key of its kind', async () => {
    await foundEverything(ledger);
    await deliveredCase(ledger);
    for (const [key, text] of ledger.dump()) {
      expect(compositeKey(keyOf(JSON.parse(text) as CaseRecord))).to.equal(key);
    }
  });
});

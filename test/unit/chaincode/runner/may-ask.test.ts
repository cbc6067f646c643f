import '../support/quiet.js';
import {
  canonicalJson,
  ContractError,
  queries,
  queryNames,
  role,
  type LedgerRecord,
  type QueryName,
} from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import { tellEverything } from '../support/tale.js';

type About = readonly [LedgerRecord['kind'], ...string[]];

/** Which records a query about one is asked for, and the fields of such a record that it is asked by. */
const about: Partial<Record<QueryName, About>> = {
  'oneThing.case': ['oneThingCase', 'no'],
  'case.get': ['case', 'caseNo'],
  'case.events': ['case', 'caseNo'],
  'attestation.get': ['attestation', 'attestationId'],
  'attestation.verify': ['attestation', 'attestationId'],
  'attestation.list': ['case', 'caseNo'],
  'attestation.uses': ['attestation', 'attestationId'],
  'dutyRuling.get': ['dutyRuling', 'rulingId'],
  'card.get': ['card', 'cardId'],
  'order.get': ['order', 'orderId'],
  'evaluation.get': ['evaluation', 'caseNo'],
  'sharing.get': ['share', 'shareId'],
  'sharing.grantOf': ['shareGrant', 'shareId'],
  'sharing.events': ['share', 'shareId'],
  'sharing.receipts': ['share', 'shareId'],
};

describe('who may ask what of the contract', function () {
  this.timeout(120_000);
  const ledger = new ContractLedger();
  const at = '2026-12-01T01:00:00.000Z';
  let records: readonly Record<string, unknown>[];
  let departments: ReadonlyMap<string, string>;
  let holders: ReadonlyMap<string, string>;

  before(async () => {
    await tellEverything(ledger);
    const outsider = {
      kind: 'departmentOfMsp',
      v: 1,
      mspId: 'OutsiderMSP',
      department: 'outsider',
    };
    ledger.state.set(
      ledger.keyOf('departmentOfMsp', 'OutsiderMSP'),
      Buffer.from(canonicalJson(outsider)),
    );
    records = [...ledger.dump().values()].map(
      (text) => JSON.parse(text) as Record<string, unknown>,
    );
    const pairs = (kind: string, key: string, value: string) =>
      new Map(
        records
          .filter((record) => record['kind'] === kind)
          .map((record) => [String(record[key]), String(record[value])]),
      );
    departments = pairs('departmentOfMsp', 'department', 'mspId');
    holders = pairs('functionHolder', 'function', 'department');
  });

  const ask = async (department: string, as: string, query: QueryName, input: object) => {
    const act = { mspId: departments.get(department) ?? '', role: role.parse(as), at };
    try {
      await ledger.call(query, JSON.stringify(input), { ...act, user: `${department}.${as}1` });
      return 'answered';
    } catch (error) {
      if (error instanceof ContractError) return error.code;
      throw error;
    }
  };

  /** Every department that some field of the record, or of its case or share, names. */
  const named = (record: Record<string, unknown>): Set<string> => {
    const whole = records.filter(({ kind, caseNo, shareId }) =>
      kind === 'case'
        ? caseNo === record['caseNo']
        : kind === 'share' && shareId === record['shareId'],
    );
    const text = JSON.stringify([record, ...whole.map(({ parties }) => parties)]);
    return new Set([...departments.keys()].filter((id) => text.includes(`"${id}"`)));
  };

  it('is settled for every query there is', () => {
    const concerned = queryNames.filter((name) => queries[name].audience === 'concerned');
    expect(Object.keys(about).sort()).to.deep.equal([...concerned].sort());
  });

  for (const [name, [kind, ...fields]] of Object.entries(about) as [QueryName, About][]) {
    it(`${name}: those concerned, supervisors and gateways, and nobody else`, async () => {
      const all = records.filter((record) => record['kind'] === kind);
      expect(all, `records of ${kind}`).to.not.be.empty;
      let strangers = 0;
      for (const record of all.slice(0, 5)) {
        const input = Object.fromEntries(fields.map((field) => [field, record[field]]));
        const supervision = holders.get('supervision') ?? '';
        expect(await ask(supervision, 'supervisor', name, input)).to.equal('answered');
        expect(await ask(supervision, 'gateway', name, input)).to.equal('answered');
        const parties = named(record);
        for (const id of departments.keys()) {
          const answer = await ask(id, 'clerk', name, input);
          if (parties.has(id) || id === holders.get('leadAuthority')) continue;
          expect(answer, `${id} asks for ${JSON.stringify(input)}`).to.equal('NOT_FOUND');
          expect(await ask(id, 'supervisor', name, input)).to.equal(
            id === supervision ? 'answered' : 'NOT_FOUND',
          );
          strangers += 1;
        }
        const party = [record['owner'], record['department'], record['requester'], record['lead']]
          .map(String)
          .find((id) => departments.has(id));
        if (party !== undefined)
          expect(await ask(party, 'clerk', name, input)).to.equal('answered');
      }
      expect(strangers, 'departments that it does not concern').to.be.greaterThan(0);
    });
  }

  it('is nobody without a role, nor of a department that is not registered', async () => {
    const input = JSON.stringify({
      caseNo: records.find(({ kind }) => kind === 'case')?.['caseNo'],
    });
    const code = async (mspId: string, attributes: Record<string, string>) => {
      const act = { mspId, role: 'clerk', user: 'nobody', at } as const;
      return ledger.call('case.get', input, act, { attributes, certificate: 'client' }).then(
        () => 'answered',
        (error: unknown) => (error instanceof ContractError ? error.code : String(error)),
      );
    };
    expect(await code('HrssMSP', {})).to.equal('ROLE_REFUSED');
    expect(await code('HrssMSP', { 'yici.role': 'king' })).to.equal('ROLE_REFUSED');
    expect(await code('NewMSP', { 'yici.role': 'clerk' })).to.equal('DEPARTMENT_UNKNOWN');
  });
});

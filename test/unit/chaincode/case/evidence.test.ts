import { materialsSaved, type CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  agreeing,
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  receivedCase,
  submission,
} from '../support/story.js';
import { march } from '../support/timed.js';

const own = { code: 'headcount', document: digestOf('own headcount') };
const contest = {
  materials: [own],
  contested: [{ code: 'headcount', note: '编制数已于上月调整' }],
};
const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;

describe('an applicant’s own document against shared data (Zhejiang regulation art 7(2))', () => {
  let ledger: RuleLedger;
  const held = (code: string) =>
    ledger.get('case', caseNo)?.materials.find((one) => one.code === code);
  const applicant = (day: number) => by('hrss.clerk1', march(day));
  const clerk = (day: number) => by('offices.clerk1', march(day));
  const file = async (more: object) => {
    const filing = submission();
    await ledger.run(
      'case.submit',
      { ...filing, ...more, materials: [...filing.materials, own] },
      applicant(2),
    );
    await ledger.run('case.receive', { caseNo }, clerk(2));
  };
  const supplement = (day: number, input: object = contest) =>
    ledger.run('case.supplement', { caseNo, materials: [], ...input }, applicant(day));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is taken at filing when the data are contested, and only then', async () => {
    await expectRefusal(ledger, 'MATERIAL_SHARED', () => file({}));
    await file({ contested: contest.contested });
    const { note } = contest.contested[0]!;
    expect(held('headcount')?.evidence).to.deep.equal({
      kind: 'document',
      document: own.document,
      contested: { note },
    });
    expect(ledger.get('case', caseNo)?.flags).to.deep.equal([{ code: 'contested', seq: 0 }]);
  });

  it('is of a material that comes by sharing, and among those given', async () => {
    const quote = [{ code: 'quote', note: '不符' }];
    await expectRefusal(ledger, 'CONTEST_NOT_SHARED', () => file({ contested: quote }));
    const other = [{ code: 'budget', note: '不符' }];
    await expectRefusal(ledger, 'MATERIAL_MISSING', () => file({ contested: other }));
  });

  it('is taken while the case is open, asked for or not', async () => {
    await receivedCase(ledger);
    await supplement(2);
    const items = [{ code: 'quote', deficiency: 'unclear' as const }];
    const limit = { value: 5, unit: 'workingDay' } as const;
    await ledger.run('case.supplementNotice', { caseNo, items, limit }, clerk(3));
    // The notice still waits for all that it asked for.
    expect(await supplement(3)).to.include({ state: 'SUPPLEMENT_NOTIFIED' });
    await expectRefusal(ledger, 'MATERIAL_MISSING', () => supplement(3, {}));
    const quote = { code: 'quote', document: digestOf('quote 2') };
    const both = { materials: [own, quote], contested: contest.contested };
    expect(await supplement(3, both)).to.include({ state: 'RECEIVED' });
    await ledger.run('case.accept', { caseNo }, clerk(3));
    await supplement(4);
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, applicant(4));
    await expectRefusal(ledger, 'CASE_CLOSED', () => supplement(4));
  });

  it('is displaced by no attestation of the owner’s, decides the case, and saves nothing', async () => {
    await file({ contested: contest.contested });
    await issueAttestations(ledger, march(2));
    const details = await expectRefusal(ledger, 'MATERIAL_CONTESTED', () =>
      ledger.run('case.accept', { caseNo, attested }, clerk(3)),
    );
    expect(details).to.deep.equal({ code: 'headcount' });
    const [headcount, budget] = attested;
    await ledger.run('case.accept', { caseNo, attested: [budget!] }, clerk(3));
    for (const { stepId, user } of agreeing) {
      const opinion = { caseNo, stepId, answer: 'agree' } as const;
      await ledger.run('case.opinion', opinion, by(user, march(4)));
    }
    const head = by('offices.head1', march(5));
    await expectRefusal(ledger, 'MATERIAL_CONTESTED', () =>
      ledger.run('case.decide', { ...granted, attested: [headcount!] }, head),
    );
    const record = (await ledger.run('case.decide', granted, head)) as CaseRecord;
    expect(record.state).to.equal('DECIDED_GRANTED');
    expect(materialsSaved(record)).to.equal(1);
  });

  it('is taken back by the applicant alone', async () => {
    await receivedCase(ledger);
    await supplement(2);
    await issueAttestations(ledger, march(2));
    await supplement(3, { attested: [attested[0]] });
    expect(held('headcount')?.evidence).to.deep.equal({
      kind: 'attestation',
      attestationId: 'att-headcount',
    });
    // Uncontested, it is the owner's to obtain.
    await expectRefusal(ledger, 'WRONG_STATE', () => supplement(3, { attested: [attested[0]] }));
  });

  it('is told to the department whose data they are', async () => {
    await file({ contested: contest.contested });
    const told = ledger.get('contest', 'establishment.headcount', caseNo, 'headcount');
    expect(told).to.include({
      source: 'establishment',
      applicant: 'hrss',
      owner: 'offices',
      note: contest.contested[0]?.note,
    });
    await receivedElsewhere();
  });

  /** A case without a contest tells nobody. */
  async function receivedElsewhere(): Promise<void> {
    const other = new RuleLedger();
    await foundEverything(other);
    await receivedCase(other);
    expect(other.all('contest')).to.deep.equal([]);
  }
});

describe('other evidence in place of a material (Zhejiang regulation art 9)', () => {
  let ledger: RuleLedger;
  const clerk = by('offices.clerk1', march(3));
  const held = (code: string) =>
    ledger.get('case', caseNo)?.materials.find((one) => one.code === code)?.evidence;
  const proves = '租金不高于市场价';
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is offered by the applicant, and noted by the official who accepts on it', async () => {
    const filing = { ...submission(), substitutes: [{ code: 'quote', proves }] };
    await ledger.run('case.submit', filing, by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
    const offered = { kind: 'substitute', document: digestOf('quote'), proves };
    expect(held('quote')).to.deep.equal(offered);
    await ledger.run('case.accept', { caseNo }, clerk);
    const notedBy = { department: 'offices', role: 'clerk', user: 'offices.clerk1' };
    expect(held('quote')).to.deep.equal({ ...offered, notedBy });
  });

  it('is found by the owner itself, of a listed material', async () => {
    await receivedCase(ledger, ['application']);
    const found = { document: digestOf('market report'), proves };
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () =>
      ledger.run('case.accept', { caseNo, substitutes: [{ code: 'other', ...found }] }, clerk),
    );
    const record = (await ledger.run(
      'case.accept',
      { caseNo, substitutes: [{ code: 'quote', ...found }] },
      clerk,
    )) as CaseRecord;
    expect(record.state).to.equal('ACCEPTED');
    expect(held('quote')).to.deep.include({ kind: 'substitute', ...found });
  });
});

import type { ContractErrorCode, ContractErrorMeaning, MatterContent } from '@yici/domain/model';
import {
  basisWords,
  citationsOf,
  cite,
  ContractError,
  contractErrors,
  laws,
  standingsIn,
  standingsOf,
} from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  attested,
  by,
  consulted,
  documentOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  leaseMatter,
  publishMatter,
  receivedCase,
  taskCode,
  without,
} from '../support/story.js';
import { march } from '../support/timed.js';
import { workingDays } from '../../../support/matter.js';

const decision = documentOf('丽政办〔2026〕1号');
const followed = (law: 'licensing' | 'onceReform') =>
  ({ law, standing: 'followed', document: decision.number }) as const;
const internal = {
  policyDocuments: [decision],
  handlingLaws: [followed('licensing'), followed('onceReform')],
} satisfies Partial<MatterContent>;
const licence: MatterContent = { ...without(leaseMatter, 'handlingLaws'), matterType: '01' };
const alone = { ...licence, flow: [] };

describe('the laws by which a matter is handled', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });
  const draft = (content: MatterContent) =>
    ledger.run('matter.draft', content, by('offices.clerk1'));

  it('are said by what is no licence, each with the document by which it is followed', async () => {
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () =>
      draft(without(leaseMatter, 'handlingLaws')),
    );
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () =>
      draft({ ...leaseMatter, ...internal, policyDocuments: [] }),
    );
    await draft({ ...leaseMatter, ...internal });
    await draft(leaseMatter);
  });

  it('are in force for a licence, and the Licensing Law for nothing else', async () => {
    await draft(licence);
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () => draft({ ...licence, ...internal }));
    const applies = (law: 'licensing' | 'onceReform') => [{ law, standing: 'applies' } as const];
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () =>
      draft({ ...leaseMatter, handlingLaws: applies('licensing') }),
    );
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () =>
      draft({ ...leaseMatter, handlingLaws: applies('onceReform') }),
    );
    await expectRefusal(ledger, 'LAW_STANDING_UNFOUNDED', () =>
      draft({ ...leaseMatter, matterType: '20', handlingLaws: applies('licensing') }),
    );
    await draft({ ...leaseMatter, matterType: '20', handlingLaws: applies('onceReform') });
  });

  it('of a version from before they were said are in force for a licence and followed by all else', () => {
    const both = { licensing: 'followed', onceReform: 'followed' };
    expect(standingsOf({ matterType: '11' })).to.deep.equal(both);
    expect(standingsOf(licence)).to.deep.equal({ licensing: 'applies', onceReform: 'applies' });
    expect(standingsOf({ matterType: '11', handlingLaws: [] })).to.deep.equal({});
  });

  /** What a refusal says it rests on. */
  async function basisOf(
    code: ContractErrorCode,
    attempt: () => Promise<unknown>,
  ): Promise<string> {
    const error = await attempt().then(
      () => expect.fail('it was done'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ContractError)) throw error;
    expect(error.code).to.equal(code);
    const { basis }: ContractErrorMeaning = contractErrors[code];
    return basisWords(citationsOf(basis, error.details), standingsIn(error.details)).zh;
  }

  /** A case against a second version of the matter, received. */
  async function received(content: Partial<MatterContent>): Promise<string> {
    await publishMatter(ledger, { ...leaseMatter, ...content }, 'offices');
    await receivedCase({
      run: (name, input, act) =>
        ledger.run(name, name === 'case.submit' ? { ...input, matterVersion: 2 } : input, act),
    });
    return `${taskCode}-20260302-0001`;
  }

  /** What the refusal of a deemed acceptance that comes too early rests on. */
  async function restsOn(content: Partial<MatterContent>): Promise<string> {
    const number = await received(content);
    const early = () =>
      ledger.run('case.deemAccepted', { caseNo: number }, by('hrss.clerk1', march(3)));
    return basisOf('DEEMED_ACCEPTANCE_NOT_DUE', early);
  }

  it('stand in a refusal as they do for the matter', async () => {
    expect(await restsOn(internal)).to.match(/^参照《中华人民共和国行政许可法》第三十二条/);
  });

  it('give their duties by analogy, never their liability', () => {
    const basis = citationsOf(contractErrors.MATERIAL_PRESENT.basis);
    expect(basisWords(basis, { onceReform: 'applies' }).zh).to.match(
      /第七条第一款、第四十三条第三项$/,
    );
    expect(basisWords(basis, { onceReform: 'followed' }).zh).to.match(/^参照.*第七条第一款$/);
    const liability = cite(laws.onceReform, { article: 43, item: 3 });
    expect(basisWords([liability], { onceReform: 'followed' }).zh).to.equal('本系统规则');
  });

  it('stand only where the refusal rests on them', async () => {
    const number = await received(internal);
    await issueAttestations(ledger, march(2));
    const refuse = () =>
      ledger.run('case.refuse', { caseNo: number }, by('offices.clerk1', march(3)));
    expect(await basisOf('REASON_REQUIRED', refuse)).to.match(/^参照[^；]*第十一条第三款$/);
    await ledger.run('case.accept', { caseNo: number, attested }, by('offices.clerk1', march(3)));
    const disagree = { caseNo: number, stepId: 'finance', answer: 'disagree' } as const;
    const opinion = () => ledger.run('case.opinion', disagree, by('finance.clerk1', march(3)));
    expect(await basisOf('REASON_REQUIRED', opinion)).to.equal('本系统规则');
    const longer = { ...leaseMatter, ...internal, promisedLimit: workingDays(21) };
    const limit = await basisOf('LIMIT_EXCEEDS_STATUTORY', () => draft(longer));
    expect(limit).to.match(/第十二条第一款$/);
  });

  it('stand so in the refusal of a draft', async () => {
    const [material] = leaseMatter.materials;
    const catchAll = { ...material!, name: { zh: '其他材料', en: 'Other materials' } };
    const basis = await basisOf('MATERIAL_CATCH_ALL', () =>
      draft({ ...leaseMatter, ...internal, materials: [catchAll] }),
    );
    expect(basis).to.match(/^参照.*第四条第二款$/);
  });

  it('are not claimed for an internal matter that only this system’s rules govern', async () => {
    expect(await restsOn({})).to.equal('本系统规则');
  });

  it('are cited as law in force for a licence', async () => {
    expect(await restsOn({ matterType: '01' })).to.match(
      /^依据《中华人民共和国行政许可法》第三十二条/,
    );
  });
});

describe('the statutory limit of a licence (Administrative Licensing Law art 42)', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });
  const draft = (content: MatterContent) =>
    ledger.run('matter.draft', content, by('offices.clerk1'));
  const statutoryLimitBasis = {
    rank: 'law',
    law: '某法',
    clause: '第一条',
    text: '（条文）',
  } as const;

  it('is there', async () => {
    await expectRefusal(ledger, 'STATUTORY_LIMIT_UNFOUNDED', () =>
      draft(without(licence, 'statutoryLimit')),
    );
    await draft(without(leaseMatter, 'statutoryLimit'));
  });

  it('has at most twenty working days, or what a law or regulation sets', async () => {
    const longer = { ...alone, statutoryLimit: workingDays(21) };
    expect(
      await expectRefusal(ledger, 'STATUTORY_LIMIT_UNFOUNDED', () => draft(longer)),
    ).to.deep.equal({ most: 20, joint: false, statutory: 21 });
    await draft({ ...longer, statutoryLimitBasis });
    await draft(alone);
  });

  it('has at most forty-five where departments act jointly, whatever else is cited', async () => {
    await draft({ ...licence, statutoryLimit: workingDays(45) });
    await expectRefusal(ledger, 'STATUTORY_LIMIT_UNFOUNDED', () =>
      draft({ ...licence, statutoryLimit: workingDays(46), statutoryLimitBasis }),
    );
  });
});

describe('the draft of a list for the public (Zhejiang regulation art 4)', () => {
  let ledger: RuleLedger;
  const cosigned = async (content: MatterContent) => {
    const drafted = await ledger.run('matter.draft', content, by('offices.clerk1'));
    const { version, contentDigest } = drafted as { version: number; contentDigest: string };
    const input = { taskCode, version, contentDigest };
    await ledger.run('matter.cosign', input, by('offices.head1'));
    await ledger.run('matter.cosign', input, by('establishment.head1'));
    return input;
  };
  const publish = () =>
    ledger.run('matter.publish', { taskCode, version: 2 }, by('offices.clerk1'));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is consulted on before it is published', async () => {
    const input = await cosigned(licence);
    const details = await expectRefusal(ledger, 'CONSULTATION_MISSING', publish);
    expect(details).to.deep.equal({ taskCodes: [taskCode] });
    const record = (of: object, user = 'offices.clerk1') =>
      ledger.run('matter.recordConsultation', { ...consulted(input), ...of }, by(user));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => record({}, 'hrss.clerk1'));
    await expectRefusal(ledger, 'VALIDITY_INVALID', () => record({ to: '2026-03-03' }));
    await expectRefusal(ledger, 'VALIDITY_INVALID', () => record({ to: '2025-11-30' }));
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () => record({ contentDigest: '0'.repeat(64) }));
    await record({});
    expect(await publish()).to.have.nested.property('consultation.organ', '市人民政府');
    await expectRefusal(ledger, 'WRONG_STATE', () => record({}));
  });

  it('is consulted on again when it is another', async () => {
    const input = await cosigned(licence);
    await ledger.run('matter.recordConsultation', consulted(input), by('offices.clerk1'));
    await cosigned({ ...licence, visits: 1 });
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('matter.publish', { taskCode, version: 4 }, by('offices.clerk1')),
    );
  });

  it('is none where an approval inside the administration only follows the regulation', async () => {
    await cosigned({ ...leaseMatter, ...internal });
    expect(await publish()).to.include({ status: 'published' });
  });
});

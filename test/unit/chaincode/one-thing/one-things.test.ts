import type {
  CommandInput,
  OneThingCaseRecord,
  OneThingContent,
  OneThingRecord,
} from '@yici/domain/model';
import { canonicalDigest, compositeKey } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  allMaterials,
  caseOf,
  decidePart,
  partCodes,
  partMatters,
  publishParts,
  publishTransfer,
  transfer,
  transferCode,
  transferNo,
  transferSubmission,
} from '../support/one-thing-story.js';
import {
  by,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  publishMatter,
} from '../support/story.js';

describe('a one-thing template', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishParts(ledger);
  });

  const draft = async (changes: Partial<OneThingContent> = {}, user = 'hrss.clerk1') =>
    (await ledger.run('oneThing.draft', { ...transfer, ...changes }, by(user))) as OneThingRecord;
  const input = { code: transferCode, version: 1, contentDigest: canonicalDigest(transfer) };
  const cosign = (user: string, more: object = {}) =>
    ledger.run('oneThing.cosign', { ...input, ...more }, by(user));
  const withNode = (id: string, change: object): OneThingContent['nodes'] =>
    transfer.nodes.map((node) => (node.id === id ? { ...node, ...change } : node));

  it('asks once for what several parts list, by name or because the template says so', async () => {
    const { materials, listed } = await draft();
    expect(materials.map(({ code, of }) => [code, of.map(({ node }) => node)])).to.deep.equal([
      ['use.application', ['use']],
      ['roster', ['use', 'pay', 'medical', 'fund']],
      ['pay.application', ['pay']],
      ['slip', ['pay']],
      ['photo', ['medical', 'fund']],
    ]);
    expect(listed).to.equal(9);
    expect(materials.find(({ code }) => code === 'slip')?.mayFollow).to.equal(true);
    expect(materials.filter(({ mayFollow }) => mayFollow)).to.have.length(1);
  });

  it('is signed by the lead, every owner and the Establishment Office, and its key by lead and office', async () => {
    expect((await draft()).signers).to.deep.equal(['establishment', 'finance', 'hrss', 'offices']);
    const key = compositeKey({ objectType: 'oneThing', attributes: [transferCode, '000001'] });
    expect(ledger.endorsements.get(key)).to.deep.equal(['HrssMSP', 'EstablishmentMSP']);
  });

  it('has the lead authority sign what the Establishment Office leads', async () => {
    expect((await draft({}, 'establishment.clerk1')).signers).to.include('data');
  });

  it('is published when all have signed, and not before', async () => {
    await draft();
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('oneThing.publish', { code: transferCode, version: 1 }, by('hrss.clerk1')),
    );
    ledger.state.delete(compositeKey({ objectType: 'oneThingHead', attributes: [transferCode] }));
    const record = await publishTransfer(ledger);
    expect(record.status).to.equal('published');
    expect(record.cosignatures).to.have.length(4);
  });

  it('is not signed by a stranger, twice, by its drafter, by a clerk or under another digest', async () => {
    await draft({}, 'hrss.head1');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => cosign('supervision.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => cosign('finance.clerk1'));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => cosign('hrss.head1'));
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () =>
      cosign('finance.head1', { contentDigest: '0'.repeat(64) }),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () => cosign('finance.head1', { version: 2 }));
    await cosign('finance.head1');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => cosign('finance.head2'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => draft({}, 'finance.clerk1'));
  });

  it('loses its cosignatures when the draft is replaced', async () => {
    await draft();
    await cosign('finance.head1');
    await draft({ promisedLimit: { value: 11, unit: 'workingDay' } });
    expect(ledger.get('oneThing', transferCode, '000001')?.cosignatures).to.deep.equal([]);
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () => cosign('finance.head1'));
  });

  it('refuses parts that are no graph, no published matters, or longer than the promise', async () => {
    const problem = async (nodes: OneThingContent['nodes'], promised = 12) =>
      (
        await expectRefusal(ledger, 'FLOW_INVALID', () =>
          draft({ nodes, promisedLimit: { value: promised, unit: 'workingDay' } }),
        )
      )['problem'];
    expect(await problem(withNode('use', { after: ['fund'] }))).to.equal('cycle');
    expect(await problem(withNode('pay', { after: ['nothing'] }))).to.equal('unknownPrior');
    expect(await problem(withNode('pay', { taskCode: partCodes.use }))).to.equal('matterTwice');
    // 3 + 4 + 2 working days: the longest way through the parts' own promises.
    expect(await problem([...transfer.nodes], 8)).to.equal('longerThanPromised');
    await draft({ promisedLimit: { value: 9, unit: 'workingDay' } });
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      draft({ nodes: withNode('pay', { matterVersion: 9 }) }),
    );
    await ledger.run('matter.draft', partMatters.fund, by('offices.clerk1'));
    await expectRefusal(ledger, 'MATTER_NOT_PUBLISHED', () =>
      draft({ nodes: withNode('fund', { matterVersion: 2 }) }),
    );
    await expectRefusal(ledger, 'VALIDITY_INVALID', () => draft({ effectiveTo: '2025-12-31' }));
  });

  it('refuses a group of materials that are not there, are shared, or stand in two groups', async () => {
    const [photo] = transfer.same;
    const group = (code: string, of: { node: string; code: string }[]) => ({ code, of });
    const twice = group('again', [photo!.of[0]!, { node: 'use', code: 'roster' }]);
    const shared = group('x', [photo!.of[0]!, { node: 'pay', code: 'headcount' }]);
    const unknown = group('x', [photo!.of[0]!, { node: 'use', code: 'slip' }]);
    const nobody = group('x', [photo!.of[0]!, { node: 'nobody', code: 'slip' }]);
    const details = await expectRefusal(ledger, 'MATERIAL_LIST_INVALID', () =>
      draft({ same: [photo!, twice] }),
    );
    expect(details['problem']).to.equal('inTwoGroups');
    await expectRefusal(ledger, 'MATERIAL_SHARED', () => draft({ same: [shared] }));
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () => draft({ same: [unknown] }));
    await expectRefusal(ledger, 'NOT_FOUND', () => draft({ same: [nobody] }));
  });

  it('takes no invented past, ends with its successor, and is retired by the lead’s head', async () => {
    await publishTransfer(ledger);
    await expectRefusal(ledger, 'PREVIOUS_LIMIT_INVALID', () =>
      draft({ previousLimit: { value: 90, unit: 'workingDay' } }),
    );
    await publishTransfer(ledger, { ...transfer, effectiveFrom: '2026-04-01' });
    expect(ledger.get('oneThing', transferCode, '000001')).to.include({
      effectiveTo: '2026-03-31',
      supersededBy: 2,
    });
    const retire = (user: string) =>
      ledger.run(
        'oneThing.retire',
        { code: transferCode, version: 2, reasonCode: 'other' },
        by(user),
      );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => retire('finance.head1'));
    await retire('hrss.head1');
    await expectRefusal(ledger, 'WRONG_STATE', () => retire('hrss.head1'));
  });
});

describe('a one thing that was filed', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishParts(ledger);
    await publishTransfer(ledger);
  });

  const submit = async (
    changes: Partial<CommandInput<'oneThing.submit'>> = {},
    at = morning('2026-03-02'),
  ) =>
    (await ledger.run(
      'oneThing.submit',
      { ...transferSubmission(), ...changes },
      by('supervision.clerk1', at),
    )) as OneThingCaseRecord;
  const advance = async (
    nodes: readonly (keyof typeof partCodes)[],
    day = '2026-03-05',
    user = 'data.service1',
  ) =>
    (await ledger.run(
      'oneThing.advance',
      {
        no: transferNo,
        cases: nodes.map((node) => ({ node, caseNo: caseOf(node, day.replaceAll('-', '')) })),
      },
      by(user, morning(day)),
    )) as OneThingCaseRecord;
  const statuses = () =>
    Object.fromEntries(
      (ledger.get('oneThingCase', transferNo)?.parts ?? []).map(({ id, status }) => [id, status]),
    );

  it('opens its first part as an ordinary case, with the part’s materials out of the one set', async () => {
    const record = await submit();
    // 2026-03-02 and twelve working days.
    expect(record).to.deep.include({ status: 'open', dueOn: '2026-03-18', lead: 'hrss' });
    expect(statuses()).to.deep.equal({
      use: 'open',
      pay: 'waiting',
      medical: 'waiting',
      fund: 'waiting',
    });
    const part = ledger.get('case', caseOf('use'));
    expect(part).to.deep.include({
      state: 'SUBMITTED',
      applicant: 'supervision',
      owner: 'establishment',
      oneThing: { no: transferNo, node: 'use' },
      form: digestOf('one form'),
    });
    expect(part?.materials.map(({ code, evidence }) => [code, evidence])).to.deep.equal([
      ['application', { kind: 'document', document: digestOf('one use.application') }],
      ['roster', { kind: 'document', document: digestOf('one roster') }],
    ]);
    expect(ledger.chain(caseOf('use'))[0]?.data['oneThing']).to.deep.equal({
      no: transferNo,
      node: 'use',
    });
  });

  it('opens later parts together when their priors are granted, by any member, for the same applicant', async () => {
    await submit();
    await expectRefusal(ledger, 'ONE_THING_NOTHING_DUE', () => advance([]));
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-04');
    await advance(['pay', 'medical']);
    const [pay, medical] = (['pay', 'medical'] as const).map((id) =>
      ledger.get('case', caseOf(id, '20260305')),
    );
    expect(pay).to.deep.include({
      applicant: 'supervision',
      owner: 'finance',
      clockFrom: '2026-03-05',
    });
    expect(pay?.submittedBy.user).to.equal('supervision.clerk1');
    expect(ledger.chain(caseOf('pay', '20260305'))[0]?.by.user).to.equal('data.service1');
    expect(medical?.submittedAt).to.equal(pay?.submittedAt);
    expect(medical?.materials.map(({ code }) => code)).to.deep.equal(['roster', 'photo']);
    await expectRefusal(ledger, 'ONE_THING_NOTHING_DUE', () => advance(['fund']));
    await decidePart(ledger, caseOf('medical', '20260305'), 'hrss', '2026-03-06');
    expect((await advance([], '2026-03-06')).status).to.equal('open');
  });

  it('ends granted when every part is', async () => {
    await submit();
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-04');
    await advance(['pay', 'medical']);
    await decidePart(ledger, caseOf('medical', '20260305'), 'hrss', '2026-03-06');
    const slip = { code: 'headcount', attestationId: 'att-pay' };
    await attestHeadcount(ledger, caseOf('pay', '20260305'));
    await decidePayWithSlip(ledger, caseOf('pay', '20260305'), slip);
    await advance(['fund'], '2026-03-09');
    await decidePart(ledger, caseOf('fund', '20260309'), 'offices', '2026-03-10');
    expect((await advance([], '2026-03-10')).status).to.equal('granted');
    await expectRefusal(ledger, 'ONE_THING_NOTHING_DUE', () => advance([], '2026-03-11'));
  });

  it('stops what waits for a part that was refused or withdrawn, and ends', async () => {
    await submit();
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-04', 'refused');
    expect((await advance([])).status).to.equal('ended');
    expect(statuses()).to.deep.equal({
      use: 'failed',
      pay: 'stopped',
      medical: 'stopped',
      fund: 'stopped',
    });
    await expectRefusal(ledger, 'ONE_THING_NOTHING_DUE', () => advance(['pay']));
  });

  it('gives later parts the newest document of a material: what one part had supplemented is not asked again', async () => {
    await submit();
    const caseNo = caseOf('use');
    await ledger.run('case.receive', { caseNo }, by('establishment.clerk1', morning('2026-03-02')));
    const items: CommandInput<'case.supplementNotice'>['items'] = [
      { code: 'roster', deficiency: 'unclear' },
    ];
    await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: { value: 3, unit: 'workingDay' } },
      by('establishment.clerk1', morning('2026-03-03')),
    );
    await ledger.run(
      'case.supplement',
      { caseNo, materials: [{ code: 'roster', document: digestOf('better roster') }] },
      by('supervision.clerk1', morning('2026-03-04')),
    );
    const at = morning('2026-03-05');
    await ledger.run('case.accept', { caseNo }, by('establishment.clerk1', at));
    const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await ledger.run('case.decide', decision, by('establishment.head1', at));
    await advance(['pay', 'medical']);
    const held = ledger.get('case', caseOf('pay', '20260305'))?.materials;
    expect(held?.find(({ code }) => code === 'list')?.evidence).to.deep.equal({
      kind: 'document',
      document: digestOf('better roster'),
    });
  });

  it('opens exactly the parts whose turn it is, each under a free number of its own', async () => {
    for (const nodes of [[], ['use', 'pay'], ['pay']] as const) {
      const cases = nodes.map((node) => ({ node, caseNo: caseOf(node) }));
      const details = await expectRefusal(ledger, 'ONE_THING_PARTS_WRONG', () => submit({ cases }));
      expect(details['ready']).to.deep.equal(['use']);
    }
    const wrong = [{ node: 'use', caseNo: caseOf('pay') }];
    await expectRefusal(ledger, 'CASE_NUMBER_INVALID', () => submit({ cases: wrong }));
    await submit();
    const other = `${transferCode}-20260302-0002`;
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => submit({ no: other }));
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-04');
    await expectRefusal(ledger, 'ONE_THING_PARTS_WRONG', () => advance(['pay']));
    await expectRefusal(ledger, 'ONE_THING_PARTS_WRONG', () => advance([]));
  });

  it('is refused without a required material, with an unknown one, or twice', async () => {
    for (const missing of allMaterials) {
      const { materials } = transferSubmission(allMaterials.filter((code) => code !== missing));
      const details = await expectRefusal(ledger, 'MATERIAL_MISSING', () => submit({ materials }));
      expect(details['codes']).to.deep.equal([missing]);
    }
    const { materials } = transferSubmission([...allMaterials, 'passport']);
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () => submit({ materials }));
    await submit();
    const cases = [{ node: 'use', caseNo: caseOf('use').replace(/1$/, '2') }];
    const details = await expectRefusal(ledger, 'ALREADY_EXISTS', () => submit({ cases }));
    expect(details).to.deep.equal({ no: transferNo });
  });

  it('is filed against a template and matters in force on the day, under a number of that day', async () => {
    await expectRefusal(ledger, 'NOT_FOUND', () => submit({ version: 2 }));
    await expectRefusal(ledger, 'CASE_NUMBER_INVALID', () => submit({}, morning('2026-03-05')));
    await ledger.run(
      'matter.retire',
      { taskCode: partCodes.fund, version: 1, reasonCode: 'other' },
      by('offices.head1'),
    );
    await expectRefusal(ledger, 'MATTER_NOT_PUBLISHED', () => submit());
    const retire = { code: transferCode, version: 1, reasonCode: 'other' as const };
    await ledger.run('oneThing.retire', retire, by('hrss.head1'));
    await expectRefusal(ledger, 'ONE_THING_NOT_IN_FORCE', () => submit());
  });

  it('goes on with the matters it was filed against when they are superseded meanwhile', async () => {
    await submit();
    const next = { ...partMatters.pay, effectiveFrom: '2026-03-03' };
    await publishMatter(ledger, next, 'finance', 'establishment', morning('2026-03-02'));
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-04');
    await advance(['pay', 'medical']);
    expect(ledger.get('case', caseOf('pay', '20260305'))?.matterVersion).to.equal(1);
  });
});

async function attestHeadcount(ledger: RuleLedger, caseNo: string): Promise<void> {
  await ledger.run(
    'attestation.issue',
    {
      attestationId: 'att-pay',
      datasetId: 'establishment.headcount',
      requester: 'finance',
      caseNo,
      purpose: 'Transfer',
      fields: [{ code: 'total', ...digestOf('salt') }],
      validFrom: '2026-03-01T00:00:00.000Z',
      validTo: '2026-06-01T00:00:00.000Z',
    },
    by('establishment.service1', morning('2026-03-06')),
  );
}

/** The pay part lacks its slip, which may follow, and gets its headcount by sharing. */
async function decidePayWithSlip(
  ledger: RuleLedger,
  caseNo: string,
  attested: { code: string; attestationId: string },
): Promise<void> {
  const at = morning('2026-03-06');
  await ledger.run('case.receive', { caseNo }, by('finance.clerk1', at));
  await ledger.run(
    'case.tolerantAccept',
    { caseNo, tolerated: ['slip'], limit: { value: 3, unit: 'workingDay' }, attested: [attested] },
    by('finance.clerk1', at),
  );
  await ledger.run(
    'case.supplement',
    { caseNo, materials: [{ code: 'slip', document: digestOf('slip') }] },
    by('supervision.clerk1', at),
  );
  const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
  await ledger.run('case.decide', decision, by('finance.head1', morning('2026-03-09')));
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCaseExport } from '@yici/client/testing';
import { expect } from 'chai';
import type { Answer } from '../../integration/gateway/support/api.js';
import {
  commit,
  digestOf,
  fileCase,
  leaseMatter,
} from '../../integration/gateway/support/story.js';
import { runYici } from '../terminal.js';
import { departments, refusal, shanghai, type Stand } from './stand.js';
import { sealedVoucher } from '../vouchers.js';

const dutyOf = (id: string) => `${id.toUpperCase()}-01`;
const duty = (department: string) => ({
  department,
  code: dutyOf(department),
  title: { zh: `${department} 职责`, en: `Duty of ${department}` },
  clause: '（一）',
  document: { number: '三定〔2024〕1号', title: '三定规定', ...digestOf('duties') },
  covers: [{ taskCode: leaseMatter.taskCode }],
  effectiveFrom: '2024-01-01',
});

/** Hand-over, ruling, return, delegation and export, on a stand that was seeded. Registers the tests. */
export function tellsResponsibility(stand: () => Stand): void {
  before(async () => {
    for (const id of departments) {
      // Who confirms a clause is not who entered it.
      const registrar = id === 'establishment' ? 'clerk1' : 'head1';
      await commit(stand().api, `${id}.${registrar}`, '/v1/duties', duty(id));
      const named = { department: id, version: 1 };
      await commit(stand().api, 'establishment.head1', `/v1/duties/${dutyOf(id)}/confirm`, named);
    }
  });

  const refused = async (user: string, path: string, body: unknown) => {
    const answer = await refusal(stand(), user, path, body);
    return [answer.status, answer.at('code'), answer.at('article') !== undefined];
  };

  /** A case of the data bureau, received by the offices, its step open where `accepted`. */
  const opened = async (accepted: boolean): Promise<string> => {
    const caseNo = await fileCase(stand().api, 'data.clerk1');
    await commit(stand().api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    if (accepted)
      await commit(stand().api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, sealedVoucher);
    return caseNo;
  };
  const shown = (caseNo: string): Promise<Answer> =>
    stand().api.get('data.clerk1', `/v1/cases/${caseNo}`);

  describe('a hand-over', () => {
    it('needs a clause of the receiver and the receiver’s own signature (R12)', async () => {
      const caseNo = await opened(false);
      const path = `/v1/cases/${caseNo}`;
      const offer = { to: 'supervision', dutyCode: dutyOf('supervision') };
      expect(
        await refused('offices.clerk1', `${path}/offer-transfer`, { ...offer, dutyCode: 'X-9' }),
      ).to.deep.equal([422, 'DUTY_UNKNOWN', false]);
      expect(
        await refused('offices.clerk1', `${path}/offer-transfer`, {
          to: 'data',
          dutyCode: dutyOf('data'),
        }),
      ).to.deep.equal([422, 'TRANSFER_INVALID', false]);
      await commit(stand().api, 'offices.clerk1', `${path}/offer-transfer`, offer);
      expect((await shown(caseNo)).at('owner'), 'offered is not accepted').to.equal('offices');
      expect(await refused('establishment.clerk1', `${path}/accept-transfer`, {})).to.deep.equal([
        403,
        'WRONG_DEPARTMENT',
        false,
      ]);
      const dueBefore = (await shown(caseNo)).at('replyBy');
      await commit(stand().api, 'supervision.head1', `${path}/accept-transfer`, {});
      const after = await shown(caseNo);
      expect(after.at('owner')).to.equal('supervision');
      expect(after.at('replyBy'), 'a hand-over costs nobody time').to.equal(dueBefore);
      expect(after.at('firstAsked.department')).to.equal('offices');
      expect(await refused('supervision.head1', `${path}/accept-transfer`, {})).to.deep.equal([
        409,
        'TRANSFER_NOT_OFFERED',
        false,
      ]);
    });

    it('that bounces twice goes to the Establishment Office, which proposes, and the government’s decision moves it', async () => {
      const caseNo = await opened(false);
      const path = `/v1/cases/${caseNo}`;
      const offer = { to: 'supervision', dutyCode: dutyOf('supervision') };
      const decline = { clauseOf: 'offices', dutyCode: dutyOf('offices') };
      for (let bounce = 1; bounce <= 2; bounce += 1) {
        await commit(stand().api, 'offices.clerk1', `${path}/offer-transfer`, offer);
        await commit(stand().api, 'supervision.head1', `${path}/decline-transfer`, decline);
        expect((await shown(caseNo)).at('bounces')).to.equal(bounce);
      }
      expect(await refused('offices.clerk1', `${path}/offer-transfer`, offer)).to.deep.equal([
        409,
        'DUTY_RULING_OPEN',
        true,
      ]);
      const rulings = await stand().api.get('establishment.head1', '/v1/duty-rulings');
      const rulingId = rulings.str('items.0.rulingId');
      expect(rulings.each('items', 'caseNo')).to.deep.equal([caseNo]);
      const ruling = {
        department: 'supervision',
        dutyCode: dutyOf('supervision'),
        document: digestOf('ruling'),
      };
      const about = `/v1/duty-rulings/${rulingId}`;
      expect(await refused('supervision.head1', `${about}/propose`, ruling)).to.deep.equal([
        403,
        'WRONG_DEPARTMENT',
        false,
      ]);
      expect(await refused('establishment.clerk1', `${about}/decide`, ruling)).to.deep.equal([
        422,
        'COORDINATION_MISSING',
        true,
      ]);
      await commit(stand().api, 'establishment.head1', `${about}/propose`, ruling);
      expect(await refused('establishment.clerk1', `${about}/decide`, ruling)).to.deep.equal([
        422,
        'DECISION_UNNAMED',
        true,
      ]);
      const registered = { ...ruling, organ: '市委编委', number: '编委〔2026〕3号' };
      await commit(stand().api, 'establishment.clerk1', `${about}/decide`, registered);
      expect((await shown(caseNo)).at('owner')).to.equal('supervision');
      const decided = await stand().api.get('offices.clerk1', `/v1/duty-rulings/${rulingId}`);
      expect(decided.at('status')).to.equal('decided');
    });
  });

  it('a step is returned once, with reasons, its clock running, and answered by the owner', async () => {
    const caseNo = await opened(true);
    const path = `/v1/cases/${caseNo}`;
    const due = (await shown(caseNo)).at('steps.0.dueOn');
    const step = { stepId: 'headcount' };
    const reason = { code: 'stillIncomplete', text: digestOf('reasons') };
    const back = `${path}/return-step`;
    expect(await refused('establishment.clerk1', back, step)).to.deep.equal([
      422,
      'REASON_REQUIRED',
      true,
    ]);
    const notMine = { ...step, reason: { ...reason, code: 'outsideDuty' } };
    expect(await refused('establishment.clerk1', back, notMine)).to.deep.equal([
      422,
      'TRANSFER_REQUIRED',
      true,
    ]);
    await commit(stand().api, 'establishment.clerk1', back, { ...step, reason });
    expect(await refused('establishment.clerk1', back, { ...step, reason })).to.deep.equal([
      409,
      'ALREADY_RETURNED',
      false,
    ]);
    const resent = { ...step, document: digestOf('answer') };
    expect(await refused('establishment.clerk1', `${path}/resend-step`, resent)).to.deep.equal([
      403,
      'WRONG_DEPARTMENT',
      false,
    ]);
    await commit(stand().api, 'offices.clerk1', `${path}/resend-step`, resent);
    const after = await shown(caseNo);
    expect(after.at('steps.0')).to.include({ status: 'open', department: 'establishment' });
    expect(after.at('steps.0.dueOn')).to.equal(due);
  });

  it('a delegate acts under both names, for the days it was given, and not beyond', async () => {
    const { api } = stand();
    const draft = await commit(api, 'offices.clerk1', '/v1/matters', {
      ...leaseMatter,
      taskCode: 'LEASE0012',
    });
    const version = draft.at('result.version');
    const body = { version, contentDigest: draft.at('result.contentDigest') };
    const path = '/v1/matters/LEASE0012';
    const delegation = {
      delegationId: 'del-1',
      from: 'establishment.head1',
      role: 'head',
      to: 'establishment.clerk1',
      fromDay: shanghai(0),
      toDay: shanghai(5),
      reasonCode: 'training',
    };
    expect(await refused('establishment.clerk1', `${path}/cosign`, body)).to.deep.equal([
      403,
      'ROLE_REFUSED',
      false,
    ]);
    await commit(api, 'establishment.head1', '/v1/delegations', delegation);
    const unsigned = { ...body, under: 'del-1' };
    expect(await refused('establishment.clerk1', `${path}/cosign`, unsigned)).to.deep.equal([
      403,
      'DELEGATION_NOT_VALID',
      false,
    ]);
    const waits = await api.get('establishment.clerk1', '/v1/inbox');
    expect(waits.each('items', 'todo')).to.include('acceptDelegation');
    await commit(api, 'establishment.clerk1', '/v1/delegations/del-1/accept', {});
    const under = { ...body, under: 'del-1' };
    expect(await refused('offices.clerk1', `${path}/cosign`, under)).to.deep.equal([
      403,
      'DELEGATION_NOT_VALID',
      false,
    ]);
    await commit(api, 'establishment.clerk1', `${path}/cosign`, under);
    const matter = await api.get('offices.clerk1', `${path}/versions/1`);
    expect(matter.at('cosignatures.0.by')).to.deep.equal({
      department: 'establishment',
      role: 'head',
      user: 'establishment.clerk1',
      for: 'establishment.head1',
      under: 'del-1',
    });
    const listed = await api.get('establishment.head1', '/v1/delegations');
    expect(listed.each('items', 'delegationId')).to.deep.equal(['del-1']);
    await commit(api, 'establishment.head1', '/v1/delegations/del-1/end', { reasonCode: 'back' });
    const owned = { ...under, under: 'del-1' };
    expect(await refused('establishment.clerk1', `${path}/cosign`, owned)).to.deep.equal([
      403,
      'DELEGATION_NOT_VALID',
      false,
    ]);
  });

  it('a case is exported in three forms, of which the package proves itself offline', async () => {
    const caseNo = await opened(true);
    const bytesOf = async (format: string) => {
      const path = `/v1/cases/${caseNo}/export?format=${format}`;
      const response = await stand().api.fetch('offices.clerk1', path);
      expect(response.status, format).to.equal(200);
      return Buffer.from(await response.arrayBuffer());
    };
    expect((await bytesOf('json')).toString()).to.include(`"办件编号": "${caseNo}"`);
    expect((await bytesOf('xml')).toString()).to.include(`"办件编号">${caseNo}<`);
    const zip = await bytesOf('zip');
    const head = (await shown(caseNo)).str('head');
    expect(verifyCaseExport(zip, head).findings).to.deep.equal([]);
    const stranger = await stand().api.get(
      'supervision.head1',
      `/v1/cases/${caseNo}/export?format=json`,
    );
    expect([stranger.status, stranger.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    const folder = mkdtempSync(join(tmpdir(), 'yici-export-'));
    try {
      const file = join(folder, 'case.zip');
      writeFileSync(file, zip);
      const good = await runYici(['case', 'verify-export', file, '--head', head]);
      expect(good.exitCode, good.out.join('\n')).to.equal(0);
      const spoilt = readFileSync(file);
      spoilt[Math.floor(spoilt.length / 2)]! ^= 1;
      writeFileSync(file, spoilt);
      const bad = await runYici(['case', 'verify-export', file, '--head', head]);
      expect(bad.exitCode).to.equal(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

import { expect } from 'chai';
import { commit, digestOf, fileCase, taskCode } from '../../integration/gateway/support/story.js';
import { sealedVoucher } from '../vouchers.js';
import { bothUntilDone } from './due.js';
import { refusal, type TimedStand } from './stand.js';

const reformId = 'reform-1';
const document = { number: '浙政函〔2026〕12号', title: '机构改革方案', ...digestOf('reform') };
const merger = {
  ...{ reformId, decision: { organ: '省人民政府', document }, effectiveOn: '2020-01-01' },
  changes: [{ kind: 'everything', department: 'offices', to: 'supervision' }],
};

/** A department merges into another while it has an open case past a limit. Registers the tests. */
export function tellsMerger(stand: () => TimedStand): void {
  let caseNo: string;
  const path = () => `/v1/cases/${caseNo}`;
  const refused = async (user: string, to: string, body: unknown) => {
    const answer = await refusal(stand(), user, to, body);
    return [answer.status, answer.at('code')];
  };
  const shown = () => stand().api.get('data.clerk1', path());
  /** To the end: what many days have left undone fills more than a page of an inbox. */
  const items = async <T>(user: string, list: string): Promise<T[]> => {
    const all: T[] = [];
    for (let next: string | null = ''; next !== null;) {
      const address = new URL(list, 'http://gateway');
      address.searchParams.set('limit', '200');
      if (next !== '') address.searchParams.set('cursor', next);
      const { json } = await stand().api.get(user, address.pathname + address.search);
      const page = json as { items: T[]; next: string | null };
      all.push(...page.items);
      ({ next } = page);
    }
    return all;
  };
  const todos = async (user: string) =>
    (await items<{ caseNo: string; todo: string }>(user, '/v1/inbox'))
      .filter((item) => item.caseNo === caseNo)
      .map(({ todo }) => todo);

  before(async () => {
    const { api } = stand();
    caseNo = await fileCase(api, 'data.clerk1');
    await commit(api, 'offices.clerk1', `${path()}/receive`, {});
    await commit(api, 'offices.clerk1', `${path()}/accept`, sealedVoucher);
    await commit(api, 'establishment.clerk1', `${path()}/opinion`, {
      ...{ stepId: 'headcount', answer: 'agree' },
    });
    stand().goOn(20);
    await bothUntilDone(stand().schedulers);
  });

  it('is registered by the Establishment Office and confirmed by who receives', async () => {
    expect(await refused('offices.head1', '/v1/reforms', merger)).to.deep.equal([
      ...[403, 'WRONG_DEPARTMENT'],
    ]);
    await commit(stand().api, 'establishment.clerk1', '/v1/reforms', merger);
    const confirm = `/v1/reforms/${reformId}/confirm`;
    expect(await refused('data.head1', confirm, {})).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    expect(await todos('offices.clerk1')).to.include('decide');
    const waiting = await items<{ todo: string }>('supervision.head1', '/v1/inbox');
    expect(waiting.map(({ todo }) => todo)).to.include('confirmReform');
    await commit(stand().api, 'supervision.head1', confirm, {});
    const reform = await stand().api.get('data.clerk1', `/v1/reforms/${reformId}`);
    expect(reform.at('inForceFrom')).to.be.a('string');
    const [ended] = (await stand().api.get('data.clerk1', '/v1/departments/offices')).list('left');
    expect(ended).to.include({ of: 'everything', to: 'supervision' });
  });

  it('leaves the card for what was missed with the department that missed it, which explains it', async () => {
    await bothUntilDone(stand().schedulers);
    const cards = await items<{ cardId: string; colour: string; department: string }>(
      'supervision.supervisor1',
      `/v1/cards?caseNo=${caseNo}`,
    );
    const red = cards.filter(({ colour }) => colour === 'red');
    expect(red.map(({ department }) => department)).to.include('offices');
    const missed = red.find(({ department }) => department === 'offices')!;
    await commit(stand().api, 'offices.clerk1', `/v1/cards/${missed.cardId}/explain`, {
      ...{ code: 'workload', text: digestOf('why') },
    });
  });

  it('gives the case to the successor by the schedulers, with its to-dos and its dates', async () => {
    const record = await shown();
    expect(record.at('owner')).to.equal('supervision');
    expect(record.at('successions.0.reformId')).to.equal(reformId);
    expect(await todos('supervision.head1')).to.include('decide');
    expect(await todos('offices.clerk1')).to.deep.equal([]);
    expect(
      await refused('offices.head1', `${path()}/decide`, {
        ...{ outcome: 'granted', document: digestOf('decision') },
      }),
    ).to.deep.equal([403, 'DEPARTMENT_ENDED']);
    await commit(stand().api, 'supervision.head1', `${path()}/decide`, {
      ...{ outcome: 'granted', document: digestOf('decision') },
    });
    expect((await shown()).at('state')).to.equal('DECIDED_GRANTED');
  });

  it('gives the matter to the successor, whose peers endorse what becomes of it', async () => {
    const path = `/v1/matters/${taskCode}`;
    expect((await stand().api.get('data.clerk1', path)).at('owner')).to.equal('supervision');
    const retire = { version: 1, reasonCode: 'merged' };
    expect(await refused('offices.head1', `${path}/retire`, retire)).to.deep.equal([
      ...[403, 'DEPARTMENT_ENDED'],
    ]);
    await commit(stand().api, 'supervision.head1', `${path}/retire`, retire);
  });
}

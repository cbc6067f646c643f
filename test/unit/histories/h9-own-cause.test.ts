import type { CardRecord, CommandInput, OrderRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import { appointGovernment } from '../chaincode/support/shares.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishMatter,
  receivedCase,
  submission,
} from '../chaincode/support/story.js';

const text = digestOf('words');
const document = digestOf('document');
const office = (date: string, n = 1) => by(`supervision.supervisor${n}`, morning(date));
const government = (date: string, n = 1) => by(`offices.head${n}`, morning(date));

/** The supervision office has a step of its own in the case, and is late with it. */
async function lateOffice(ledger: RuleLedger): Promise<string> {
  const [step] = leaseMatter.flow;
  if (step === undefined) return '';
  const flow = [{ ...step, id: 'order', department: 'supervision' }];
  const taskCode = '331100JG000700008';
  await publishMatter(ledger, { ...leaseMatter, taskCode, flow }, 'finance');
  const number = `${taskCode}-20260302-0001`;
  const filing = { ...submission(), caseNo: number, taskCode };
  await ledger.run('case.submit', filing, by('hrss.clerk1', morning('2026-03-02')));
  for (const name of ['case.receive', 'case.accept'] as const) {
    await ledger.run(name, { caseNo: number }, by('finance.clerk1', morning('2026-03-02')));
  }
  const card = (await ledger.run(
    'card.raise',
    { caseNo: number, what: 'opinion', step: 'order', colour: 'red' },
    by('hrss.clerk1', morning('2026-03-10')),
  )) as CardRecord;
  expect(card.department).to.equal('supervision');
  return card.cardId;
}

describe('H9: judge in its own cause', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('the supervision office does not review its own red card; the government’s office does', async () => {
    const cardId = await lateOffice(ledger);
    const appeal = { cardId, ground: 'factsWrong', text } as const;
    await ledger.run('card.appeal', appeal, by('supervision.head1', morning('2026-03-11')));
    const rule = { cardId, outcome: 'cancelled', document } as const;
    const vacant = await expectRefusal(ledger, 'FUNCTION_VACANT', () =>
      ledger.run('card.rule', rule, office('2026-03-12')),
    );
    expect(vacant).to.deep.equal({ function: 'government', of: 'supervision' });
    await appointGovernment(ledger);
    for (const act of [office('2026-03-12'), by('supervision.head2', morning('2026-03-12'))]) {
      const details = await expectRefusal(ledger, 'OWN_CAUSE', () =>
        ledger.run('card.rule', rule, act),
      );
      expect(details).to.include({ expected: 'offices', function: 'government' });
    }
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('card.rule', rule, by('finance.head1', morning('2026-03-12'))),
    );
    const ruled = (await ledger.run('card.rule', rule, government('2026-03-12'))) as CardRecord;
    expect(ruled.ruling?.by.department).to.equal('offices');
  });

  it('the office that is to review a card sees it from then on', async () => {
    await appointGovernment(ledger);
    const cardId = await lateOffice(ledger);
    const appeal = { cardId, ground: 'clockWrong', text } as const;
    expect(ledger.all('card')[0]?.parties).to.not.include('offices');
    await ledger.run('card.appeal', appeal, by('supervision.head1', morning('2026-03-11')));
    expect(ledger.all('card')[0]?.parties).to.include('offices');
  });

  it('cards of other departments stay the supervision office’s, and no head of it takes them', async () => {
    await appointGovernment(ledger);
    await receivedCase(ledger);
    const { cardId } = (await ledger.run(
      'card.raise',
      { caseNo, what: 'reply', colour: 'red' },
      by('hrss.clerk1', morning('2026-03-10')),
    )) as CardRecord;
    const appeal = { cardId, ground: 'factsWrong', text } as const;
    await ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-03-11')));
    const rule = { cardId, outcome: 'upheld', document } as const;
    // The card is against the government's own office, which does not judge itself either.
    await expectRefusal(ledger, 'OWN_CAUSE', () =>
      ledger.run('card.rule', rule, government('2026-03-12')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('card.rule', rule, by('supervision.head1', morning('2026-03-12'))),
    );
    await ledger.run('card.rule', rule, office('2026-03-12'));
  });

  const order: CommandInput<'order.issue'> = {
    orderId: 'ord-1',
    department: 'supervision',
    subject: '逾期整改',
    document,
    mandate: 'headInstruction',
    mandateNumber: '市府督〔2026〕1号',
    mandateDocument: document,
    limit: { value: 3, unit: 'workingDay' },
  };

  it('the supervision office orders itself nothing; the government’s office orders it, and concludes', async () => {
    await appointGovernment(ledger);
    await expectRefusal(ledger, 'OWN_CAUSE', () =>
      ledger.run('order.issue', order, office('2026-03-09')),
    );
    await ledger.run('order.issue', order, government('2026-03-09'));
    const { orderId } = order;
    const reply = { orderId, document };
    await ledger.run('order.reply', reply, by('supervision.head1', morning('2026-03-10')));
    const conclude = { orderId, satisfied: true, document };
    await expectRefusal(ledger, 'OWN_CAUSE', () =>
      ledger.run('order.conclude', conclude, office('2026-03-11')),
    );
    await ledger.run('order.conclude', conclude, government('2026-03-11'));
  });

  it('a conclusion is reviewed by the government’s office, and not by who took part in it', async () => {
    await appointGovernment(ledger);
    await ledger.run('order.issue', order, government('2026-03-09'));
    const { orderId } = order;
    const head = by('supervision.head1', morning('2026-03-10'));
    await ledger.run('order.reply', { orderId, document }, head);
    const unmet = { orderId, satisfied: false, document };
    await ledger.run('order.conclude', unmet, government('2026-03-11', 2));
    const ask = { orderId, ground: 'factsUnclear', text } as const;
    await ledger.run('order.askReview', ask, by('supervision.head1', morning('2026-03-12')));
    const decide = { orderId, outcome: 'cancelled', document } as const;
    await expectRefusal(ledger, 'OWN_CAUSE', () =>
      ledger.run('order.decideReview', decide, by('supervision.head1', morning('2026-03-13'))),
    );
    for (const n of [1, 2]) {
      const details = await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run('order.decideReview', decide, government('2026-03-13', n)),
      );
      expect(details['couldAct']).to.deep.equal({
        ...{ department: 'offices', role: 'head', notOneOf: [`offices.head${n}`] },
      });
    }
    const done = (await ledger.run(
      'order.decideReview',
      decide,
      government('2026-03-13', 3),
    )) as OrderRecord;
    expect(done.status).to.equal('closed');
  });
});

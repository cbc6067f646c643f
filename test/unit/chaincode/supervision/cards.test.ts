import {
  cardIdOf,
  caseCardBasis,
  exemptionConditions,
  type CardRecord,
  type CaseClockKind,
} from '@yici/domain/model';
import { caseLights, createWorkingDayCounter } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
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
} from '../support/story.js';

const text = digestOf('words');
const supervisor = (date: string, n = 1) => by(`supervision.supervisor${n}`, morning(date));

/** The case of the story: filed on Monday 2026-03-02, accepted on the 3rd, two steps of some days from then, 7 days in all. */
describe('warning cards', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
  });
  const accept = () =>
    ledger.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
  const lights = (today: string) => {
    const record = ledger.get('case', caseNo);
    if (record === undefined) return [];
    const counter = createWorkingDayCounter(
      (year) => ledger.get('calendar', year.toString())?.inForce,
    );
    return caseLights(record, today, counter).map((light) => cardIdOf(caseNo, light));
  };
  const raise = async (
    what: CaseClockKind,
    colour: CardRecord['colour'],
    date: string,
    step?: string,
  ) =>
    (await ledger.run(
      'card.raise',
      { caseNo, what, colour, ...(step === undefined ? {} : { step }) },
      by('finance.clerk1', morning(date)),
    )) as CardRecord;

  it('turn yellow one working day before the last, red after it, over a weekend too', () => {
    const yellow = `${caseNo}.reply.20260309.yellow`;
    expect(lights('2026-03-05')).to.deep.equal([]);
    for (const day of ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09']) {
      expect(lights(day), day).to.deep.equal([yellow]);
    }
    expect(lights('2026-03-10')).to.deep.equal([`${caseNo}.reply.20260309.red`]);
  });

  it('are computed for every step and for the whole', async () => {
    await accept();
    const { dueOn = '', steps } = ledger.get('case', caseNo) ?? {};
    const open = steps?.filter(({ status }) => status === 'open').map(({ id }) => id);
    const red = lights('2026-03-30');
    for (const id of open ?? [])
      expect(
        red.some((card) => card.includes(`.opinion.${id}.`)),
        id,
      ).to.equal(true);
    expect(red).to.include(`${caseNo}.finish.${dueOn.replaceAll('-', '')}.red`);
  });

  it('are not given before a clock has come to them, whoever asks', async () => {
    for (const [what, colour] of [
      ['reply', 'yellow'],
      ['reply', 'red'],
      ['finish', 'red'],
    ] as const) {
      const details = await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
        raise(what, colour, '2026-03-05'),
      );
      expect(details).to.have.property('due');
    }
    await expectRefusal(ledger, 'CARD_NOT_DUE', () => raise('reply', 'red', '2026-03-09'));
  });

  it('are raised once, by anybody, and name whose limit it was', async () => {
    const card = await raise('reply', 'red', '2026-03-10');
    expect(card).to.include({ department: 'offices', colour: 'red', explainBy: '2026-03-17' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => raise('reply', 'red', '2026-03-11'));
    const { supervisor1, clerk } = { supervisor1: supervisor('2026-03-12'), clerk: card.raisedBy };
    expect(clerk.user).to.equal('finance.clerk1');
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('card.raise', { caseNo, what: 'reply', colour: 'red' }, supervisor1),
    );
  });

  it('stay for an act that came too late', async () => {
    await accept();
    const step = ledger
      .get('case', caseNo)
      ?.steps.find(({ department }) => department === 'finance');
    const stepId = step?.id ?? '';
    await ledger.run(
      'case.opinion',
      { caseNo, stepId, answer: 'agree' },
      by('finance.clerk1', morning('2026-03-20')),
    );
    const card = await raise('opinion', 'red', '2026-03-23', stepId);
    expect(card.clock).to.include({ actedOn: '2026-03-20', step: stepId });
    expect(card.department).to.equal('finance');
  });

  it('are explained once by the department, late on the record', async () => {
    const { cardId } = await raise('reply', 'red', '2026-03-10');
    const explain = { cardId, code: 'workload', text } as const;
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('card.explain', explain, by('finance.clerk1', morning('2026-03-11'))),
    );
    const late = await ledger.run(
      'card.explain',
      explain,
      by('offices.clerk1', morning('2026-03-18')),
    );
    expect((late as CardRecord).explanation?.late).to.equal(true);
    await expectRefusal(ledger, 'ALREADY_EXPLAINED', () =>
      ledger.run('card.explain', explain, by('offices.head1', morning('2026-03-18'))),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('card.explain', { ...explain, cardId: `${caseNo}.none` }, by('offices.clerk1')),
    );
  });

  it('are reviewed once, asked for within thirty days, by another supervisor', async () => {
    const { cardId } = (await ledger.run(
      'card.raise',
      { caseNo, what: 'reply', colour: 'red' },
      supervisor('2026-03-10'),
    )) as CardRecord;
    const appeal = { cardId, ground: 'goodFaith', text } as const;
    const rule = { cardId, outcome: 'exempted', document: text } as const;
    await expectRefusal(ledger, 'APPEAL_MISSING', () =>
      ledger.run('card.rule', rule, supervisor('2026-03-11', 2)),
    );
    await expectRefusal(ledger, 'APPEAL_TOO_LATE', () =>
      ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-10'))),
    );
    await ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-09')));
    await expectRefusal(ledger, 'ALREADY_APPEALED', () =>
      ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-09'))),
    );
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('card.rule', rule, supervisor('2026-04-10')),
    );
    const details = await expectRefusal(ledger, 'EXEMPTION_UNFOUNDED', () =>
      ledger.run(
        'card.rule',
        { ...rule, conditions: ['noPersonalGain'] },
        supervisor('2026-04-10', 2),
      ),
    );
    expect(details['missing']).to.have.length(4);
    const conditions = [...exemptionConditions];
    const ruled = await ledger.run(
      'card.rule',
      { ...rule, conditions },
      supervisor('2026-04-10', 2),
    );
    expect((ruled as CardRecord).ruling).to.include({ outcome: 'exempted', late: false });
    await expectRefusal(ledger, 'CARD_CLOSED', () =>
      ledger.run('card.rule', { ...rule, conditions }, supervisor('2026-04-11', 2)),
    );
    expect(ledger.all('card'), 'it stays').to.have.length(1);
  });

  it('may be contested until the next working day where the thirtieth is a day off', async () => {
    const contested = async (raisedOn: string, on: string) => {
      const fresh = ledger.copy();
      const { cardId } = (await fresh.run(
        'card.raise',
        { caseNo, what: 'reply', colour: 'red' },
        supervisor(raisedOn),
      )) as CardRecord;
      const appeal = { cardId, ground: 'factsWrong', text } as const;
      return (await fresh.run(
        'card.appeal',
        appeal,
        by('offices.head1', morning(on)),
      )) as CardRecord;
    };
    // The thirtieth day is Saturday 2026-04-11, or 2026-05-01, the first of five days off.
    const monday = await contested('2026-03-12', '2026-04-13');
    // To be decided thirty days on: 2026-05-13, a Wednesday.
    expect(monday.appeal?.decideBy).to.equal('2026-05-13');
    await contested('2026-04-01', '2026-05-06');
    for (const [raisedOn, on, until] of [
      ['2026-03-12', '2026-04-14', '2026-04-13'],
      ['2026-04-01', '2026-05-07', '2026-05-06'],
    ] as const) {
      const details = await expectRefusal(ledger, 'APPEAL_TOO_LATE', () => contested(raisedOn, on));
      expect(details).to.include({ until });
    }
  });

  it('say which article is on the limit, and that none is where none is', async () => {
    expect(await raise('reply', 'red', '2026-03-10')).to.include({ basis: 'none' });
    await accept();
    expect(await raise('finish', 'red', '2026-04-10')).to.include({
      ...{ basis: 'none', explainTo: 'parties' },
    });
    const ofLicence = { licensing: 'applies', onceReform: 'applies' } as const;
    expect(caseCardBasis('reply', ofLicence)).to.equal('licenceNotice');
    expect(caseCardBasis('finish', ofLicence)).to.equal('limit');
    expect(caseCardBasis('statutory', ofLicence)).to.equal('licenceLimit');
    expect(caseCardBasis('statutory', { onceReform: 'applies' })).to.equal('limit');
  });

  it('take no liability over by analogy', () => {
    const followed = { licensing: 'followed', onceReform: 'followed' } as const;
    for (const what of ['reply', 'finish', 'statutory', 'inspect'] as const) {
      expect(caseCardBasis(what, followed), what).to.equal('none');
      expect(caseCardBasis(what, {}), what).to.equal('none');
    }
  });

  /** A case of a matter for enterprises, filed and accepted on 2 March. */
  async function ofEnterprises(): Promise<string> {
    const taskCode = '331100JG000700009';
    const serves = { ...leaseMatter, taskCode, serviceObject: ['enterprise' as const] };
    await publishMatter(ledger, serves, 'offices');
    const number = `${taskCode}-20260302-0001`;
    const filing = { ...submission(), caseNo: number, taskCode };
    await ledger.run('case.submit', filing, by('hrss.clerk1', morning('2026-03-02')));
    for (const name of ['case.receive', 'case.accept'] as const) {
      await ledger.run(name, { caseNo: number }, by('offices.clerk1', morning('2026-03-02')));
    }
    return number;
  }

  it('are explained in public where a matter for enterprises is over its time, else to the parties', async () => {
    const number = await ofEnterprises();
    const red = async (what: CaseClockKind, step?: string) =>
      ledger.run(
        'card.raise',
        { caseNo: number, what, colour: 'red', ...(step === undefined ? {} : { step }) },
        by('finance.clerk1', morning('2026-04-10')),
      );
    expect(await red('finish')).to.include({ explainTo: 'public' });
    expect(await red('opinion', 'finance')).to.include({ explainTo: 'parties' });
  });

  it('have a text for the public where they are explained in public, and nowhere else', async () => {
    const number = await ofEnterprises();
    const raised = async (what: CaseClockKind, step?: string) => {
      const light = { what, colour: 'red' as const, ...(step === undefined ? {} : { step }) };
      const act = by('finance.clerk1', morning('2026-04-10'));
      return (await ledger.run('card.raise', { caseNo: number, ...light }, act)) as CardRecord;
    };
    const [whole, step] = [await raised('finish'), await raised('opinion', 'finance')];
    const explain = async ({ cardId, department }: CardRecord, publicText?: string) => {
      const said = publicText === undefined ? {} : { publicText };
      const input = { cardId, code: 'workload' as const, text, ...said };
      const act = by(`${department}.clerk1`, morning('2026-04-10'));
      return (await ledger.run('card.explain', input, act)) as CardRecord;
    };
    for (const unfit of [undefined, `办件${number}情况复杂`]) {
      await expectRefusal(ledger, 'PUBLIC_TEXT_UNFIT', () => explain(whole, unfit));
    }
    await expectRefusal(ledger, 'PUBLIC_TEXT_UNFIT', () => explain(step, '人手不足'));
    expect((await explain(step)).explanation).to.not.have.property('publicText');
    expect((await explain(whole, '人手不足')).explanation).to.include({ publicText: '人手不足' });
  });

  it('of a paused clock do not show', async () => {
    await accept();
    await ledger.run(
      'case.startSpecialProcedure',
      {
        caseNo,
        procedure: 'hearing',
        law: '行政许可法',
        clause: '第四十六条',
        limit: { value: 10, unit: 'workingDay' },
        notice: text,
      },
      by('offices.clerk1', morning('2026-03-04')),
    );
    expect(lights('2026-03-12').filter((id) => /\.(opinion|finish)\./.test(id))).to.deep.equal([]);
  });
});

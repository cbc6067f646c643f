import { ClientError } from '@yici/client';
import { confirmed, onlyTime } from '@yici/client/testing';
import { sayIn } from '@yici/terminal';
import { expect } from 'chai';

const caseNo = 'YC33110000000007-20260302-0001';
const input = { caseNo, score: 5 };

/** What is asked, and what becomes of the answer. */
async function asked(answer: string | undefined, yes?: boolean) {
  const questions: string[] = [];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(answer ?? '');
  };
  const say = sayIn('zh');
  const terminal = answer === undefined ? { say } : { ask, say };
  const values = yes === undefined ? {} : { yes };
  const refused = await confirmed(onlyTime, input, values, terminal).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused !== undefined) expect(refused).to.be.instanceOf(ClientError);
  return { questions, refused: refused instanceof ClientError ? refused.code : undefined };
}

describe('an evaluation, which is given once', () => {
  it('is asked about again, the grade by its word', async () => {
    const { questions, refused } = await asked('是');
    expect(questions.join()).to.contain('5 非常不满意').and.to.contain(caseNo);
    expect(refused).to.equal(undefined);
  });

  it('is not given unless the answer is yes', async () => {
    for (const answer of ['', 'n', '否', '5']) {
      expect((await asked(answer)).refused, answer).to.equal('USAGE');
    }
  });

  it('is given without a question with --yes, and not at all where nobody can be asked', async () => {
    expect(await asked('n', true)).to.deep.equal({ questions: [], refused: undefined });
    expect(await asked(undefined)).to.deep.equal({ questions: [], refused: 'USAGE' });
  });
});

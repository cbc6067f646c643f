import { randomInt } from 'node:crypto';
import { expect } from 'chai';
import { reportLines } from './report.js';
import { runFaults } from './run.js';

describe('kill -9 under load', function () {
  this.timeout(240_000);

  it('loses nothing acknowledged and does nothing twice, and the chain verifies', async () => {
    const report = await runFaults({ rounds: 5, seed: randomInt(2 ** 31) });
    expect(report.violations, reportLines(report).join('\n')).to.deep.equal([]);
    expect(report.verdict).to.equal('VERIFIED');
    expect(report.acknowledged).to.be.greaterThan(0);
  });
});

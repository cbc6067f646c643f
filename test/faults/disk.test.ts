import { randomInt } from 'node:crypto';
import { expect } from 'chai';
import { reportLines } from './report.js';
import { runFaults } from './run.js';
import { storeNames } from './support/disks.js';

describe('full disks under load', function () {
  this.timeout(300_000);

  it('lose nothing acknowledged, are said, and heal, whichever store it is', async () => {
    const rounds = storeNames.length;
    const report = await runFaults({ fault: 'disk', rounds, seed: randomInt(2 ** 31) });
    expect(report.violations, reportLines(report).join('\n')).to.deep.equal([]);
    expect(report.verdict).to.equal('VERIFIED');
    expect(report.acknowledged).to.be.greaterThan(0);
  });
});

import { expect } from 'chai';
import { needsFabric } from '../../support/fabric.js';
import { needsNamespaces } from '../../support/hosts/namespaces.js';
import { fabricReportLines } from './report.js';
import { runFabricFaults } from './run.js';

/** Runs cases on one network, and expects that what was promised was kept in each. */
async function holds(...cases: string[]): Promise<void> {
  const report = await runFabricFaults({ cases, rounds: 1 });
  const text = fabricReportLines(report).join('\n');
  expect(
    report.cases.flatMap(({ violations }) => violations),
    text,
  ).to.deep.equal([]);
  expect(report.cases.map(({ name }) => name)).to.deep.equal(cases);
  for (const { name, acknowledged } of report.cases) {
    expect(acknowledged, name).to.be.greaterThan(0);
  }
}

describe('four departments on real Fabric, under load', function () {
  this.timeout(420_000);

  before(function () {
    needsFabric(this, 'peer', 'orderer');
  });

  it('keep every promise when the leader, then two departments, then the gateway are killed', async () => {
    await holds('leader-killed', 'two-gone', 'gateway-killed');
  });

  it('keep every promise when one department is cut off the network and healed', async function () {
    needsNamespaces(this);
    if (process.env['CI'] !== undefined) this.skip();
    await holds('cut-off');
  });
});

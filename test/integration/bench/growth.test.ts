import { expect } from 'chai';
import { measureLists, reportLists } from '../../bench/goals/growth.js';
import { CityStand } from '../../bench/support/city/city-stand.js';
import { listQueries } from '../../bench/support/city/list-queries.js';
import { createReport } from '../../bench/support/report.js';

describe('the benchmark of growth', function () {
  this.timeout(600_000);
  let stand: CityStand | undefined;

  after(() => stand?.close(false));

  it('fills a stack’s index as its follower does and asks it for every list', async () => {
    stand = await CityStand.open(301, false, () => undefined);
    await stand.stack.start();
    // One stack stands on both sides: what is shown here is that all of it runs, not how fast.
    const figures = await measureLists({ small: stand, large: stand }, { rounds: 1, requests: 1 });
    expect(figures.map(({ name }) => name)).to.deep.equal(listQueries.map(({ name }) => name));
    const rows = Object.fromEntries(figures.map((list) => [list.name, list.rows]));
    // What there is only a handful of is found, and what there is much of fills a page, on both sides.
    expect(rows['cases applicant=rare']).to.deep.equal({ small: 7, large: 7 });
    expect(rows['cases state=TRANSFERRED']).to.deep.equal({ small: 7, large: 7 });
    expect(rows['cases (of one department)']).to.deep.equal({ small: 20, large: 20 });
    let text = '';
    reportLists(
      createReport(false, (more) => (text += more)),
      figures,
    );
    expect(text).to.match(/goal 7: p99 of all these lists together, large \/ small: [\d.]+ /);
  });
});

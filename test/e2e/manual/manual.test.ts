import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import { RunningGateway } from '../../support/gateway/running-gateway.js';
import { sectionsOf, type Section } from './pages.js';
import { Reader } from './reader.js';

const sections = sectionsOf('docs/手册');

describe('the manual for officials', function () {
  this.timeout(300_000);
  let gateway: RunningGateway;
  let reader: Reader;
  const done = new Set<string>();

  before(async () => {
    gateway = await RunningGateway.start({ listening: true });
    await symlink(join(gateway.folder, 'state'), join(gateway.folder, '.yici'));
    const load = await gateway.yici(['demo', 'load', '--identities', gateway.identities]);
    expect(load.exitCode, load.err).to.equal(0);
    const today = shanghaiDate(new Date().toISOString());
    reader = new Reader(gateway, {
      ...{ 今天: today, 七天后: shiftDate(today, 7) },
      创世哈希: gateway.genesisHash,
    });
  });

  after(async () => {
    expect(await gateway.stop()).to.equal(0);
  });

  /** A task once, after those that the manual tells its reader to do first. */
  async function doSection({ id, first, steps }: Section): Promise<void> {
    if (done.has(id)) return;
    done.add(id);
    for (const other of first) {
      const found = sections.find((section) => section.id === other);
      if (found === undefined) expect.fail(`${id} leads to ${other}, which is not there`);
      await doSection(found);
    }
    for (const step of steps) await reader.does(step);
  }

  it('has a page for each role', () => {
    const pages = new Set(sections.map(({ id }) => id.split('#')[0]));
    expect([...pages]).to.include.members([
      ...['经办人.md', '负责人.md', '督查员.md', '数据管理.md', '系统管理员.md'],
    ]);
  });

  for (const section of sections) {
    it(`holds good: ${section.id}`, () => doSection(section));
  }
});

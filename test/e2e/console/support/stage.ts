import { readFile } from 'node:fs/promises';
import { readIdentityFolder, YiciClient } from '@yici/client';
import type { MatterRecord } from '@yici/domain/model';
import { digestOf } from '../../../integration/gateway/support/story.js';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { SmallDisk } from '../../../support/small-disk.js';
import { runYici } from '../../../support/terminal.js';
import { openBrowser } from './browser.js';

/** A browser, and a gateway of the demo that shows its roles. */
export interface Stage {
  readonly browser: Browser;
  readonly gateway: RunningGateway;
  /** Where the gateway's data are; undefined where this process may mount none. */
  readonly disk: SmallDisk | undefined;
}

const roomy = 512 * 1024 * 1024;
const open = new Map<'data' | 'story', Promise<Stage>>();

/** Opens both, once for all suites of this process. @param shown what is on the ledger before: the demo's data, or its whole story */
export function openStage(shown: 'data' | 'story' = 'data'): Promise<Stage> {
  const stage = open.get(shown) ?? newStage(shown);
  open.set(shown, stage);
  // Whoever waits for it hears why; until then nobody may.
  stage.catch(() => undefined);
  return stage;
}

async function newStage(shown: 'data' | 'story'): Promise<Stage> {
  const mayMount = SmallDisk.available();
  let disk: SmallDisk | undefined;
  const [browser, gateway] = await Promise.all([
    openBrowser(),
    RunningGateway.start({
      ...{ roles: true, listening: true, enrolmentsPerMinute: 10 },
      onState: (folder) => {
        if (mayMount) disk = SmallDisk.mount(folder, roomy);
      },
    }),
  ]);
  const verb = shown === 'data' ? 'load' : 'run';
  const told = await gateway.yici(['demo', verb, '--identities', gateway.identities]);
  expect(told.exitCode, told.err).to.equal(0);
  return { browser, gateway, disk };
}

after('the stages are closed', async function () {
  this.timeout(60_000);
  for (const stage of open.values()) await closeStage(await stage);
});

async function closeStage({ browser, gateway, disk }: Stage): Promise<void> {
  await browser.close();
  await gateway.halt();
  disk?.unmount();
  expect(await gateway.stop()).to.equal(0);
}

/** What `yici` says to somebody of the demo, run in this process; `given` is what `-` reads. */
export async function yiciAs(
  gateway: RunningGateway,
  user: string,
  args: readonly string[],
  given?: object,
): Promise<string> {
  const whole = [...args, '--identity', gateway.identity(user)];
  const read = (path: string) =>
    path === '-' ? Promise.resolve(Buffer.from(JSON.stringify(given))) : readFile(path);
  const run = await runYici(whole, { YICI_GATEWAY: gateway.url }, { read });
  expect(run.exitCode, run.notes.join('\n')).to.equal(0);
  return run.out.join('\n');
}

/** Somebody of the demo, logged in. */
export async function clientOf(gateway: RunningGateway, user: string): Promise<YiciClient> {
  const identity = await readIdentityFolder(gateway.identity(user));
  const client = new YiciClient({ baseUrl: gateway.url, identity });
  await client.login();
  return client;
}

/** Files a case of a matter with every material; its number. */
export async function fileCase(
  gateway: RunningGateway,
  taskCode: string,
  user = 'offices.clerk1',
): Promise<string> {
  const client = await clientOf(gateway, user);
  const { version, content } = await client.read('matters.get', { taskCode });
  const materials = content.materials
    .filter(isAsked)
    .map(({ code }) => ({ code, document: digestOf(code) }));
  const filing = { taskCode, matterVersion: version, form: digestOf('form'), materials };
  const { input } = await client.execute('case.submit', filing, { waitSeconds: 20 });
  return String(input['caseNo']);
}

const isAsked = ({ source }: MatterRecord['content']['materials'][number]): boolean =>
  source === 'applicant';

import { z } from 'zod';
import type { Text } from '@yici/terminal';
import { NetworkError } from '../errors.js';
import { controlPath, serveControl } from '../supervisor/control.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { chaincodeChange, type ChaincodeChange } from './chaincode-change.js';

/** What other processes of this user may ask of a running network: what only it can do. */
const networkRequest = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('upgrade'), change: chaincodeChange }),
  z.strictObject({ command: z.literal('restart'), node: z.string() }),
]);
export type NetworkRequest = z.output<typeof networkRequest>;

type UpgradeHandler = (change: ChaincodeChange, progress: (text: Text) => void) => Promise<void>;

interface Handlers {
  /** Absent on a department's own host, where each department approves for itself. */
  readonly upgrade?: UpgradeHandler;
  readonly restart: (node: string) => Promise<void>;
}

/** Accepts requests until the returned function is called. */
export function serveRequests(
  folder: DataFolder,
  { upgrade, restart }: Handlers,
): Promise<() => Promise<void>> {
  return serveControl(controlPath(folder), async (value, progress) => {
    const { data: request } = networkRequest.safeParse(value);
    if (request?.command === 'restart') {
      progress({ zh: `正在重启 ${request.node}`, en: `Starting ${request.node} again` });
      await restart(request.node);
    } else if (request === undefined || upgrade === undefined) {
      throw new NetworkError('NOT_RUNNING', {
        zh: '此处运行的是其他版本，或者是单个部门的节点，不受理该请求。',
        en: 'What runs here is of another version, or a host.',
      });
    } else await upgrade(request.change, progress);
  });
}

/** Serialised: two concurrent upgrades would approve the same sequence. */
export function inTurn(upgrade: UpgradeHandler): UpgradeHandler {
  let before = Promise.resolve();
  return (change, progress) => {
    const work = before.then(() => upgrade(change, progress));
    before = work.catch(() => undefined);
    return work;
  };
}

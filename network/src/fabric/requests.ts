import { z } from 'zod';
import type { Text } from '@yici/terminal';
import { NetworkError } from '../errors.js';
import { controlPath, serveControl } from '../supervisor/control.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { chaincodeChange, type ChaincodeChange } from './chaincode-change.js';

/** What other processes of this user may ask of a running network: what only it can do. */
const networkRequest = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('upgrade'), change: chaincodeChange }),
]);
export type NetworkRequest = z.output<typeof networkRequest>;

type UpgradeHandler = (change: ChaincodeChange, progress: (text: Text) => void) => Promise<void>;

/** Accepts requests until the returned function is called. */
export function serveRequests(
  folder: DataFolder,
  upgrade: UpgradeHandler,
): Promise<() => Promise<void>> {
  return serveControl(controlPath(folder), async (value, progress) => {
    const request = networkRequest.safeParse(value);
    if (!request.success) {
      throw new NetworkError('NOT_RUNNING', 'The network that runs is of another version.');
    }
    await upgrade(request.data.change, progress);
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

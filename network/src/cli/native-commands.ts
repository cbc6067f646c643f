import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { chaincodeChange } from '../fabric/chaincode-change.js';
import type { FabricNetwork } from '../fabric/open.js';
import { controlPath, serveControl } from '../supervisor/control.js';
import type { DataFolder, RunningNetwork } from '../supervisor/data-folder.js';

/** What the command line may ask of a running network of native nodes. */
export const networkRequest = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('upgrade'), change: chaincodeChange }),
]);
export type NetworkRequest = z.output<typeof networkRequest>;

/** Lets other processes of this user ask a running network for what only it can do. */
export async function takeCommands(
  network: FabricNetwork,
  folder: DataFolder,
): Promise<{ readonly running: RunningNetwork; close(): Promise<void> }> {
  let busy = Promise.resolve();
  const closeControl = await serveControl(controlPath(folder), async (value, progress) => {
    const request = networkRequest.safeParse(value);
    if (!request.success)
      throw new NetworkError('NOT_RUNNING', 'The network runs another version.');
    // One after the other: two upgrades at once would approve the same sequence.
    const work = busy.then(() => network.upgrade(request.data.change, progress));
    busy = work.catch(() => undefined);
    await work;
  });
  return {
    running: network.running,
    close: async () => {
      await closeControl();
      await network.close();
    },
  };
}

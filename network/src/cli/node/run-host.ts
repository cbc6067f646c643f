import pino from 'pino';
import { openDepartmentHost } from '../../render/host.js';
import type { CommandContext } from '../context.js';
import { stopSignal } from '../signals.js';

/** Runs one department's nodes in this process until SIGINT or SIGTERM; prints a line when they are ready. */
export async function runHost(
  { folder, output }: CommandContext,
  { binDir, snapshot }: { readonly binDir?: string; readonly snapshot?: string },
): Promise<void> {
  const stop = new AbortController();
  const stopped = stopSignal().then(() => stop.abort());
  const host = await openDepartmentHost({
    directory: folder.root,
    binDir,
    snapshot,
    signal: stop.signal,
    logger: pino({ base: null }, pino.destination(2)),
    progress: output.progress,
  });
  const { running, department } = host;
  output.result(
    { department, running: true, ...running },
    {
      zh: `${department} 的节点已启动并加入 ${running.channel}，创世区块哈希 ${running.genesisHash}。Ctrl-C 停止。`,
      en: `The nodes of ${department} are up and in ${running.channel}, genesis hash ${running.genesisHash}. Ctrl-C stops them.`,
    },
  );
  await stopped;
  await host.close();
}

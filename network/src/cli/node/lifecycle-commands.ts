import { existsSync, rmSync } from 'node:fs';
import { NetworkError } from '../../errors.js';
import { requireFabric } from '../../fabric/binaries/version.js';
import {
  checkStart,
  prepareFolder,
  resolveTopology,
  plainRootsNotice,
} from '../../genesis/prepare.js';
import { readDepartmentFile } from '../../render/department-file.js';
import {
  clearRunning,
  isLocked,
  lockPrivate,
  readRunning,
  refuseLocked,
  type DataFolder,
  type RunningNetwork,
} from '../../supervisor/data-folder.js';
import { readTopology } from '../../topology/load.js';
import type { CommandContext, UpOptions } from '../context.js';
import { startDaemon, stopProcess } from './daemon.js';
import { describe, genesisText } from './describe.js';
import { keysAlone, statusOf } from './status.js';
import { watching, type WatchOption } from './watch.js';

/** Creates topology, keys and genesis block; starts nothing. */
export async function init(
  context: CommandContext,
  { topology: file, engine }: UpOptions,
): Promise<void> {
  const { folder, output } = context;
  refuseHost(folder);
  const topology = await resolveTopology({ topologyFile: file, engine }, folder);
  await refuseLocked(folder);
  const lock = await lockPrivate(folder);
  try {
    output.progress({
      zh: `正在 ${folder.root} 中生成 ${topology.departments.length} 个部门的密钥`,
      en: `Making keys of ${topology.departments.length} departments in ${folder.root}`,
    });
    const { genesisHash, made, fresh } = prepareFolder(topology, folder, new Date());
    output.result(
      {
        folder: folder.root,
        channel: topology.channel,
        genesisHash,
        fresh,
        certificates: made.length,
      },
      [
        {
          zh: `网络 ${topology.channel} 已生成在 ${folder.root}`,
          en: `Network ${topology.channel} is in ${folder.root}`,
        },
        genesisText(genesisHash),
        { zh: `已生成证书 ${made.length} 份`, en: `${made.length} certificates made` },
        plainRootsNotice,
      ],
    );
  } finally {
    await lock.release();
  }
}

/** Starts the network: in the background, returning when it is ready, or in this process until a signal. */
export async function up(context: CommandContext, options: UpOptions): Promise<void> {
  refuseHost(context.folder);
  if (options.foreground === true) {
    // Loaded lazily: the other commands do not need the peer's code and start faster without it.
    const { runForeground } = await import('./foreground.js');
    await runForeground(context, options);
    return;
  }
  const { folder, output } = context;
  const already = await readRunning(folder);
  if (already !== undefined) throw alreadyRunning(already);
  // Report every possible refusal before a process is started or a file is written.
  const topology = await resolveTopology(
    { topologyFile: options.topology, engine: options.engine },
    folder,
  );
  if (topology.engine === 'fabric') await requireFabric({ binDir: options.binDir });
  await checkStart(topology, folder, { nodePorts: true });
  const running = await startDaemon(context, options);
  output.result({ running: true, ...running }, describe(running));
}

/** Stops the network that runs on the folder. */
export async function down({ folder, output }: CommandContext): Promise<void> {
  const running = await readRunning(folder);
  if (running === undefined) {
    if (!(await isLocked(folder))) clearRunning(folder);
    throw new NetworkError(
      'NOT_RUNNING',
      { zh: `${folder.root} 的网络没有运行。`, en: `No network runs on ${folder.root}.` },
      {
        details: { folder: folder.root },
      },
    );
  }
  output.progress({ zh: `正在停止进程 ${running.pid}`, en: `Stopping process ${running.pid}` });
  await stopProcess(running.pid);
  clearRunning(folder);
  output.result(
    { stopped: true, pid: running.pid },
    { zh: `已停止 ${running.channel}。`, en: `Stopped ${running.channel}.` },
  );
}

/** Prints the status; returns whether the network runs and all is well with it. */
export async function status(context: CommandContext, options: WatchOption): Promise<boolean> {
  const { output, folder } = context;
  refuseHost(folder);
  return await watching(context, options, async () => {
    const report = await statusOf(folder);
    const { text, ...facts } = report;
    output.result(facts, text);
    return report.well;
  });
}

/** Removes everything the network wrote: keys, chain, identities. With the option to stop, stops it first. */
export async function reset(
  context: CommandContext,
  { force }: { readonly force?: boolean },
): Promise<void> {
  const { folder, output } = context;
  refuseHost(folder);
  refuseKeys(folder);
  const running = await readRunning(folder);
  if (running !== undefined) {
    if (force !== true) throw alreadyRunning(running);
    await stopProcess(running.pid);
  }
  await refuseLocked(folder);
  const { root, embedded, fabric, genesis, topology, identities, logs } = folder;
  const others = ['pki', 'run', 'gateway', 'gateways', 'gateway.yaml', 'release.json'].map(
    (part) => `${root}/${part}`,
  );
  for (const path of [embedded, fabric, genesis, topology, identities, logs, ...others]) {
    rmSync(path, { recursive: true, force: true });
  }
  output.result(
    { reset: true, folder: folder.root },
    { zh: `${folder.root} 已清空。`, en: `${folder.root} is empty.` },
  );
}

/** A folder that was rendered has one department's keys alone, which nobody could make again: it has commands of its own. */
function refuseHost({ root }: DataFolder): void {
  const department = readDepartmentFile(root)?.department;
  if (department === undefined) return;
  const words = {
    zh: `${root} 是 ${department} 的主机目录：用 yici-network node up、node status 等命令。`,
    en: `${root} is the host folder of ${department}: use yici-network node up, node status and the like.`,
  };
  throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { folder: root } });
}

/** What `keys make` made cannot be made again; a start that was interrupted looks the same, and goes on when it is made again. */
function refuseKeys(folder: DataFolder): void {
  const { root, topology } = folder;
  const ids = existsSync(topology) ? keysAlone(folder, readTopology(topology)).join(', ') : '';
  if (ids === '') return;
  const words = {
    zh: `${root} 中没有网络，只有 ${ids} 的密钥；没有删除。确实不再需要的，自行删除该目录。`,
    en: `There is no network in ${root}, but the keys of ${ids}: nothing was removed. Remove the folder yourself if they are to be given up.`,
  };
  throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { folder: root } });
}

function alreadyRunning(running: RunningNetwork): NetworkError {
  const message = {
    zh: `网络已在运行，进程 ${running.pid}；先执行 yici-network down。`,
    en: `The network runs already, as process ${running.pid}: run yici-network down first.`,
  };
  return new NetworkError('ALREADY_RUNNING', message, { details: { pid: running.pid } });
}

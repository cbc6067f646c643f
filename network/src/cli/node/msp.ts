import type { Text } from '@yici/terminal';
import { NetworkError } from '../../errors.js';
import { departmentPaths } from '../../pki/layout.js';
import { followMsp } from '../../pki/msp-folders.js';
import { ownDepartment } from '../../render/department-file.js';
import { configIn } from '../../render/config-block.js';
import { unitName } from '../../render/units.js';
import type { Department } from '../../topology/schema.js';
import { at, silentOnceTheyAnswer, type DepartmentOption } from '../channel/place.js';
import { restartHere, restartOwn } from '../channel/restart.js';
import type { CommandContext } from '../context.js';
import { ownTopology } from '../keys/identities.js';

interface MspOptions extends DepartmentOption {
  readonly inForce?: string;
}

/**
 * Makes the MSP folders of a department's own nodes what the channel has, as its own peer or a config block says, and starts those
 * again that run here under a supervisor of this program: the orderer, and once it signs blocks the peer.
 * @throws NetworkError IDENTITY_UNKNOWN, ACCESS_DENIED, PEER_REFUSED, CHANGE_REFUSED when the channel has no such department
 */
export async function followMspFolders(
  context: CommandContext,
  { inForce, ...named }: MspOptions,
): Promise<void> {
  const { folder, output } = context;
  const topology = ownTopology(folder);
  const department = ownDepartment(folder, topology, named.department);
  const place = { department: department.id };
  const config =
    inForce === undefined
      ? await at(context, place, (here) => Promise.resolve(here.config))
      : configIn(inForce);
  const msp = config.msps.get(department.mspId);
  if (msp === undefined || config.channelId !== topology.channel) {
    throw new NetworkError('CHANGE_REFUSED', {
      zh: `通道 ${config.channelId} 的配置中没有 ${department.mspId}；没有改动任何文件。`,
      en: `The config of ${config.channelId} has no ${department.mspId}; no file was changed.`,
    });
  }
  const files = followMsp(departmentPaths(folder.root, department.id), msp.definition);
  const look = () =>
    inForce === undefined
      ? at(context, place, ({ session }) => silentOnceTheyAnswer(session, config, topology, output))
      : Promise.resolve([]);
  const signing = { look, first: [], consenters: config.consenters };
  const again = files.length === 0 ? none : await startAgain(context, department, signing);
  const { sequence } = config;
  const facts = { department: department.id, sequence, files, ...again };
  output.result(facts, reportText(facts));
}

const reportText = ({
  sequence,
  files,
  restarted,
  restart,
}: Again & { readonly sequence: bigint; readonly files: readonly string[] }): Text[] => [
  {
    zh: `各 MSP 目录已与配置序号 ${sequence} 一致，改动文件 ${files.length} 个。`,
    en: `The MSP folders are as config ${sequence} has them; ${files.length} files changed.`,
  },
  ...files,
  ...restarted.map((node) => ({
    zh: `已重启 ${node}。`,
    en: `${node} was started again.`,
  })),
  ...(restart === null
    ? []
    : [{ zh: '节点重启后生效：', en: 'Nodes read them when they start again:' }, restart]),
];

interface Again {
  /** Nodes that were started again. */
  readonly restarted: readonly string[];
  /** What starts the others again. */
  readonly restart: string | null;
}
const none: Again = { restarted: [], restart: null };

async function startAgain(
  context: CommandContext,
  department: Department,
  signing: Parameters<typeof restartOwn>[3],
): Promise<Again> {
  const topology = { departments: [department] };
  const own = department.orderer
    ? await restartOwn(context, topology, [department.mspId], signing)
    : undefined;
  const kinds = department.orderer ? (['orderer', 'peer'] as const) : (['peer'] as const);
  const isHere = own === undefined || own.restarted.length > 0;
  if (isHere && (await restartHere(context, `peer0.${department.id}`)))
    return { restarted: kinds.map((kind) => `${kind}0.${department.id}`), restart: null };
  const units = kinds.map((kind) => unitName(department, kind)).join(' ');
  return { restarted: [], restart: `systemctl restart ${units}` };
}

import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Words } from '@yici/domain/model';
import {
  consentTo,
  differences,
  quorumSize,
  sameConfig,
  signedUpdate,
  type ChangeFile,
  type ChannelConfig,
  type Consent,
  type PlannedUpdate,
} from '@yici/ledger';
import type { Text } from '@yici/terminal';
import { stringify } from 'yaml';
import { writeIfChanged } from '../../atomic.js';
import { merged } from '../../channel/change-file.js';
import type { ReadyChange } from '../../channel/changes/index.js';
import { namedChange, planChange } from '../../channel/propose.js';
import { orderersToRestart, rekeyed, signingThrough } from '../../channel/restarts.js';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { changeRefused } from '../../channel/refusals.js';
import { asMember, configBefore } from '../../fabric/channel/blocks.js';
import { configAt } from '../../fabric/channel/definition.js';
import type { AdminSession } from '../../fabric/channel/department.js';
import { submitChange } from '../../fabric/channel/submit-change.js';
import { nodeMessage } from '../../fabric/grpc/named.js';
import { departmentPaths } from '../../pki/layout.js';
import { readDepartmentFile } from '../../render/department-file.js';
import type { Topology } from '../../topology/schema.js';
import {
  answersWithout,
  at,
  namesIn,
  silentOf,
  silentOnceTheyAnswer,
  silentText,
  type DepartmentOption,
} from './place.js';
import { changeNamed, type GatewayOption } from './pending.js';
import { restartOwn, restarts } from './restart.js';
import type { CommandContext } from '../context.js';

/**
 * Merges copies of a change and brings it into force, unless an earlier try has; returns whether every consenter is then seen to
 * sign blocks.
 */
export async function submit(
  context: CommandContext,
  paths: readonly string[],
  options: DepartmentOption & GatewayOption,
): Promise<boolean> {
  const [first, ...others] = await Promise.all(paths.map((each) => changeNamed(each, options)));
  if (first === undefined) return false;
  const file = merged([first, ...others]);
  return await at(context, options, async (place) => {
    const { topology, session, config } = place;
    const { before, plan, isInForce } = await planned(session, config, file);
    const { next } = plan;
    const changed = { session, topology, before, next };
    if (!isInForce) {
      const signed = signedUpdate(file);
      refuseUnsigned(consentTo(before, plan, signed), namesIn(topology));
      refuseOwnRemoval(next, session.mspId);
      await refuseStandstill(context, changed);
      const sender = asMember(session.admin);
      const configNow = () => configAt(session, topology.channel);
      const { progress } = context.output;
      await submitChange({ sender, configNow, before, next, signed, progress });
    }
    const change = namedChange(before, file);
    const left = change && followTopology(context, topology, change);
    const due = await startAgain(context, changed);
    const { channelId: channel, sequence } = next;
    context.output.result({ channel, sequence, change: file.change.name, ...due }, [
      {
        zh: `更改已生效：${channel} 的配置序号为 ${sequence}。`,
        en: `The change is in force: ${channel} is at config sequence ${sequence}.`,
      },
      ...[change?.after, left].filter((each) => each !== undefined),
      ...dueText(due, changed),
    ]);
    return due.silent.length === 0 && due.unseen === undefined;
  });
}

function dueText({ restarted, silent, restart, unseen }: Due, { topology, next }: Changed): Text[] {
  return [
    ...restarted.map((id) => ({
      zh: `已重启 ${id} 的排序节点。`,
      en: `The orderer of ${id} was started again.`,
    })),
    ...(unseen === undefined ? [] : [unseenText(unseen)]),
    ...silent.map((id) => silentText(id, next, namesIn(topology))),
    ...restart.map(({ department, command }) => `  ${department}  ${command}`),
  ];
}

function unseenText(why: string): Words {
  return {
    zh: `没有产生新区块，看不出哪些排序节点签署（${why}）：请启动未运行的排序节点，新加入的也在内，再执行 channel show --signing。`,
    en: `No block came, so it is open who signs (${why}): start the orderers that do not run, a new one too, then see channel show --signing.`,
  };
}

interface Planned {
  /** The config that the change is made for. */
  readonly before: ChannelConfig;
  readonly plan: PlannedUpdate;
  readonly isInForce: boolean;
}

/**
 * What a change does to the config in force, or did to the one before it: whoever submitted it and did not see what came of it
 * submits the same file again.
 * @throws as {@link planChange}
 */
async function planned(
  session: AdminSession,
  config: ChannelConfig,
  file: ChangeFile,
): Promise<Planned> {
  try {
    return { before: config, plan: planChange(config, file), isInForce: false };
  } catch (error) {
    const before =
      config.sequence > file.sequence ? await configBefore(session, config.channelId) : undefined;
    const plan = before && planIfAny(before, file);
    if (!before || !plan || !sameConfig(plan.next, config)) throw error;
    return { before, plan, isInForce: true };
  }
}

function planIfAny(config: ChannelConfig, file: ChangeFile): PlannedUpdate | undefined {
  try {
    return planChange(config, file);
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
}

interface Changed {
  readonly session: AdminSession;
  readonly topology: Topology;
  readonly before: ChannelConfig;
  readonly next: ChannelConfig;
}

interface Due {
  readonly silent: readonly number[];
  readonly restarted: readonly string[];
  readonly restart: readonly { readonly department: string; readonly command: string }[];
  /** Why nobody was seen to sign. */
  readonly unseen?: string;
}

/**
 * Starts the own orderers again that the change asks for; who is silent then, and which are left to others. Where no block comes,
 * as long as a new consenter does not run and one of the others is gone, nothing is started again on a guess.
 */
async function startAgain(context: CommandContext, changed: Changed): Promise<Due> {
  try {
    return await startDue(context, changed);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { silent: [], restarted: [], restart: [], unseen: nodeMessage(error) };
  }
}

async function startDue(
  context: CommandContext,
  { session, topology, before, next }: Changed,
): Promise<Due> {
  const touches = differences(before, next).some(({ element }) => element.startsWith('Orderer'));
  const { progress } = context.output;
  const look = (unready: readonly number[]) =>
    silentOnceTheyAnswer(
      session,
      next,
      topology,
      { progress, isEnough: (silent) => silent.every((id) => unready.includes(id)) },
      unready.length === 0 ? undefined : answersWithout,
    );
  const first = touches ? await look(rekeyed(before, next)) : [];
  const due = orderersToRestart(before, next, first);
  const { consenters } = next;
  const done = await restartOwn(context, topology, due, { look, first, consenters });
  const others = restarts(topology, due).filter(
    ({ department }) => !done.restarted.includes(department),
  );
  return { silent: done.silent, restarted: done.restarted, restart: others };
}

/**
 * The folder's topology follows the channel. One operator's folder, from which every department is started, takes up a
 * department only with its keys: the next start would make other ones, which the channel does not know.
 */
function followTopology(
  { folder }: CommandContext,
  topology: Topology,
  { follow, joins }: ReadyChange,
): Words | undefined {
  const isOperators = readDepartmentFile(folder.root) === undefined;
  const lacks = (id: string) => !existsSync(departmentPaths(folder.root, id).peer.msp.key);
  if (joins !== undefined && isOperators && lacks(joins)) {
    return {
      zh: `${folder.topology} 没有加入 ${joins}：此目录没有其密钥。要在本机运行其节点的，先放入 pki/${joins}，再加入该文件。`,
      en: `${folder.topology} does not name ${joins}: its keys are not here. To run its nodes from this folder bring pki/${joins}, then add it to that file.`,
    };
  }
  writeIfChanged(folder.topology, stringify(follow(topology)));
  return undefined;
}

/** Its peer is not given the block that says so: it would never see that the change is in force. */
function refuseOwnRemoval({ msps }: ChannelConfig, mspId: string): void {
  if (msps.has(mspId)) return;
  throw changeRefused({
    zh: `该更改移除 ${mspId}，其节点得不到写明移除的区块：由留下的部门提交（--department）。`,
    en: `The change removes ${mspId}, whose peer is not given the block that says so: a department that stays submits it (--department).`,
  });
}

/** How long consenters are looked at before a change. Who is only slow is refused for nothing, and submits again. */
const beforeChange = 10_000;

/**
 * A change that leaves fewer consenters signing than a block takes stops the channel, and can then not be taken back; waiting for who
 * is silent now would avoid it. Where not even all of them were enough (one consenter becomes two), the new one ends the standstill.
 */
async function refuseStandstill(
  { output: { progress } }: CommandContext,
  { session, topology, before, next }: Changed,
): Promise<void> {
  const quorum = quorumSize(next.consenters.length);
  const isEnough = (silent: readonly number[]) =>
    signingThrough(before, next, silent).length >= quorum;
  if (isDeepStrictEqual(before.consenters, next.consenters) || !isEnough([])) return;
  const look = { progress, isEnough, lookFor: beforeChange };
  const silent = await silentOf(session, before, topology, look);
  if (isEnough(silent)) return;
  const left = signingThrough(before, next, silent).length;
  const words = silent.map((id) => silentText(id, before, namesIn(topology)));
  throw changeRefused({
    zh: `更改生效后，${next.consenters.length} 个排序节点中只有 ${left} 个签署区块，而区块须由 ${quorum} 个签署，通道将停止。${words.map(({ zh }) => zh).join('')}之后再次提交。`,
    en: `After the change ${left} of ${next.consenters.length} consenters would sign, where a block takes ${quorum}: the channel would stand still. ${words.map(({ en }) => en).join(' ')} Then submit it again.`,
  });
}

function refuseUnsigned(consent: Consent, nameOf: (mspId: string) => Words): void {
  if (consent.satisfied) return;
  const missing = consent.missing.map(nameOf);
  throw new NetworkError(
    'CHANGE_UNSIGNED',
    {
      zh: `同意更改的部门不足；尚可签名：${missing.map(({ zh }) => zh).join('、')}。`,
      en: `Too few departments have signed; may still sign: ${missing.map(({ en }) => en).join(', ')}.`,
    },
    { details: { ...consent } },
  );
}

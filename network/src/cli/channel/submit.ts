import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Words } from '@yici/domain/model';
import {
  consentTo,
  differences,
  quorumSize,
  signedUpdate,
  type ChannelConfig,
  type Consent,
} from '@yici/ledger';
import { stringify } from 'yaml';
import { writeIfChanged } from '../../atomic.js';
import { merged } from '../../channel/change-file.js';
import type { ReadyChange } from '../../channel/changes/index.js';
import { namedChange, planChange } from '../../channel/propose.js';
import { orderersToRestart, rekeyed, signingThrough } from '../../channel/restarts.js';
import { NetworkError } from '../../errors.js';
import { changeRefused } from '../../channel/refusals.js';
import { asMember } from '../../fabric/channel/blocks.js';
import { configAt } from '../../fabric/channel/definition.js';
import type { AdminSession } from '../../fabric/channel/department.js';
import { submitChange } from '../../fabric/channel/submit-change.js';
import { departmentPaths } from '../../pki/layout.js';
import { readDepartmentFile } from '../../render/department-file.js';
import type { Topology } from '../../topology/schema.js';
import {
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

/** Merges copies of a change and brings it into force; returns whether every consenter then signs blocks. */
export async function submit(
  context: CommandContext,
  paths: readonly string[],
  options: DepartmentOption & GatewayOption,
): Promise<boolean> {
  const [first, ...others] = await Promise.all(paths.map((each) => changeNamed(each, options)));
  if (first === undefined) return false;
  const file = merged([first, ...others]);
  return await at(context, options, async ({ topology, session, config }) => {
    const plan = planChange(config, file);
    const signed = signedUpdate(file);
    refuseUnsigned(consentTo(config, plan, signed), namesIn(topology));
    const change = namedChange(config, file);
    const { progress } = context.output;
    refuseOwnRemoval(plan.next, session.mspId);
    await refuseStandstill(context, { session, topology, before: config, next: plan.next });
    const sender = asMember(session.admin);
    const configNow = () => configAt(session, topology.channel);
    await submitChange({ sender, configNow, before: config, next: plan.next, signed, progress });
    const left = change && followTopology(context, topology, change);
    const due = await startAgain(context, { session, topology, before: config, next: plan.next });
    const { channelId: channel, sequence } = plan.next;
    const facts = { channel, sequence, change: file.change.name, ...due };
    context.output.result(facts, [
      {
        zh: `更改已生效：${channel} 的配置序号为 ${sequence}。`,
        en: `The change is in force: ${channel} is at config sequence ${sequence}.`,
      },
      ...[change?.after, left].filter((each) => each !== undefined),
      ...due.restarted.map((id) => ({
        zh: `已重启 ${id} 的排序节点。`,
        en: `The orderer of ${id} was started again.`,
      })),
      ...due.silent.map((id) => silentText(id, plan.next, namesIn(topology))),
      ...due.restart.map(({ department, command }) => `  ${department}  ${command}`),
    ]);
    return due.silent.length === 0;
  });
}

interface Changed {
  readonly session: AdminSession;
  readonly topology: Topology;
  readonly before: ChannelConfig;
  readonly next: ChannelConfig;
}

/** Starts the own orderers again that the change asks for; who is silent then, and which are left to others. */
async function startAgain(context: CommandContext, { session, topology, before, next }: Changed) {
  const touches = differences(before, next).some(({ element }) => element.startsWith('Orderer'));
  const { progress } = context.output;
  const look = (unready: readonly number[]) =>
    silentOnceTheyAnswer(session, next, topology, {
      progress,
      isEnough: (silent) => silent.every((id) => unready.includes(id)),
    });
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
  const silent = await silentOf(session, before, topology, { progress, isEnough });
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

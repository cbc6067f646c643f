import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Consenter } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { NetworkRequest } from '../../fabric/requests.js';
import { departmentPaths } from '../../pki/layout.js';
import { unitName } from '../../render/units.js';
import { askNetwork, controlPath } from '../../supervisor/control.js';
import type { Topology } from '../../topology/schema.js';
import type { CommandContext } from '../context.js';

interface Signing {
  /** The consenters that do not sign blocks; nobody waits for those that are named. */
  readonly look: (unready: readonly number[]) => Promise<number[]>;
  readonly first: number[];
  readonly consenters: readonly Pick<Consenter, 'id' | 'mspId' | 'identity' | 'serverTlsCert'>[];
}

/** How long an orderer that started again may take until it signs: it fetches blocks, and the others may choose a leader meanwhile. */
const signsWithin = 120_000;

/**
 * Starts those of these orderers again that run here under a supervisor of this program, one after the other: while one is away fewer
 * others may fail, so each must sign before the next one goes. Those of other hosts, and of systemd, are left to their operators, and
 * so is one whose new keys are not in its folder yet.
 */
export async function restartOwn(
  context: CommandContext,
  { departments }: Pick<Topology, 'departments'>,
  mspIds: readonly string[],
  { look, first, consenters }: Signing,
) {
  const restarted: string[] = [];
  const still = new Set(first);
  let silent = first;
  for (const { id, mspId } of departments.filter(({ mspId }) => mspIds.includes(mspId))) {
    const own = consenters.filter((each) => each.mspId === mspId);
    if (!hasKeysOf(context, id, own) || !(await restartHere(context, `orderer0.${id}`))) continue;
    restarted.push(id);
    for (const each of own) still.delete(each.id);
    const deadline = performance.now() + signsWithin;
    do silent = await look([...still]);
    while (!silent.every((each) => still.has(each)) && performance.now() < deadline);
  }
  return { restarted, silent };
}

/** Whether a department's orderer has the keys that the channel knows it by: started again with others it would stay silent. */
function hasKeysOf(
  { folder }: CommandContext,
  department: string,
  own: Signing['consenters'],
): boolean {
  const { tls, msp } = departmentPaths(folder.root, department).orderer;
  const isHere = (file: string, pem: Uint8Array) =>
    existsSync(file) &&
    new X509Certificate(readFileSync(file)).raw.equals(new X509Certificate(pem).raw);
  // With Raft the channel names no signing certificate.
  return own.some(
    ({ identity, serverTlsCert }) =>
      isHere(tls.certificate, serverTlsCert) &&
      (identity.length === 0 || isHere(msp.certificate, identity)),
  );
}

/** Starts a node again; false where nothing runs here that could do it. */
export async function restartHere(
  { folder, output }: CommandContext,
  node: string,
): Promise<boolean> {
  const request: NetworkRequest = { command: 'restart', node };
  try {
    await askNetwork(controlPath(folder), request, output.progress);
    return true;
  } catch (error) {
    const isElsewhere =
      error instanceof NetworkError && ['NOT_RUNNING', 'IDENTITY_UNKNOWN'].includes(error.code);
    if (isElsewhere) return false;
    throw error;
  }
}

/** What each of these departments runs on its host for its orderer to start again. */
export const restarts = ({ departments }: Topology, mspIds: readonly string[]) =>
  departments
    .filter(({ mspId }) => mspIds.includes(mspId))
    .map((department) => ({
      department: department.id,
      command: `systemctl restart ${unitName(department, 'orderer')}`,
    }));

import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Text } from '@yici/terminal';
import {
  changeFingerprint,
  consentTo,
  differences,
  signedUpdate,
  type Consent,
} from '@yici/ledger';
import { withSignature, writeChange } from '../../channel/change-file.js';
import { planChange } from '../../channel/propose.js';
import { changeRefused } from '../../channel/refusals.js';
import { NetworkError } from '../../errors.js';
import { readUser } from '../../pki/read.js';
import { readDepartmentFile } from '../../render/department-file.js';
import { departmentNamed } from '../../topology/nodes.js';
import type { Topology } from '../../topology/schema.js';
import { at, namesIn } from './place.js';
import { bringTo, changeNamed, type GatewayOption } from './pending.js';
import { changeText, report } from './report.js';
import type { CommandContext } from '../context.js';
import { ownTopology } from '../keys/identities.js';

interface SignOptions extends GatewayOption {
  readonly department?: readonly string[];
  readonly yes?: boolean;
}

/**
 * Shows a change by the config of the own peer, and adds the administrator's signature: to its file, and at the gateway where
 * departments gather theirs.
 */
export async function signChange(
  context: CommandContext,
  path: string,
  { department, yes, gateway }: SignOptions,
): Promise<void> {
  const file = await changeNamed(path, gateway === undefined ? {} : { gateway });
  const ids = signersOf(context, department);
  const first = ids[0];
  await at(context, first === undefined ? {} : { department: first }, async (place) => {
    const { topology, config } = place;
    const plan = planChange(config, file);
    const lines = differences(config, plan.next);
    if (yes !== true) await confirm(context, [...changeText(lines), changeFingerprint(file)]);
    const signed = ids.reduce(
      (each, id) => withSignature(each, readUser(topology, context.folder.root, `${id}.admin`)),
      file,
    );
    refuseIdle(topology, ids, consentTo(config, plan, signedUpdate(signed)));
    const isFile = existsSync(path);
    if (isFile) writeChange(path, signed);
    const gathered = gateway === undefined ? signed : await bringTo(gateway, signed);
    report(context, topology, config, gathered, { ...(isFile && { file: path }), gateway });
  });
}

/** @throws NetworkError IDENTITY_UNKNOWN when it is open whose administrator is to sign */
function signersOf({ folder }: CommandContext, given: readonly string[] | undefined) {
  const own = readDepartmentFile(folder.root)?.department;
  const ids = given ?? (own === undefined ? [] : [own]);
  if (ids.length > 0) return ids;
  const departments = ownTopology(folder).departments.map(({ id }) => id);
  const words = {
    zh: `请以 --department 指明哪个部门签名：${departments.join('、')}。`,
    en: `Say whose administrator signs with --department: ${departments.join(', ')}.`,
  };
  throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { departments } });
}

/** @throws NetworkError CHANGE_REFUSED where a policy asks for nobody who signs: it would be believed that something was done */
function refuseIdle(
  topology: Topology,
  ids: readonly string[],
  { signed, missing }: Consent,
): void {
  if (ids.some((id) => signed.includes(departmentNamed(topology, id).mspId))) return;
  const others = missing.map(namesIn(topology));
  throw changeRefused({
    zh: `没有签名：该更改不需要 ${ids.join('、')} 同意；尚可签名：${others.map(({ zh }) => zh).join('、') || '（无）'}。`,
    en: `Nothing was signed: the change does not need the consent of ${ids.join(', ')}; may still sign: ${others.map(({ en }) => en).join(', ') || '(nobody)'}.`,
  });
}

/** @throws NetworkError CHANGE_REFUSED unless the person at the terminal agrees */
async function confirm({ say }: CommandContext, lines: readonly Text[]): Promise<void> {
  const refused = changeRefused({
    zh: '没有签名：未经确认。不在终端运行的，以 --yes 确认。',
    en: 'Nothing was signed: it was not confirmed. Without a terminal, confirm with --yes.',
  });
  if (!process.stdin.isTTY) throw refused;
  process.stderr.write(`${lines.map(say).join('\n')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = say({
      zh: '签名同意以上更改？输入 yes：',
      en: 'Sign this change? Type yes: ',
    });
    if ((await terminal.question(question)).trim() !== 'yes') throw refused;
  } finally {
    terminal.close();
  }
}

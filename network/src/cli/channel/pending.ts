import { changeId, type ChangeFile } from '@yici/ledger';
import { z } from 'zod';
import { parseChange, readChange } from '../../channel/change-file.js';
import { changeInvalid } from '../../channel/refusals.js';
import { asker } from '../at-gateway.js';

/** Where departments' signatures on a change are gathered, if not in files. */
export interface GatewayOption {
  readonly gateway?: string;
}

const pending = z.object({ change: z.unknown() });
const changes = '/v1/channel/changes';

/**
 * A change by its file, or by its fingerprint as a gateway has it.
 * @throws NetworkError CHANGE_INVALID, also when the gateway gives another change or does not answer
 */
export async function changeNamed(name: string, { gateway }: GatewayOption): Promise<ChangeFile> {
  const id = fingerprintIn(name);
  if (gateway === undefined || id === undefined) return readChange(name);
  const answer = await asker(gateway, 'CHANGE_INVALID')(`${changes}/${id}`);
  const change = parseChange(pending.parse(answer).change);
  if (changeId(change) === id) return change;
  const words = {
    zh: `${gateway} 给出的是另一项更改。`,
    en: `${gateway} gives another change.`,
  };
  throw changeInvalid(words, { gateway, id });
}

/** The fingerprint, as it is printed or without its blanks; undefined for the name of a file. */
function fingerprintIn(name: string): string | undefined {
  const digits = name.replaceAll(/\s/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined;
}

/** Brings a signed change to a gateway; the change with every signature that is there. @throws NetworkError CHANGE_INVALID */
export async function bringTo(gateway: string, change: ChangeFile): Promise<ChangeFile> {
  const answer = await asker(gateway, 'CHANGE_INVALID')(changes, change);
  return parseChange(pending.parse(answer).change);
}

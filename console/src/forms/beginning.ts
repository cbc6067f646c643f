import { timestamp } from '@yici/domain/model';
import dayjs from 'dayjs';
import { z } from 'zod';
import { specOf } from '../specs.js';

/** How ids begin that whoever makes a record chooses, by their field. */
const prefixes: Readonly<Record<string, string | undefined>> = {
  ...{ shareId: 'share', attestationId: 'att', delegationId: 'dlg', orderId: 'ord', urgeId: 'urg' },
  ...{ useId: 'use', challengeId: 'challenge', disputeId: 'dispute' },
};

/** Parts of a record that an act begins, under an id of their own. */
const parts: Readonly<Record<string, string | undefined>> = {
  ...{ 'sharing.receipt': 'useId', 'attestation.recordUse': 'useId' },
  ...{ 'sharing.challenge': 'challengeId', 'sharing.dispute': 'disputeId' },
};

/** A random id for what a command makes, where nobody has to think of one. */
function newIdFor(command: string): Readonly<Record<string, string>> {
  const spec = specOf(command);
  const field = parts[command] ?? (spec?.creates === true ? spec.of.key : '');
  const prefix = prefixes[field];
  return prefix === undefined ? {} : { [field]: `${prefix}-${crypto.randomUUID()}` };
}

/** Days for which something is valid unless somebody says otherwise, as on the command line. */
const validDays = 30;

/** What a form begins with: an id, and a time of validity from now on where the command wants one. */
export function beginningOf(command: string): Readonly<Record<string, string>> {
  const input = specOf(command)?.input;
  const isLimited = input instanceof z.ZodObject && input.shape['validTo'] === timestamp;
  if (!isLimited) return newIdFor(command);
  const [validFrom, validTo] = [dayjs(), dayjs().add(validDays, 'day')].map((at) =>
    at.toISOString(),
  );
  return { ...newIdFor(command), ...(validFrom && { validFrom }), ...(validTo && { validTo }) };
}

import { ClientError } from '@yici/client/web';
import { troubleOf } from '../session/trouble.js';
import type { Line } from './run.js';

/** What a failed act means for whoever did it; each has its sentence in the console's words (`failure`). */
export type Failure = 'refused' | 'lost' | 'expired' | 'full' | 'unknown' | 'ended';

/** An act that was signed may have taken effect although no answer came: only `refused` and `ended` say that it has none. */
export function failureOf(error: Error, signed: boolean): Failure {
  const trouble = troubleOf(error);
  const code = error instanceof ClientError ? error.code : undefined;
  if (code === 'COMMIT_UNKNOWN' || (signed && trouble === 'lost')) return 'unknown';
  if (trouble !== undefined) return trouble;
  return code === 'GATEWAY_REFUSED' ? 'refused' : 'ended';
}

/** Whether the same act can be tried again as it is: not what the rules refused, nor what a block says has no effect. */
export function mayRepeat({ stage }: Line): boolean {
  if (stage.kind !== 'failed') return false;
  return !['refused', 'ended'].includes(failureOf(stage.error, stage.signed));
}

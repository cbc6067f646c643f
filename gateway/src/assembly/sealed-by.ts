import { join } from 'node:path';
import type { GatewayConfig } from './config.js';
import type { SealedBy } from '../custody/sealing-key.js';

/** The source of the sealing key: `custodyKey`, by default outside the gateway's folder, or YICI_GATEWAY_PASSPHRASE. */
export function sealedBy(
  { state, custodyKey }: Pick<GatewayConfig, 'state' | 'custodyKey'>,
  env: NodeJS.ProcessEnv,
): SealedBy & { readonly keyFile: string } {
  const passphrase = env['YICI_GATEWAY_PASSPHRASE'];
  return {
    keyFile: custodyKey ?? join(state, 'keys', 'custody.key'),
    ...(passphrase === undefined || passphrase === '' ? {} : { passphrase }),
  };
}

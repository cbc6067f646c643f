import { commandMessage } from '@yici/domain/model';
import { ClientError } from '../errors.js';
import type { AppSigner } from '../signers/sm2.js';
import { numbersLeftOut } from './issued-numbers.js';
import type { CommandLine, NetworkView, Session } from '@yici/api';

export interface SigningContext {
  readonly network: Pick<NetworkView, 'channel'>;
  readonly route: CommandLine;
  readonly session: Session;
}

/**
 * Adds an application signature over the whole input, which therefore must be complete: a number that the gateway added
 * later would not be covered by it.
 * @throws ClientError USAGE when a number is missing, or the caller's department is not registered.
 */
export async function withAppSignature(
  { network, route, session }: SigningContext,
  input: Readonly<Record<string, unknown>>,
  signer: AppSigner,
): Promise<Readonly<Record<string, unknown>>> {
  const { user, department } = session;
  if (department === null) {
    throw new ClientError('USAGE', {
      zh: '部门尚未登记，没有商用密码（SM2）密钥。',
      en: 'A department that is not registered has no SM2 keys yet.',
    });
  }
  const missing = numbersLeftOut(route.name, input);
  if (missing.length > 0) {
    const names = missing.join(', ');
    throw new ClientError('USAGE', {
      zh: `以商用密码（SM2）签名申报的，须给出编号：${names}。`,
      en: `To be signed with SM2 a filing needs its numbers: give ${names}.`,
    });
  }
  const { channel } = network;
  const message = commandMessage({
    ...{ channel, command: route.name, department: department.id, user, input },
  });
  const { keyId } = signer;
  const value = await signer.sign(message);
  return { ...input, appSignature: { alg: 'sm2-sm3', keyId, value } };
}

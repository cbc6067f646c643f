import { useQuery } from '@tanstack/react-query';
import { specOf } from '../specs.js';
import { usePresent } from './session.js';

/** An SM2 signature covers the whole input, so a number that the gateway has yet to issue leaves no room for one. */
export const isWhole = (command: string, input: Readonly<Record<string, unknown>>): boolean =>
  (specOf(command)?.issued ?? []).every((name) => input[name] !== undefined);

/** The SM2 key of the visitor: its id, its signer, and whether it is on the ledger and not revoked. */
export function useSm2Key() {
  const { client, session, held } = usePresent();
  const { sm2 } = held;
  return useQuery({
    queryKey: [session.user, 'sm2', sm2 === undefined],
    enabled: sm2 !== undefined && session.department !== null,
    queryFn: async () => {
      const { sm2SignerOf } = await import('../identity/sm2.js');
      const signer = sm2SignerOf(sm2 ?? '');
      const asked = { department: session.department?.id ?? '', limit: 200 };
      for await (const key of client.list('appKeys.list', asked)) {
        if (key.keyId === signer.keyId)
          return { signer, isRegistered: key.revocation === undefined };
      }
      return { signer, isRegistered: false };
    },
  });
}

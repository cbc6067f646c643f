import { seal } from '@yici/client/web';
import { useCallback } from 'react';
import { usePresent } from '../session/session.js';

/** Stores a file at the gateway, encrypted there, and answers with what the ledger gets: its salted digest. */
export function useStoreDocument() {
  const { client } = usePresent();
  return useCallback(
    async (file: File) => {
      const { sealed, salt } = seal(new Uint8Array(await file.arrayBuffer()));
      const { digest } = sealed;
      const type = file.type === '' ? 'application/pdf' : file.type;
      await client.putDocument({ content: file, name: file.name, type, salt, digest });
      return sealed;
    },
    [client],
  );
}

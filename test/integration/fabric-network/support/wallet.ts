import { mkdirSync } from 'node:fs';
import type { UserFiles } from '../../gateway/support/api.js';

/** The wallet as that SDK itself writes it. */
export async function writeWallet(
  folder: string,
  label: string,
  { mspId, certificatePem, keyPem }: UserFiles,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { Wallets } = await import('fabric-network');
  const wallet = await Wallets.newFileSystemWallet(folder);
  const credentials = { certificate: certificatePem, privateKey: keyPem };
  await wallet.put(label, { type: 'X.509', mspId, credentials } as Parameters<
    typeof wallet.put
  >[1]);
}

import { mkdirSync } from 'node:fs';
import type { UserFiles } from '../../gateway/support/api.js';
import { sdkModule } from './sdk-module.js';

interface WalletModule {
  readonly Wallets: {
    newFileSystemWallet(
      folder: string,
    ): Promise<{ put(label: string, identity: unknown): Promise<void> }>;
  };
}

/** The wallet as that SDK itself writes it. */
export async function writeWallet(
  folder: string,
  label: string,
  { mspId, certificatePem, keyPem }: UserFiles,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { Wallets } = sdkModule('fabric-network') as WalletModule;
  const wallet = await Wallets.newFileSystemWallet(folder);
  const credentials = { certificate: certificatePem, privateKey: keyPem };
  await wallet.put(label, { type: 'X.509', version: 1, mspId, credentials });
}

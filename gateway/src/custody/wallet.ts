import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { parseCertificate } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { accountFileSchema, readAccounts, type AccountIdentity } from './account-files.js';
import { ensureAccounts } from './ensure-accounts.js';
import { isRetired } from './retired.js';
import type { SealedBy } from './sealing-key.js';

/** A single name, never a path: starts with a letter or digit and contains neither a separator nor `..`. */
const labelPattern = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

const walletFile = z.object({ type: z.string(), version: z.number() });

/** A file of fabric-network's file-system wallet, `<label>.id`, in the format of its X509Provider. */
const x509Identity = z.strictObject({
  credentials: z.strictObject({ certificate: z.string().min(1), privateKey: z.string().min(1) }),
  mspId: z.string().min(1),
  type: z.literal('X.509'),
  version: z.literal(1),
});

interface WalletImport {
  /** Folder of the file-system wallet. */
  readonly wallet: string;
  readonly label: string;
  /** Name of the account; by default the label. */
  readonly account?: string;
  /** The gateway's `custody` folder. */
  readonly custody: string;
  readonly by?: SealedBy;
}

/**
 * Imports an identity from a wallet: its key is encrypted in the custody folder, its API key added to the file there. A
 * running gateway accepts it from the next request on. The wallet's own file, with the unencrypted key, is kept.
 * @throws GatewayError WALLET_…, ACCOUNT_EXISTS, ACCOUNT_REVOKED, KEY_STORE_UNREADABLE
 */
export function importWallet(options: WalletImport): AccountIdentity {
  const { wallet, label, custody, by } = options;
  const found = readWalletIdentity(wallet, label);
  const identity = { ...found, account: accountName(options.account ?? label) };
  if (readAccounts(custody).some(({ account }) => account === identity.account)) {
    throw new GatewayError(
      'ACCOUNT_EXISTS',
      `There is an account ${identity.account} already; choose another name with --account.`,
    );
  }
  if (isRetired(custody, identity.certificatePem)) {
    const message = `The certificate of ${label} was retired here and is not used again.`;
    throw new GatewayError('ACCOUNT_REVOKED', message, { details: { account: identity.account } });
  }
  ensureAccounts(custody, [identity], by);
  return identity;
}

/**
 * Reads `<label>.id` of a wallet folder.
 * @throws GatewayError WALLET_LABEL_INVALID, WALLET_IDENTITY_MISSING, WALLET_IDENTITY_MALFORMED,
 * WALLET_TYPE_UNSUPPORTED (not X.509, version 1), WALLET_KEY_MISMATCH
 */
export function readWalletIdentity(directory: string, label: string): AccountIdentity {
  if (!labelPattern.test(label)) {
    throw new GatewayError(
      'WALLET_LABEL_INVALID',
      'A label is up to 64 letters, digits, dots, _, @ and -, and no path.',
    );
  }
  const path = join(directory, `${label}.id`);
  const { credentials, mspId } = x509Of(path, readJson(path));
  const { certificate: certificatePem, privateKey: keyPem } = credentials;
  const [certified, held] = keysOf(path, certificatePem, keyPem);
  if (!createPublicKey(held).equals(certified)) {
    throw new GatewayError(
      'WALLET_KEY_MISMATCH',
      `The private key in ${path} is not that of its certificate.`,
    );
  }
  return { account: label, mspId, certificatePem, keyPem };
}

function accountName(name: string): string {
  if (accountFileSchema.shape.account.safeParse(name).success) return name;
  throw new GatewayError(
    'WALLET_LABEL_INVALID',
    'An account’s name is up to 64 letters, digits, dots, _ and -; choose one with --account.',
  );
}

function readJson(path: string): unknown {
  const text = readGiven(path, ({ zh, en }, cause) => {
    const words = { zh: `${zh}。`, en: `${en}.` };
    return new GatewayError('WALLET_IDENTITY_MISSING', words, { cause });
  });
  try {
    return JSON.parse(text.toString());
  } catch {
    // The parser's message quotes the text, which may be a key.
    throw malformed(path, 'is no JSON');
  }
}

/** The type is checked first: another provider's file (`HSM-X.509`) has other fields. */
function x509Of(path: string, value: unknown): z.infer<typeof x509Identity> {
  const header = walletFile.safeParse(value);
  if (!header.success) throw malformed(path, 'is no identity of a wallet');
  const { type, version } = header.data;
  if (type !== 'X.509' || version !== 1) {
    throw new GatewayError(
      'WALLET_TYPE_UNSUPPORTED',
      `${path} is of type ${type}, version ${String(version)}; only X.509, version 1, can be imported.`,
    );
  }
  const parsed = x509Identity.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || 'its fields');
  throw malformed(path, `is not whole: ${paths.join(', ')}`);
}

function keysOf(path: string, certificatePem: string, keyPem: string): [KeyObject, KeyObject] {
  let certified: KeyObject;
  try {
    certified = parseCertificate(certificatePem).publicKey;
  } catch {
    throw malformed(path, 'holds no certificate in PEM');
  }
  try {
    return [certified, createPrivateKey(keyPem)];
  } catch {
    throw malformed(path, 'holds no private key in plain PEM');
  }
}

const malformed = (path: string, what: string): GatewayError =>
  new GatewayError('WALLET_IDENTITY_MALFORMED', `${path} ${what}.`);

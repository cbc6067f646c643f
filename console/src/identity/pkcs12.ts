import {
  CertBag,
  Certificate,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  type SafeBag,
} from 'pkijs';
import { ConsoleError } from '../errors.js';
import { pemOf } from './pem.js';
import type { IdentityFiles } from './vault.js';

/** The library decrypts the bag on its own only as a part of itself. */
class SealedKey extends PKCS8ShroudedKeyBag {
  async open(password: ArrayBuffer): Promise<PrivateKeyInfo | undefined> {
    await this.parseInternalValues({ password });
    return this.parsedValue;
  }
}

/**
 * Opens a PKCS#12 file (RFC 7292): its private key, and the certificate beside it that is no authority's.
 * @throws ConsoleError PKCS12_UNREADABLE, PKCS12_PASSPHRASE; PKCS12_OLD: encrypted in a way from before PBES2, which WebCrypto does not have
 */
export async function openPkcs12(
  file: Uint8Array<ArrayBuffer>,
  passphrase: string,
): Promise<Pick<IdentityFiles, 'certificate' | 'key'>> {
  const password = new TextEncoder().encode(passphrase).buffer;
  const bags = await bagsOf(file, password);
  const keys = await Promise.all(bags.map((bag) => keyOf(bag, password)));
  const key = keys.find((one) => one !== undefined);
  const certificate = bags.map(certificateOf).find((one) => one !== undefined && !isAuthority(one));
  if (key === undefined || certificate === undefined)
    throw new ConsoleError('PKCS12_UNREADABLE', 'no key with a certificate in the file');
  return {
    key: pemOf('PRIVATE KEY', key.toSchema().toBER()),
    certificate: pemOf('CERTIFICATE', certificate.toSchema().toBER()),
  };
}

async function bagsOf(
  file: Uint8Array<ArrayBuffer>,
  password: ArrayBuffer,
): Promise<readonly SafeBag[]> {
  const pfx = readPfx(file);
  await pfx.parseInternalValues({ password, checkIntegrity: true }).catch((cause: unknown) => {
    throw new ConsoleError('PKCS12_PASSPHRASE', String(cause));
  });
  const safe = pfx.parsedValue?.authenticatedSafe;
  if (safe === undefined) throw new ConsoleError('PKCS12_UNREADABLE', 'nothing in the file');
  const safeContents = safe.safeContents.map(() => ({ password }));
  await safe.parseInternalValues({ safeContents }).catch((cause: unknown) => {
    // The passphrase is right by now: the file's integrity was checked with it.
    throw new ConsoleError('PKCS12_OLD', String(cause));
  });
  // The library's type says `any` of it; it is what parseInternalValues has just put there.
  const { safeContents: opened } = safe.parsedValue as {
    readonly safeContents: readonly { readonly value: { readonly safeBags: readonly SafeBag[] } }[];
  };
  return opened.flatMap(({ value }) => value.safeBags);
}

function readPfx(file: Uint8Array<ArrayBuffer>): PFX {
  try {
    return PFX.fromBER(file);
  } catch (cause) {
    throw new ConsoleError('PKCS12_UNREADABLE', String(cause));
  }
}

async function keyOf(
  { bagValue }: SafeBag,
  password: ArrayBuffer,
): Promise<PrivateKeyInfo | undefined> {
  if (bagValue instanceof PrivateKeyInfo) return bagValue;
  if (!(bagValue instanceof PKCS8ShroudedKeyBag)) return undefined;
  const { encryptionAlgorithm, encryptedData } = bagValue;
  const sealed = new SealedKey({ encryptionAlgorithm, encryptedData });
  return sealed.open(password).catch((cause: unknown) => {
    throw new ConsoleError('PKCS12_OLD', String(cause));
  });
}

function certificateOf({ bagValue }: SafeBag): Certificate | undefined {
  if (!(bagValue instanceof CertBag)) return undefined;
  const { parsedValue } = bagValue as { readonly parsedValue: unknown };
  return parsedValue instanceof Certificate ? parsedValue : undefined;
}

const basicConstraints = '2.5.29.19';

/** A chain may lie in the file as well. */
const isAuthority = ({ extensions = [] }: Certificate): boolean =>
  extensions.some(
    ({ extnID, parsedValue }) => extnID === basicConstraints && saysAuthority(parsedValue),
  );

const saysAuthority = (constraints: unknown): boolean =>
  typeof constraints === 'object' &&
  constraints !== null &&
  'cA' in constraints &&
  constraints.cA === true;

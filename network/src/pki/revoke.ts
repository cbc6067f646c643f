import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCertificate, readCrl, type Revocation } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { writeAtomically, writeOnce } from '../atomic.js';
import type { Department } from '../topology/schema.js';
import { crlReasons, issueCrl, type CrlReason } from './crl.js';
import { openAuthority } from './ensure.js';
import { departmentPaths, type PairPaths } from './layout.js';
import { readPair } from './read.js';

/** Where a department's revocation list lies: in its MSP folder, and in those of its nodes, which Fabric reads at the start. */
export function crlFiles({ id, orderer }: Department, directory: string): [string, ...string[]] {
  const { msp, peer, orderer: own } = departmentPaths(directory, id);
  const nodes = [peer.msp.folder, ...(orderer ? [own.msp.folder] : [])];
  const inside = (folder: string) => join(folder, 'crls', 'crl.pem');
  return [inside(msp), ...nodes.map(inside)];
}

/** The department's list; number 0 while there is none. @throws LedgerError MALFORMED_CONFIG */
export function readRevocations(department: Department, directory: string) {
  const [file] = crlFiles(department, directory);
  return existsSync(file) ? readCrl(readFileSync(file)) : { number: 0n, revoked: [] };
}

/** A key that was given away stays so, under another certificate too. @throws NetworkError CERTIFICATE_REVOKED, IDENTITY_UNKNOWN */
export function refuseRevoked(department: Department, directory: string, pair: PairPaths) {
  const { certificate } = pair;
  const { serial } = parseCertificate(readPair(pair).certificatePem);
  const { revoked } = readRevocations(department, directory);
  if (revoked.every((each) => each.serial !== serial)) return;
  throw new NetworkError(
    'CERTIFICATE_REVOKED',
    {
      zh: `${certificate} 已被吊销，其密钥不能再用；换用新密钥请执行 yici-network keys renew，加 --new-key。`,
      en: `${certificate} is revoked and its key with it: take a new one (yici-network keys renew with --new-key).`,
    },
    { details: { certificate, serial } },
  );
}

/** Certificates of users that lie nowhere else: of keys made on people's own machines, and those that were superseded. */
function issuedFolder({ id }: Department, directory: string): string {
  return join(dirname(departmentPaths(directory, id).ca.certificate), 'issued');
}

/** Keeps a user's certificate, so that it can be revoked by the user's name. */
export function keepIssued(department: Department, directory: string, certificatePem: string) {
  const { serial } = parseCertificate(certificatePem);
  writeOnce(join(issuedFolder(department, directory), `${serial}.pem`), () => certificatePem);
}

/** Serial numbers of every certificate that a department gave a user, as far as the folder knows. */
export function serialsOf(department: Department, directory: string, user: string): string[] {
  const folder = issuedFolder(department, directory);
  const { certificate } = departmentPaths(directory, department.id).user(user).msp;
  const kept = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const found = [certificate, ...kept]
    .filter((file) => existsSync(file))
    .map((file) => parseCertificate(readFileSync(file)))
    .filter(({ commonName }) => commonName === user);
  return [...new Set(found.map(({ serial }) => serial))];
}

export interface RevocationInput {
  readonly department: Department;
  readonly directory: string;
  readonly now: Date;
  readonly passphrase: string | undefined;
  /** Lower-case hex. */
  readonly serials: readonly string[];
  readonly reason: CrlReason;
}

/**
 * Adds certificates to the department's revocation list and writes it where its MSP folders have it; what is on it stays. It
 * binds nobody until the channel's configuration has it.
 * @returns the list's file, its number, and what was added; with nothing to add the list stays as it is
 * @throws NetworkError IDENTITY_UNKNOWN (no certificate to revoke, or no root key here), ROOT_KEY_LOCKED
 */
export function revoke(input: RevocationInput) {
  const { department, directory, now, serials, reason, passphrase } = input;
  if (serials.length === 0) {
    const words = {
      zh: '此处没有要吊销的证书。请写明其序列号（--serial）。',
      en: 'There is no certificate here to revoke: name it by its serial number.',
    };
    throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { department: department.id } });
  }
  const { number, revoked } = readRevocations(department, directory);
  const known = new Set(revoked.map(({ serial }) => serial));
  const added: Revocation[] = serials
    .filter((serial) => !known.has(serial))
    .map((serial) => ({ serial, at: now, reason: crlReasons[reason] }));
  const files = crlFiles(department, directory);
  if (added.length === 0) return { file: files[0], number, added };
  const authority = openAuthority(department, directory, 'ca', passphrase);
  const next = { number: number + 1n, now, revoked: [...revoked, ...added] };
  const crl = issueCrl(authority, next);
  // The MSP folder's own comes last: it is the one that is read, so a crash before it revokes anew.
  for (const file of [...files].reverse()) writeAtomically(file, crl);
  return { file: files[0], number: next.number, added };
}

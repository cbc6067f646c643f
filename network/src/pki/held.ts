import { existsSync, readFileSync } from 'node:fs';
import { parseCertificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { usersOf } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { certificatesInPem } from './chain.js';
import { departmentPaths, type NodePaths } from './layout.js';

/** What a certificate in a data folder is for. */
export type CertificateKind =
  | 'root'
  | 'tls-root'
  | 'peer'
  | 'peer-tls'
  | 'orderer'
  | 'orderer-tls'
  | 'chaincode-root'
  | 'chaincode'
  | 'user'
  | 'user-tls';

/** A certificate in a data folder. */
export interface HeldCertificate {
  readonly department: string;
  /** A node (`peer0.hrss`), an authority (`ca.hrss`) or a user (`hrss.clerk1`). */
  readonly whose: string;
  readonly kind: CertificateKind;
  readonly file: string;
  /** Lower-case hex without leading zeros. */
  readonly serial: string;
  readonly ends: Date;
}

/** Days before its end from which a certificate is said to end soon: time enough for a department to renew it. */
export const warnDays = 60;

const day = 86_400_000;

/** Whole days left; negative once it has ended. */
export const daysLeft = ({ ends }: Pick<HeldCertificate, 'ends'>, now: Date): number =>
  Math.floor((ends.getTime() - now.getTime()) / day);

/** Whether it has ended or does so within that many days. */
export const endsWithin = (held: Pick<HeldCertificate, 'ends'>, days: number, now: Date): boolean =>
  held.ends.getTime() - now.getTime() < days * day;

/**
 * Every certificate of the topology's departments that the folder has, of each department in the order of
 * {@link certificateKinds}: on a department's own host also the others' roots and consenters.
 */
export function heldCertificates(topology: Topology, directory: string): HeldCertificate[] {
  return topology.departments.flatMap((department) =>
    places(department, directory)
      .filter(({ file }) => existsSync(file))
      .flatMap((place) =>
        certificatesInPem(readFileSync(place.file, 'utf8')).map((pem) => {
          const { serial, notAfter } = parseCertificate(pem);
          return { department: department.id, ...place, serial, ends: notAfter };
        }),
      ),
  );
}

/** Roots that the folder lacks, of departments of which it has other certificates. */
export function missingRoots(topology: Topology, directory: string): Place[] {
  return topology.departments
    .map((department) => places(department, directory))
    .filter((all) => all.some(({ file }) => existsSync(file)))
    .flatMap((all) => all.filter(({ kind }) => kind === 'root' || kind === 'tls-root'))
    .filter(({ file }) => !existsSync(file));
}

/** The departments whose nodes' keys the folder has. */
export const keyHolders = ({ departments }: Topology, directory: string): Department[] =>
  departments.filter(({ id }) => existsSync(departmentPaths(directory, id).peer.msp.key));

/** Those whose keys the folder has: of departments whose nodes run from it, without their persons and services. */
export function nodeCertificates(topology: Topology, directory: string): HeldCertificate[] {
  const departments = keyHolders(topology, directory);
  return heldCertificates({ ...topology, departments }, directory).filter(
    ({ kind, whose, department }) => !kind.startsWith('user') || whose === `${department}.admin`,
  );
}

/** The first end of a node's certificates. */
export function firstEnd(held: readonly HeldCertificate[], node: string): Date | undefined {
  const ends = held.filter(({ whose }) => whose === node).map((each) => each.ends.getTime());
  return ends.length === 0 ? undefined : new Date(Math.min(...ends));
}

type Place = Pick<HeldCertificate, 'whose' | 'kind' | 'file'>;

function places(department: Department, directory: string): Place[] {
  const { id } = department;
  const paths = departmentPaths(directory, id);
  const chaincode = `chaincode.${id}`;
  return [
    { whose: `ca.${id}`, kind: 'root', file: paths.ca.certificate },
    { whose: `tlsca.${id}`, kind: 'tls-root', file: paths.tlsca.certificate },
    ...both(`peer0.${id}`, 'peer', paths.peer),
    ...(department.orderer ? both(`orderer0.${id}`, 'orderer', paths.orderer) : []),
    { whose: chaincode, kind: 'chaincode-root', file: paths.chaincode.root },
    { whose: chaincode, kind: 'chaincode', file: paths.chaincode.certificate },
    { whose: chaincode, kind: 'chaincode', file: paths.chaincode.client.certificate },
    ...usersOf(department).flatMap(({ name }) => both(name, 'user', paths.user(name))),
  ];
}

const both = (
  whose: string,
  kind: 'peer' | 'orderer' | 'user',
  { msp, tls }: NodePaths,
): Place[] => [
  { whose, kind, file: msp.certificate },
  { whose, kind: `${kind}-tls`, file: tls.certificate },
];

/**
 * Refuses to start with expired certificates, which other nodes would reject, or with some `of` them to call one.
 * @throws NetworkError CERTIFICATE_EXPIRED with every expired certificate
 */
export function refuseExpired(
  topology: Topology,
  directory: string,
  now: Date,
  of: (held: HeldCertificate) => boolean = () => true,
): void {
  const expired = nodeCertificates(topology, directory)
    .filter((held) => held.ends <= now && of(held))
    .map(({ ends, ...held }) => ({ ...held, ended: ends.toISOString() }));
  if (expired.length === 0) return;
  const files = expired.map(({ file, ended }) => `${file} (${ended.slice(0, 10)})`);
  const departments = [...new Set(expired.map(({ department }) => department))];
  throw new NetworkError(
    'CERTIFICATE_EXPIRED',
    {
      zh: `证书已到期：${files.join('、')}。由 ${departments.join('、')} 换发（yici-network keys renew）。`,
      en: `Certificates have ended: ${files.join(', ')}. Have ${departments.join(', ')} renew them (yici-network keys renew).`,
    },
    { details: { expired } },
  );
}

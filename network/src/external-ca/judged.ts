import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { roleAttribute, sectionAttribute, type Words } from '@yici/domain/model';
import { encodeIdentity, type Certificate, type Msp } from '@yici/ledger';
import { certificatesInPem } from '../pki/chain.js';
import type { WantedCertificate, WantedSigning, WantedTls } from './wanted.js';

export interface Problem {
  readonly path: string;
  readonly message: Words;
}

/** A certificate that was brought, and what it is for. */
export interface Taken {
  readonly file: string;
  readonly certificate?: Certificate;
  readonly of?: WantedCertificate;
}

interface Authorities {
  readonly msp: Msp;
  readonly tlsRoot: string;
  readonly now: Date;
}

/** What is wrong with certificates that were brought, each with its file. */
export function judged(taken: readonly Taken[], authorities: Authorities): Problem[] {
  return taken.flatMap((each) =>
    faultsOf(each, authorities).map((message) => ({ path: each.file, message })),
  );
}

function faultsOf({ certificate, of }: Taken, authorities: Authorities): Words[] {
  if (certificate === undefined) return [{ zh: '不是证书', en: 'it is no certificate' }];
  if (of === undefined)
    return [{ zh: '不属于本部门的任何密钥', en: 'it is for no key of this department' }];
  const { commonName: name } = of.subject;
  return [
    ...(certificate.commonName === name ? [] : [differs('CN', certificate.commonName, name)]),
    ...(of.kind === 'tls'
      ? tlsFaults(certificate, of, authorities)
      : signingFaults(certificate, of, authorities)),
  ];
}

const differs = (what: string, found: string | undefined, wanted: string | undefined): Words => ({
  zh: `${what} 为 ${found ?? '（无）'}，应为 ${wanted ?? '（无）'}`,
  en: `its ${what} is ${found ?? '(absent)'}, not ${wanted ?? '(absent)'}`,
});

/** The channel's own judgement: chain, validity, units; and the role by which contracts judge. */
function signingFaults(
  { pem, organizationalUnits, attributes }: Certificate,
  { subject, attributes: wanted }: WantedSigning,
  { msp, now }: Authorities,
): Words[] {
  const verdict = msp.check(encodeIdentity(msp.mspId, pem), now);
  if (!verdict.valid) return [{ zh: verdict.detail, en: verdict.detail }];
  const { role } = verdict.identity;
  const { unit } = subject;
  const differing = [roleAttribute, sectionAttribute].filter(
    (name) => attributes.get(name) !== wanted[name],
  );
  return [
    ...(role === subject.nodeOu ? [] : [differs('OU', role, subject.nodeOu)]),
    ...(unit === undefined || organizationalUnits.includes(unit)
      ? []
      : [differs('OU', organizationalUnits.join(' '), unit)]),
    ...differing.map((name) => differs(name, attributes.get(name), wanted[name])),
  ];
}

const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** By its name where it is one of ours, else by its object identifier. */
const purposeText = (id: string): string =>
  Object.entries(purposes)
    .find(([, known]) => known === id)?.[0]
    .concat('Auth') ?? id;

function tlsFaults(
  { der, usage, notBefore, notAfter }: Certificate,
  { hosts, isServer }: WantedTls,
  { tlsRoot, now }: Authorities,
): Words[] {
  const x509 = new X509Certificate(der);
  const authorities = certificatesInPem(tlsRoot).map((each) => new X509Certificate(each));
  const issuer = authorities.at(-1);
  const isIssued = issuer && x509.checkIssued(issuer) && x509.verify(issuer.publicKey);
  const isCurrent = notBefore <= now && now < notAfter;
  const covers = (host: string) =>
    (isIP(host) === 0 ? x509.checkHost(host, { subject: 'never' }) : x509.checkIP(host)) !==
    undefined;
  const missing = isServer ? hosts.filter((host) => !covers(host)).join(' ') : '';
  const sides = isServer ? (['server', 'client'] as const) : (['client'] as const);
  const unusable = sides.filter((side) => !usage.extendedKeyUsages.includes(purposes[side]));
  const present = usage.extendedKeyUsages.map(purposeText).join(' ');
  return [
    ...(isIssued === true
      ? []
      : [{ zh: '不是所给 TLS 证书机构签发的', en: 'the TLS authority given did not issue it' }]),
    ...(isCurrent ? [] : [{ zh: '不在有效期内', en: 'it is not valid now' }]),
    ...(missing === ''
      ? []
      : [{ zh: `没有写明主机名 ${missing}`, en: `it does not name the hosts ${missing}` }]),
    ...unusable.map((side) => differs('extendedKeyUsage', present || undefined, `${side}Auth`)),
  ];
}

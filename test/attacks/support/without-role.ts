import '../../support/ledger/webcrypto-globals.js';
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as x509 from '@peculiar/x509';
import { departmentPaths } from '@yici/network/testing';
import type { UserFiles } from '../../integration/gateway/support/api.js';

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate that a member's own root issued to somebody of whom the ledger's rules know nothing: a client without a role. */
export async function withoutRole(
  folder: string,
  department: string,
  mspId: string,
): Promise<UserFiles> {
  const { ca } = departmentPaths(folder, department);
  const root = new x509.X509Certificate(readFileSync(ca.certificate, 'utf8'));
  const der = createPrivateKey(readFileSync(ca.key)).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '7f01',
    subject: `CN=nobody,OU=client,O=${mspId}`,
    issuer: root.subjectName,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { mspId, certificatePem: certificate.toString('pem'), keyPem: key.toString() };
}

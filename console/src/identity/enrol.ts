import { enrolments } from '@yici/client/web';
import { Utf8String } from 'asn1js';
import { AttributeTypeAndValue, CertificationRequest } from 'pkijs';
import { ConsoleError } from '../errors.js';
import { settleWaiting, writeWaiting, type Named, type Waiting } from './kept.js';
import { pemOf } from './pem.js';
import { idOf, isKeyOf, seal, userOf } from './vault.js';

const commonName = '2.5.4.3';
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * Makes a key in this browser, keeps it under the passphrase and asks the gateway for a certificate. The key is readable only until
 * it is sealed, so that it can be kept; what is used to sign later cannot be taken out.
 */
export async function enrol(user: string, passphrase: string): Promise<void> {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const csr = await requestFor(user, pair);
  const key = pemOf('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const sealed = await seal({ key }, passphrase);
  const { number: request, code, expiresAt } = await enrolments(location.origin).ask(csr);
  await writeWaiting(request, { user, request, code, expiresAt, ...sealed });
}

async function requestFor(user: string, pair: CryptoKeyPair): Promise<string> {
  const request = new CertificationRequest();
  const value = new Utf8String({ value: user });
  request.subject.typesAndValues.push(new AttributeTypeAndValue({ type: commonName, value }));
  await request.subjectPublicKeyInfo.importKey(pair.publicKey);
  await request.sign(pair.privateKey, 'SHA-256');
  return pemOf('CERTIFICATE REQUEST', request.toSchema().toBER());
}

/** What became of a request: `check` is what the registrar's command printed, by which the two compare the answer. */
export type Collected =
  | { readonly state: 'waiting' | 'gone' }
  | { readonly state: 'issued'; readonly check: string; readonly take: () => Promise<void> };

/**
 * Asks for the answer to a request. The identity is kept only once the person has compared the check.
 * @throws ConsoleError ENROLMENT_NOT_OWN when the certificate is for another key or user
 */
export async function collect({ id, kept }: Named<Waiting>): Promise<Collected> {
  const { request, code, user, salt, iv, sealedKey } = kept;
  const answer = await enrolments(location.origin).collect(request, code);
  if (answer === undefined) return { state: 'gone' };
  if (answer.state === 'waiting') return { state: 'waiting' };
  const { certificate, connection, check } = answer;
  if (userOf(certificate) !== user || !isKeyOf(certificate, request))
    throw new ConsoleError('ENROLMENT_NOT_OWN', 'the certificate is for another key or user');
  const identity = { certificate, connection, user, salt, iv, sealedKey };
  const take = async () => settleWaiting(id, await idOf(certificate), identity);
  return { state: 'issued', check, take };
}

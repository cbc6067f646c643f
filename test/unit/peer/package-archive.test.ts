import { gzipSync } from 'node:zlib';
import { buildChaincodePackage, NetworkError, readServicePackage } from '@yici/network/testing';
import { expect } from 'chai';
import { bytesOf, tarGz, type Member } from '../../support/fabric-binaries/archive.js';
import { rejection } from '../../support/peer/rejection.js';

const metadata = (over: object = {}): Member => ({
  name: 'metadata.json',
  content: JSON.stringify({ type: 'ccaas', label: 'made_1.0', ...over }),
});
const code = (connection: object): Member => ({
  name: 'code.tar.gz',
  content: tarGz([{ name: 'connection.json', content: JSON.stringify(connection) }]),
});

describe('a chaincode-as-a-service package', () => {
  it('names label, address and an id that is the hash of its bytes', async () => {
    const bytes = tarGz([metadata(), code({ address: 'rules.lab.internal:9999' })]);
    const found = await readServicePackage(bytes);
    expect(found).to.include({ label: 'made_1.0', address: 'rules.lab.internal:9999' });
    expect(found.packageId).to.match(/^made_1\.0:[0-9a-f]{64}$/);
    expect(found.tls).to.equal(undefined);
  });

  it('brings the certificates that the chaincode’s TLS asks for', async () => {
    const secured = { address: 'rules:1', tls_required: true, root_cert: 'ROOT' };
    expect((await readServicePackage(tarGz([metadata(), code(secured)]))).tls).to.deep.equal({
      rootCert: 'ROOT',
    });
    const both = { ...secured, client_auth_required: true, client_cert: 'C', client_key: 'K' };
    expect((await readServicePackage(tarGz([metadata(), code(both)]))).tls).to.deep.equal({
      rootCert: 'ROOT',
      clientCert: 'C',
      clientKey: 'K',
    });
  });

  const refused: [string, () => Uint8Array, RegExp][] = [
    ['no archive', () => Buffer.from('nothing'), /gzip stream/],
    [
      'of another kind',
      () => tarGz([metadata({ type: 'golang' }), code({})]),
      /only packages of type ccaas/,
    ],
    ['without metadata', () => tarGz([code({})]), /did not find metadata\.json/],
    ['without code', () => tarGz([metadata()]), /did not find a code package/],
    [
      'with a label Fabric refuses',
      () => tarGz([metadata({ label: '-x' }), code({})]),
      /is not a label/,
    ],
    ['without an address', () => tarGz([metadata(), code({})]), /address/],
    [
      'whose address is a template',
      () => buildChaincodePackage('x', { tls: false }).bytes,
      /is not host:port/,
    ],
    ['cut off', () => gzipSync(bytesOf(metadata()).subarray(0, 520)), /is damaged/],
    [
      'that unpacks to more than it should',
      () => tarGz([{ name: 'metadata.json', content: Buffer.alloc(17 * 1024 * 1024) }]),
      /gzip stream/,
    ],
  ];
  for (const [what, bytes, reason] of refused) {
    it(`is refused when it is ${what}`, async () => {
      const error = await rejection(readServicePackage(bytes()), NetworkError);
      expect(error.code).to.equal('SIMULATION_REFUSED');
      expect(error.message).to.match(reason);
    });
  }
});

import { gzipSync } from 'node:zlib';
import { buildChaincodePackage, NetworkError, readServicePackage } from '@yici/network';
import { expect } from 'chai';
import { rejection } from '../../support/peer/rejection.js';

/** One file of a tar archive: ustar header, content, padding. */
function tarFile(name: string, content: string | Uint8Array): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(body.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
  return Buffer.concat([header, body, padding]);
}

const archive = (...files: Buffer[]): Buffer =>
  gzipSync(Buffer.concat([...files, Buffer.alloc(1024)]));

const metadata = (over: object = {}): Buffer =>
  tarFile('metadata.json', JSON.stringify({ type: 'ccaas', label: 'made_1.0', ...over }));
const code = (connection: object): Buffer =>
  tarFile('code.tar.gz', archive(tarFile('connection.json', JSON.stringify(connection))));

describe('a chaincode-as-a-service package', () => {
  it('names label, address and an id that is the hash of its bytes', async () => {
    const bytes = archive(metadata(), code({ address: 'rules.lab.internal:9999' }));
    const found = await readServicePackage(bytes);
    expect(found).to.include({ label: 'made_1.0', address: 'rules.lab.internal:9999' });
    expect(found.packageId).to.match(/^made_1\.0:[0-9a-f]{64}$/);
    expect(found.tls).to.equal(undefined);
  });

  it('brings the certificates that the chaincode’s TLS asks for', async () => {
    const secured = { address: 'rules:1', tls_required: true, root_cert: 'ROOT' };
    expect((await readServicePackage(archive(metadata(), code(secured)))).tls).to.deep.equal({
      rootCert: 'ROOT',
    });
    const both = { ...secured, client_auth_required: true, client_cert: 'C', client_key: 'K' };
    expect((await readServicePackage(archive(metadata(), code(both)))).tls).to.deep.equal({
      rootCert: 'ROOT',
      clientCert: 'C',
      clientKey: 'K',
    });
  });

  const refused: [string, () => Uint8Array, RegExp][] = [
    ['no archive', () => Buffer.from('nothing'), /gzip stream/],
    [
      'of another kind',
      () => archive(metadata({ type: 'golang' }), code({})),
      /only packages of type ccaas/,
    ],
    ['without metadata', () => archive(code({})), /did not find metadata\.json/],
    ['without code', () => archive(metadata()), /did not find a code package/],
    [
      'with a label Fabric refuses',
      () => archive(metadata({ label: '-x' }), code({})),
      /is not a label/,
    ],
    ['without an address', () => archive(metadata(), code({})), /address/],
    [
      'whose address is a template',
      () => buildChaincodePackage('x', { tls: false }).bytes,
      /is not host:port/,
    ],
    ['cut off', () => gzipSync(metadata().subarray(0, 520)), /is cut off/],
    [
      'that unpacks to more than it should',
      () => archive(tarFile('metadata.json', Buffer.alloc(17 * 1024 * 1024))),
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

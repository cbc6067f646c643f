import '../support/quiet.js';
import '@yici/chaincode';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { certificates } from '../support/certificates.js';

interface Logger {
  level: string;
  debug(text: string): unknown;
  error(text: string): unknown;
  on(event: 'data', listener: (line: { readonly message: string }) => void): unknown;
}
interface CertificateClass {
  fromPEM(pem: string): { readonly subject: { readonly commonName: string } };
}

const shimRequire = createRequire(
  createRequire(import.meta.resolve('@yici/chaincode')).resolve('fabric-shim/package.json'),
);
const { Shim } = shimRequire('fabric-shim') as { Shim: { newLogger(name: string): Logger } };
const { Certificate } = shimRequire('@fidm/x509') as { Certificate: CertificateClass };

describe('the shim with its extension', () => {
  it('formats a log line only at a level that is asked for', () => {
    const logger = Shim.newLogger('lib/handler.js');
    const before = logger.level;
    const lines: string[] = [];
    // eslint-disable-next-line no-control-regex -- the shim colours what it prints
    logger.on('data', ({ message }) => lines.push(message.replaceAll(/\u001b\[\d+m/g, '').trim()));
    try {
      logger.level = 'error';
      logger.debug('a detail');
      logger.error('a failure that the test asks for');
      logger.level = 'debug';
      logger.debug('a detail that the test asks for');
    } finally {
      logger.level = before;
    }
    expect(lines).to.deep.equal([
      'a failure that the test asks for',
      'a detail that the test asks for',
    ]);
  });

  it('parses the same certificate once, another one anew, and refuses what is none every time', () => {
    const client = Certificate.fromPEM(certificates.client);
    expect(Certificate.fromPEM(certificates.client)).to.equal(client);
    expect(Certificate.fromPEM(certificates.admin)).not.to.equal(client);
    expect(client.subject.commonName).to.equal('hrss.user1');
    for (const attempt of [1, 2]) {
      expect(() => Certificate.fromPEM('no certificate'), String(attempt)).to.throw();
    }
  });
});

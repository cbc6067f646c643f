import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseCertificate, encodePem } from '@yici/ledger';
import { decodePem } from '@yici/ledger/testing';
import { hex, refused, text } from './support/bytes.js';
import { fabricAttributes, issue, publicKeyOf, x509, type Issued } from './support/pki.js';

describe('ledger: certificates', () => {
  let root: Issued;
  let clerk: Issued;

  before(async () => {
    root = await issue({ subject: 'CN=ca.hrss, O=hrss', ca: true });
    clerk = await issue({
      subject: 'CN=hrss.clerk1, OU=client, OU=case desk, O=hrss',
      issuer: root,
      extensions: [
        await x509.AuthorityKeyIdentifierExtension.create(root.keys.publicKey),
        fabricAttributes('{"attrs":{"yici.role":"clerk","hf.EnrollmentID":"hrss.clerk1"}}'),
      ],
    });
  });

  it('reads names, units, number, validity and key', async () => {
    const parsed = parseCertificate(clerk.pem);
    expect(parsed).to.deep.include({
      commonName: 'hrss.clerk1',
      organizationalUnits: ['client', 'case desk'],
      isCA: false,
      notBefore: clerk.certificate.notBefore,
      notAfter: clerk.certificate.notAfter,
    });
    expect(parsed.serial).to.equal(clerk.certificate.serialNumber.replace(/^0+/, ''));
    expect(parsed.publicKey.equals(await publicKeyOf(clerk))).to.equal(true);
    expect(parsed.subject).to.equal('O=hrss,OU=case desk,OU=client,CN=hrss.clerk1');
    expect(parsed.issuer).to.equal(parseCertificate(root.pem).subject);
  });

  it('agrees with OpenSSL on what it shows of a certificate', () => {
    for (const { pem } of [root, clerk]) {
      const parsed = parseCertificate(pem);
      const openssl = new X509Certificate(pem);
      expect(parsed.isCA).to.equal(openssl.ca);
      expect(parsed.serial).to.equal(openssl.serialNumber.toLowerCase().replace(/^0+/, ''));
      expect(parsed.notAfter).to.deep.equal(new Date(openssl.validTo));
      expect(hex(parsed.der)).to.equal(openssl.raw.toString('hex'));
      expect(parsed.pem).to.equal(openssl.toString());
    }
  });

  it('reads the key identifiers of subject and issuer', () => {
    const ca = parseCertificate(root.pem);
    expect(ca.isCA).to.equal(true);
    expect(ca.ski).to.have.length(20);
    expect(parseCertificate(clerk.pem).aki).to.deep.equal(ca.ski);
    expect(ca.aki).to.equal(undefined);
  });

  it('reads the attributes of a Fabric CA', () => {
    expect([...parseCertificate(clerk.pem).attributes]).to.deep.equal([
      ['yici.role', 'clerk'],
      ['hf.EnrollmentID', 'hrss.clerk1'],
    ]);
    expect(parseCertificate(root.pem).attributes.size).to.equal(0);
  });

  it('finds no attributes in an extension that cannot be read, and only texts in one that can', async () => {
    const cases = [
      ['no json', []],
      ['null', []],
      ['{"attrs":["clerk"]}', ['0']],
      ['{"attrs":{"level":3,"yici.role":"head","__proto__":"x"}}', ['yici.role', '__proto__']],
    ] as const;
    for (const [value, names] of cases) {
      const extensions = [fabricAttributes(value)];
      const issued = await issue({ subject: 'CN=x', issuer: root, extensions });
      expect([...parseCertificate(issued.pem).attributes.keys()]).to.deep.equal(names);
    }
  });

  it('takes PEM text, PEM bytes, DER and PEM with something around it', () => {
    const { der } = parseCertificate(clerk.pem);
    for (const form of [text(clerk.pem), der, `subject: x\n${clerk.pem}\nmore`]) {
      expect(parseCertificate(form).serial).to.equal(parseCertificate(clerk.pem).serial);
    }
    expect(hex(decodePem(encodePem('CERTIFICATE', der))!)).to.equal(hex(der));
  });

  it('finds a PEM block by the rules of Go, because Fabric does', () => {
    const body = Buffer.from('certificate').toString('base64');
    const block = (begin: string, end: string) => `${begin}\n${body}\n${end}`;
    const [begin, end] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'];
    const found = [
      block(begin, end),
      block(`before\n${begin}  `, `${end}\t\r\nafter`),
      block(`${begin}\nkey: value`, end),
      block(`${begin}\n${begin}`, end),
      block(begin, `-----END OTHER-----\n${block(begin, end)}`),
      `${begin}\r\n${body.slice(0, 4)} \t\r\n${body.slice(4)}\r\n${end}`,
      block('-----BEGIN -----', '-----END -----'),
    ];
    for (const pem of found)
      expect(hex(decodePem(pem) ?? text('none')), pem).to.equal(hex(text('certificate')));
    const lost = [
      '',
      `${begin}${body}\n${end}`,
      `${begin}\n${body}${end}`,
      ` ${block(begin, end)}`,
      block(begin, `${end}x`),
      block(begin, `${end}-`),
      block(begin, '-----END OTHER-----'),
      block('-----BEGIN CERTIFICATE', end),
      `${begin}\n${body}=\n${end}`,
      `${begin}\n${body.slice(1)}\n${end}`,
      `${begin}\n${end}`,
    ];
    for (const pem of lost) expect(decodePem(pem), pem).to.equal(undefined);
  });

  it('reads dates on both sides of 2050 and 1950', async () => {
    for (const year of [1950, 1999, 2049, 2050, 9999]) {
      const notAfter = new Date(Date.UTC(year, 11, 31, 23, 59, 59));
      const notBefore = new Date(Date.UTC(1950, 0, 1));
      const issued = await issue({ subject: 'CN=x', issuer: root, notBefore, notAfter });
      expect(parseCertificate(issued.pem)).to.deep.include({ notBefore, notAfter });
    }
  });

  it('escapes what a name could be mistaken by', async () => {
    const name = new x509.Name([{ CN: ['a,b=c'] }]).toString();
    const issued = await issue({ subject: name, issuer: root });
    expect(parseCertificate(issued.pem).commonName).to.equal('a,b=c');
    expect(parseCertificate(issued.pem).subject).to.equal('CN=a\\,b\\=c');
  });

  it('refuses garbage, trailing bytes and every cut-off certificate', () => {
    const { der } = parseCertificate(clerk.pem);
    refused('MALFORMED_IDENTITY', () => parseCertificate('no pem'));
    refused('MALFORMED_IDENTITY', () => parseCertificate(new Uint8Array(0)));
    refused('MALFORMED_IDENTITY', () => parseCertificate(new Uint8Array([...der, 0])));
    for (let length = 1; length < der.length; length += 7) {
      refused('MALFORMED_IDENTITY', () => parseCertificate(der.subarray(0, length)));
    }
  });

  it('reads or refuses an altered certificate, but never fails otherwise', () => {
    const { der } = parseCertificate(clerk.pem);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, value) => {
        try {
          parseCertificate(der.map((byte, index) => (index === at ? value : byte)));
        } catch (error) {
          expect(error).to.include({ name: 'LedgerError', code: 'MALFORMED_IDENTITY' });
        }
      }),
      { numRuns: 500 },
    );
  });
});

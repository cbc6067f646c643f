import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createSigner, isLowS, sha256, verifySignature, verifySignatureAsync } from '@yici/ledger';
import { toLowS } from '@yici/ledger';
import { fromHex, hex, refused, text } from './support/bytes.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = ORDER / 2n;

function keys(namedCurve = 'P-256') {
  return generateKeyPairSync('ec', { namedCurve });
}

/** DER written out by hand, so that it does not lean on the code under test. */
function derOf(r: bigint, s: bigint): Uint8Array {
  const integer = (value: bigint): string => {
    const digits = value.toString(16);
    const even = digits.padStart(digits.length + (digits.length % 2), '0');
    const padded = Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even;
    return `02${(padded.length / 2).toString(16).padStart(2, '0')}${padded}`;
  };
  const body = integer(r) + integer(s);
  return fromHex(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`);
}

describe('ledger: hashing and signing', () => {
  it('hashes its parts as if they were one', () => {
    // FIPS 180-2, appendix B.1.
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(hex(sha256(text('a'), text('bc')))).to.equal(abc);
    expect(hex(sha256())).to.match(/^e3b0c442/);
  });

  it('signs so that the signature verifies and is always in the lower half', () => {
    const { privateKey, publicKey } = keys();
    const signer = createSigner(privateKey);
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const signature = signer(message);
        return isLowS(signature) && verifySignature(publicKey, message, signature);
      }),
      { numRuns: 50 },
    );
  });

  it('takes keys as PKCS#8 and as SEC 1 text', () => {
    const { privateKey, publicKey } = keys();
    for (const type of ['pkcs8', 'sec1'] as const) {
      const pem = privateKey.export({ format: 'pem', type }).toString();
      expect(verifySignature(publicKey, text('m'), createSigner(pem)(text('m')))).to.equal(true);
    }
  });

  it('signs and verifies with P-384 and with Ed25519', () => {
    const ed25519 = generateKeyPairSync('ed25519');
    for (const { privateKey, publicKey } of [keys('P-384'), ed25519]) {
      const signature = createSigner(privateKey)(text('m'));
      expect(verifySignature(publicKey, text('m'), signature)).to.equal(true);
      expect(verifySignature(publicKey, text('n'), signature)).to.equal(false);
    }
  });

  it('refuses keys that Fabric cannot use', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    refused('MALFORMED_KEY', () => createSigner(rsa.privateKey));
    refused('MALFORMED_KEY', () => createSigner('no key'));
    refused('MALFORMED_KEY', () => createSigner(keys().publicKey));
    refused('MALFORMED_KEY', () => createSigner(keys('secp256k1').privateKey));
    expect(verifySignature(rsa.publicKey, text('m'), text('s'))).to.equal(false);
  });

  it('refuses the twin of a valid signature in the upper half', () => {
    const { privateKey, publicKey } = keys();
    const low = createSigner(privateKey)(text('m'));
    const { r, s } = numbersOf(low);
    const high = derOf(r, ORDER - s);
    expect(verifySignature(publicKey, text('m'), low)).to.equal(true);
    expect(isLowS(high)).to.equal(false);
    expect(verifySignature(publicKey, text('m'), high)).to.equal(false);
    expect(hex(toLowS(high))).to.equal(hex(low));
  });

  it('folds exactly what is above half the order', () => {
    const cases = [
      [1n, 1n],
      [HALF, HALF],
      [HALF + 1n, ORDER - HALF - 1n],
      [ORDER - 1n, 1n],
    ] as const;
    for (const [s, folded] of cases) {
      expect(hex(toLowS(derOf(7n, s)))).to.equal(hex(derOf(7n, folded)));
    }
    refused('MALFORMED_SIGNATURE', () => toLowS(derOf(7n, ORDER)));
  });

  it('accepts bytes after r and s, which Fabric does not look at', () => {
    const { privateKey, publicKey } = keys();
    const signature = createSigner(privateKey)(text('m'));
    const longer = new Uint8Array([...signature, 0, 1, 2]);
    expect(verifySignature(publicKey, text('m'), longer)).to.equal(true);
    expect(hex(toLowS(longer))).to.equal(hex(signature));
  });

  it('finds every garbage signature false and never throws', async () => {
    const { publicKey } = keys();
    const garbage = [
      '',
      '30',
      '3000',
      '3006020100020101',
      '3006020101020100',
      '30060201ff020101',
      '300702020001020101',
      '308006020101020101',
      '30810602010102010101',
    ];
    for (const value of garbage) {
      expect(verifySignature(publicKey, text('m'), fromHex(value)), value).to.equal(false);
      expect(await verifySignatureAsync(publicKey, text('m'), fromHex(value))).to.equal(false);
    }
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => !verifySignature(publicKey, text('m'), bytes)),
    );
  });

  it('verifies the same on the thread pool', async () => {
    const { privateKey, publicKey } = keys();
    const signature = createSigner(privateKey)(text('m'));
    expect(await verifySignatureAsync(publicKey, text('m'), signature)).to.equal(true);
    expect(await verifySignatureAsync(publicKey, text('n'), signature)).to.equal(false);
  });
});

function numbersOf(der: Uint8Array): { r: bigint; s: bigint } {
  const rLength = der[3]!;
  const r = der.subarray(4, 4 + rLength);
  const s = der.subarray(6 + rLength, 6 + rLength + der[5 + rLength]!);
  return { r: BigInt(`0x${hex(r)}`), s: BigInt(`0x${hex(s)}`) };
}

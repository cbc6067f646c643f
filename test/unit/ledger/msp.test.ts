import { expect } from 'chai';
import {
  encodeIdentity,
  LedgerError,
  parseCertificate,
  sha256,
  WireWriter,
  toLowS,
  type IdentityVerdict,
  decodeMspConfig,
  encodeMspConfig,
  encodePem,
} from '@yici/ledger';
import { createMsp, decodePem, type MspDefinition } from '@yici/ledger/testing';
import { hex, refused, text } from './support/bytes.js';
import { mspScenarios, refusedDefinitions, type MspScenario } from './support/msp-scenarios.js';
import { definitionOf, identityOf, issue, NODE_OUS, NOW, type Issued } from './support/pki.js';

const DAY = 86_400_000;

function outcomeOf(verdict: IdentityVerdict): MspScenario['outcome'] {
  return verdict.valid ? (verdict.identity.role ?? 'valid') : verdict.reason;
}

describe('ledger: what an MSP makes of an identity', () => {
  it('is what a Fabric peer makes of it', async () => {
    const scenarios = await mspScenarios();
    const found = scenarios.map(({ what, definition, identity, allowEd25519 = true }) => {
      const msp = createMsp(decodeMspConfig(encodeMspConfig(definition)), { allowEd25519 });
      return `${what}: ${outcomeOf(msp.check(identity))}`;
    });
    expect(found).to.deep.equal(scenarios.map(({ what, outcome }) => `${what}: ${outcome}`));
  });

  it('comes from no definition that a Fabric node refuses', async () => {
    for (const { what, definition } of await refusedDefinitions()) {
      try {
        createMsp(definition);
      } catch (error) {
        expect(error, what).to.be.instanceOf(LedgerError).with.property('code', 'MALFORMED_CONFIG');
        continue;
      }
      expect.fail(`accepted: ${what}`);
    }
  });
});

describe('ledger: a validated identity', () => {
  let root: Issued;
  let clerk: Issued;

  before(async () => {
    root = await issue({ subject: 'CN=ca.hrss', ca: true });
    clerk = await issue({ subject: 'CN=hrss.clerk1,OU=client', issuer: root });
  });

  it('carries its certificate, key, role and chain', () => {
    const identity = createMsp(definitionOf(root)).validate(identityOf(clerk));
    expect(identity).to.include({ mspId: 'HrssMSP', role: 'client' });
    expect(identity.certificate.commonName).to.equal('hrss.clerk1');
    expect(identity.publicKey.asymmetricKeyType).to.equal('ec');
    expect(identity.chain.map((link) => link.commonName)).to.deep.equal(['hrss.clerk1', 'ca.hrss']);
  });

  it('is refused with a reason in the error', () => {
    const msp = createMsp(definitionOf(root));
    const error = refused('IDENTITY_REFUSED', () => msp.validate(identityOf(clerk, 'FinanceMSP')));
    expect(error.details).to.deep.equal({ reason: 'WRONG_MSP', mspId: 'HrssMSP' });
  });

  it('is never taken for another that ends in the same bytes', () => {
    const msp = createMsp(definitionOf(root));
    const good = identityOf(clerk);
    const altered = Uint8Array.from(good);
    altered[300] = altered[300] === 0x41 ? 0x42 : 0x41;
    for (let turn = 0; turn < 2; turn++) {
      expect(msp.check(good).valid).to.equal(true);
      expect(msp.check(altered).valid).to.equal(false);
    }
    expect(msp.check(good.subarray(0, 20)).valid).to.equal(false);
  });

  it('is in force only within its own validity and its issuer’s when a time is given', () => {
    const msp = createMsp(definitionOf(root));
    const at = (days: number) =>
      outcomeOf(msp.check(identityOf(clerk), new Date(NOW.getTime() + days * DAY)));
    expect(at(0)).to.equal('client');
    expect(at(301)).to.equal('EXPIRED');
    expect(at(-31)).to.equal('NOT_YET_VALID');
    const { notAfter } = clerk.certificate;
    expect(outcomeOf(msp.check(identityOf(clerk), notAfter))).to.equal('client');
  });

  it('expires with its issuer', async () => {
    const brief = { notAfter: new Date(NOW.getTime() + DAY) };
    const ca = await issue({ subject: 'CN=ca.brief', ca: true, ...brief });
    const longer = await issue({ subject: 'CN=x,OU=client', issuer: ca });
    const msp = createMsp(definitionOf(ca));
    expect(outcomeOf(msp.check(identityOf(longer)))).to.equal('client');
    const later = new Date(NOW.getTime() + 2 * DAY);
    expect(outcomeOf(msp.check(identityOf(longer), later))).to.equal('EXPIRED');
  });

  it('has one id whether its signature is in the lower or the upper half', () => {
    const msp = createMsp(definitionOf(root));
    const { der } = parseCertificate(clerk.pem);
    const [low, high] = bothHalves(der);
    const ids = [low, high].map((form) => {
      const pem = encodePem('CERTIFICATE', form);
      return msp.validate(encodeIdentity('HrssMSP', pem)).id;
    });
    expect(ids).to.deep.equal([hex(sha256(low)), hex(sha256(low))]);
    expect(hex(low)).to.not.equal(hex(high));
  });
});

describe('ledger: principals', () => {
  let root: Issued;
  let definition: MspDefinition;
  const role = (mspId: string, value: number) => ({
    classification: 0,
    principal: new WireWriter().string(1, mspId).varint(2, value).finish(),
  });
  const [MEMBER, ADMIN, CLIENT, PEER, ORDERER] = [0, 1, 2, 3, 4] as const;

  before(async () => {
    root = await issue({ subject: 'CN=ca.hrss', ca: true });
    definition = definitionOf(root);
  });

  async function validated(unit: string, more: Partial<MspDefinition> = {}) {
    const issued = await issue({ subject: `CN=x,OU=${unit}`, issuer: root });
    return createMsp({ ...definition, ...more }).validate(identityOf(issued));
  }

  it('give each node unit its role and membership, and no other', async () => {
    const expected = { client: CLIENT, peer: PEER, admin: ADMIN, orderer: ORDERER };
    for (const [unit, own] of Object.entries(expected)) {
      const identity = await validated(unit);
      const held = [MEMBER, ADMIN, CLIENT, PEER, ORDERER].filter((value) =>
        identity.satisfies(role('HrssMSP', value)),
      );
      expect(held, unit).to.deep.equal([MEMBER, own]);
      expect(identity.satisfies(role('FinanceMSP', MEMBER))).to.equal(false);
      expect(identity.satisfies(role('HrssMSP', 9))).to.equal(false);
    }
  });

  it('know administrators by name too, with node units on or off', async () => {
    const issued = await issue({ subject: 'CN=hrss.admin,OU=client', issuer: root });
    for (const enable of [true, false]) {
      const nodeOus = { ...NODE_OUS, enable };
      const msp = createMsp({ ...definition, admins: [text(issued.pem)], nodeOus });
      const identity = msp.validate(identityOf(issued));
      expect(identity.satisfies(role('HrssMSP', ADMIN))).to.equal(true);
      expect(identity.satisfies(role('HrssMSP', CLIENT))).to.equal(enable);
    }
  });

  it('name a unit under a CA path', async () => {
    const identity = await validated('client');
    const unit = (mspId: string, name: string, certifiers: Uint8Array) => ({
      classification: 1,
      principal: new WireWriter().string(1, mspId).string(2, name).bytes(3, certifiers).finish(),
    });
    const path = sha256(bothHalves(decodePem(root.pem)!)[0]);
    expect(identity.satisfies(unit('HrssMSP', 'client', path))).to.equal(true);
    expect(identity.satisfies(unit('HrssMSP', 'peer', path))).to.equal(false);
    expect(identity.satisfies(unit('FinanceMSP', 'client', path))).to.equal(false);
    expect(identity.satisfies(unit('HrssMSP', 'client', text('other')))).to.equal(false);
  });

  it('name one certificate', async () => {
    const one = await issue({ subject: 'CN=x,OU=client', issuer: root });
    const other = await issue({ subject: 'CN=x,OU=client', issuer: root });
    const identity = createMsp(definition).validate(identityOf(one));
    const only = (bytes: Uint8Array) => identity.satisfies({ classification: 2, principal: bytes });
    expect(only(identityOf(one))).to.equal(true);
    expect(only(identityOf({ ...one, pem: `text before\n${one.pem}` }))).to.equal(true);
    expect(only(identityOf(other))).to.equal(false);
    expect(only(identityOf(one, 'FinanceMSP'))).to.equal(false);
    expect(only(text('garbage'))).to.equal(false);
  });

  it('combine, at any depth, and are never met when empty or unreadable', async () => {
    const identity = await validated('peer');
    const encoded = (principal: { classification: number; principal: Uint8Array }) =>
      new WireWriter().varint(1, principal.classification).bytes(2, principal.principal).finish();
    const all = (...parts: { classification: number; principal: Uint8Array }[]) => ({
      classification: 4,
      principal: new WireWriter().repeated(1, parts.map(encoded)).finish(),
    });
    const [peer, client] = [role('HrssMSP', PEER), role('HrssMSP', CLIENT)];
    expect(identity.satisfies(all(peer, all(role('HrssMSP', MEMBER), peer)))).to.equal(true);
    expect(identity.satisfies(all(peer, all(client)))).to.equal(false);
    expect(identity.satisfies(all())).to.equal(false);
    expect(identity.satisfies({ classification: 0, principal: text('garbage') })).to.equal(false);
    expect(identity.satisfies({ classification: 7, principal: text('') })).to.equal(false);
  });

  it('want no anonymity of X.509', async () => {
    const identity = await validated('client');
    const anonymity = (type: number) => ({
      classification: 3,
      principal: new WireWriter().varint(1, type).finish(),
    });
    expect(identity.satisfies(anonymity(0))).to.equal(true);
    expect(identity.satisfies(anonymity(1))).to.equal(false);
  });
});

describe('ledger: MSP definitions', () => {
  it('come back from the bytes of the channel config', async () => {
    const root = await issue({ subject: 'CN=ca.hrss', ca: true });
    const definition: MspDefinition = {
      mspId: 'HrssMSP',
      rootCerts: [text(root.pem)],
      intermediateCerts: [text('i')],
      admins: [text('a')],
      revocationList: [text('r')],
      organizationalUnits: [{ identifier: 'desk', certificate: text('c') }],
      nodeOus: NODE_OUS,
      tlsRootCerts: [text('t')],
      tlsIntermediateCerts: [text('u')],
      crypto: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
    };
    expect(decodeMspConfig(encodeMspConfig(definition))).to.deep.equal(definition);
  });

  it('are refused when they are not of type FABRIC, garbage, or of another hash', async () => {
    const root = await issue({ subject: 'CN=ca.hrss', ca: true });
    refused('MALFORMED_CONFIG', () => decodeMspConfig(new WireWriter().varint(1, 1).finish()));
    refused('MALFORMED_BYTES', () => decodeMspConfig(text('garbage')));
    const crypto = { signatureHashFamily: 'SHA3', identityIdentifierHashFunction: 'SHA256' };
    refused('MALFORMED_CONFIG', () => createMsp({ ...definitionOf(root), crypto }));
    refused('MALFORMED_CONFIG', () => createMsp({ ...definitionOf(root), mspId: '' }));
  });
});

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The certificate with its signature's s in the lower and in the upper half. */
function bothHalves(der: Uint8Array): [Uint8Array, Uint8Array] {
  const { x509 } = parseCertificate(der);
  const low = toLowS(x509.signature);
  return [low, upperTwin(low)].map((signature) => {
    const bits = derOf(0x03, Uint8Array.of(0), signature);
    return derOf(0x30, x509.tbs, x509.algorithm, bits);
  }) as [Uint8Array, Uint8Array];
}

function upperTwin(low: Uint8Array): Uint8Array {
  const rEnd = 4 + low[3]!;
  const s = BigInt(`0x${hex(low.subarray(rEnd + 2))}`);
  const twin = Buffer.from(`00${(ORDER - s).toString(16).padStart(64, '0')}`, 'hex');
  return derOf(0x30, low.subarray(2, rEnd), derOf(0x02, twin));
}

function derOf(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const length = content.length;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag, ...head), content]));
}

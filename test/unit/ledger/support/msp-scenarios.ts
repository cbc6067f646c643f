import { encodePem } from '@yici/ledger';
import {
  decodePem,
  type IdentityReason,
  type MspDefinition,
  type NodeRole,
} from '@yici/ledger/testing';
import { text } from './bytes.js';
import {
  definitionOf,
  identityOf,
  issue,
  NODE_OUS,
  NOW,
  revoke,
  x509,
  type Issued,
  type IssueOptions,
} from './pki.js';

const DAY = 86_400_000;

/** An identity before an MSP, and what a Fabric peer makes of it. */
export interface MspScenario {
  readonly what: string;
  readonly definition: MspDefinition;
  readonly identity: Uint8Array;
  /** A role, `valid` where node OUs are off, or the reason of the refusal. */
  readonly outcome: NodeRole | 'valid' | IdentityReason;
  readonly allowEd25519?: boolean;
}

interface World {
  readonly root: Issued;
  readonly intermediate: Issued;
  readonly clerk: Issued;
}

/** Every scenario, with fresh keys. */
export async function mspScenarios(): Promise<MspScenario[]> {
  const root = await issue({ subject: 'CN=ca.hrss,O=hrss', ca: true });
  const intermediate = await issue({ subject: 'CN=ica.hrss,O=hrss', ca: true, issuer: root });
  const clerk = await member(root, 'client');
  const world = { root, intermediate, clerk };
  const groups = [roles, keys, chains, intermediates, usages, revocations, units, encodings];
  const lists = await Promise.all(groups.map((group) => group(world)));
  return lists.flat();
}

function member(issuer: Issued, unit: string, more: Partial<IssueOptions> = {}): Promise<Issued> {
  return issue({ subject: `CN=hrss.someone,OU=${unit},O=hrss`, issuer, ...more });
}

async function roles({ root }: World): Promise<MspScenario[]> {
  const definition = definitionOf(root);
  const scenario = async (unit: NodeRole): Promise<MspScenario> => ({
    what: `a certificate of unit ${unit}`,
    definition,
    identity: identityOf(await member(root, unit)),
    outcome: unit,
  });
  return Promise.all((['client', 'peer', 'admin', 'orderer'] as const).map(scenario));
}

async function keys({ root, clerk }: World): Promise<MspScenario[]> {
  const definition = definitionOf(root);
  const ed25519 = identityOf(await member(root, 'client', { algorithm: 'Ed25519' }));
  const rsa = identityOf(await member(root, 'client', { algorithm: 'RSA' }));
  const p384 = identityOf(await member(root, 'client', { algorithm: 'P-384' }));
  const rsaRoot = await issue({ subject: 'CN=rsa', ca: true, algorithm: 'RSA' });
  const p384Root = await issue({ subject: 'CN=p384', ca: true, algorithm: 'P-384' });
  const under = async (ca: Issued) => identityOf(await member(ca, 'client'));
  return [
    { what: 'a P-384 key', definition, identity: p384, outcome: 'client' },
    { what: 'an Ed25519 key on a V3_0 channel', definition, identity: ed25519, outcome: 'client' },
    {
      what: 'an Ed25519 key on an older channel',
      definition,
      identity: ed25519,
      outcome: 'UNSUPPORTED_KEY',
      allowEd25519: false,
    },
    { what: 'an RSA key', definition, identity: rsa, outcome: 'UNSUPPORTED_KEY' },
    {
      what: 'a certificate of a CA with an RSA key',
      definition: definitionOf(rsaRoot),
      identity: await under(rsaRoot),
      outcome: 'client',
    },
    {
      what: 'a certificate of a CA with a P-384 key',
      definition: definitionOf(p384Root),
      identity: await under(p384Root),
      outcome: 'client',
    },
    {
      what: 'a certificate under another MSP id',
      definition,
      identity: identityOf(clerk, 'FinanceMSP'),
      outcome: 'WRONG_MSP',
    },
    { what: 'the CA itself', definition, identity: identityOf(root), outcome: 'CA_CERTIFICATE' },
  ];
}

async function chains({ root, clerk }: World): Promise<MspScenario[]> {
  const definition = definitionOf(root);
  const stranger = await issue({ subject: 'CN=ca.elsewhere', ca: true });
  const impostor = await issue({ subject: root.certificate.subject, ca: true });
  const renewed = await issue({ subject: root.certificate.subject, ca: true, keys: root.keys });
  const old = await member(root, 'client', { notAfter: new Date(NOW.getTime() - DAY) });
  const future = await member(root, 'client', { notBefore: new Date(NOW.getTime() + DAY) });
  const early = await member(root, 'client', { notBefore: new Date(NOW.getTime() - 60 * DAY) });
  const self = await issue({ subject: 'CN=hrss.self,OU=client' });
  const both = { rootCerts: [text(root.pem), text(renewed.pem)] };
  const twice = { rootCerts: [text(root.pem), text(root.pem)] };
  const scenario = (
    what: string,
    issued: Issued,
    outcome: MspScenario['outcome'],
    more: Partial<MspDefinition> = {},
  ): MspScenario => ({
    what,
    definition: { ...definition, ...more },
    identity: identityOf(issued),
    outcome,
  });
  return [
    scenario('an expired certificate when nobody asks for a time', old, 'client'),
    scenario('a certificate of the future when nobody asks for a time', future, 'client'),
    scenario('a certificate that began before its CA', early, 'UNTRUSTED'),
    scenario('a certificate of another root', await member(stranger, 'client'), 'UNTRUSTED'),
    scenario(
      'a certificate of a CA that only has the name',
      await member(impostor, 'client'),
      'UNTRUSTED',
    ),
    scenario('a certificate that signed itself', self, 'UNTRUSTED'),
    scenario('a root that was renewed with its key', clerk, 'AMBIGUOUS_CHAIN', both),
    scenario('a root that is listed twice', clerk, 'client', twice),
  ];
}

async function intermediates({ root, intermediate, clerk }: World): Promise<MspScenario[]> {
  const definition = definitionOf(root, { intermediateCerts: [text(intermediate.pem)] });
  const below = await issue({ subject: 'CN=ica2.hrss', ca: true, issuer: intermediate });
  const deep = definitionOf(root, {
    intermediateCerts: [text(intermediate.pem), text(below.pem)],
  });
  const under = await member(intermediate, 'client');
  const underBelow = await member(below, 'client');
  const [identity, belowIdentity] = [identityOf(under), identityOf(underBelow)];
  return [
    { what: 'a certificate of an intermediate', definition, identity, outcome: 'client' },
    {
      what: 'a certificate of an intermediate that the MSP lacks',
      definition: definitionOf(root),
      identity,
      outcome: 'UNTRUSTED',
    },
    {
      what: 'a certificate of the root where there is an intermediate',
      definition,
      identity: identityOf(clerk),
      outcome: 'ISSUER_NOT_LEAF',
    },
    {
      what: 'two intermediates in a row',
      definition: deep,
      identity: belowIdentity,
      outcome: 'client',
    },
    {
      what: 'a certificate of the upper of two intermediates',
      definition: deep,
      identity,
      outcome: 'ISSUER_NOT_LEAF',
    },
  ];
}

async function usages({ root }: World): Promise<MspScenario[]> {
  const usage = x509.ExtendedKeyUsage;
  const withExtension = async (extension: x509.Extension) =>
    identityOf(await member(root, 'client', { extensions: [extension] }));
  const definition = definitionOf(root);
  return [
    {
      what: 'a certificate for clients only by its extended usage',
      definition,
      identity: await withExtension(new x509.ExtendedKeyUsageExtension([usage.clientAuth])),
      outcome: 'UNTRUSTED',
    },
    {
      what: 'a certificate for servers and clients by its extended usage',
      definition,
      identity: await withExtension(
        new x509.ExtendedKeyUsageExtension([usage.clientAuth, usage.serverAuth]),
      ),
      outcome: 'client',
    },
    {
      what: 'an unknown critical extension',
      definition,
      identity: await withExtension(new x509.Extension('1.2.3.4', true, text('x'))),
      outcome: 'UNTRUSTED',
    },
    {
      what: 'an unknown extension that is not critical',
      definition,
      identity: await withExtension(new x509.Extension('1.2.3.4', false, text('x'))),
      outcome: 'client',
    },
  ];
}

async function revocations({ root, clerk }: World): Promise<MspScenario[]> {
  const other = await member(root, 'client');
  const impostor = await issue({ subject: root.certificate.subject, ca: true });
  const crl = await revoke(root, [clerk]);
  const forged = await revoke(root, [clerk], { signer: impostor });
  const nameless = await revoke(root, [], { withoutAki: true });
  const foreign = await revoke(impostor, [clerk]);
  const scenario = (
    what: string,
    issued: Issued,
    list: Uint8Array,
    outcome: MspScenario['outcome'],
  ): MspScenario => ({
    what,
    definition: definitionOf(root, { revocationList: [list] }),
    identity: identityOf(issued),
    outcome,
  });
  const der = decodePem(Buffer.from(crl).toString())!;
  return [
    scenario('a revoked certificate', clerk, crl, 'REVOKED'),
    scenario('a revoked certificate by a CRL in DER', clerk, der, 'REVOKED'),
    scenario('a certificate that the CRL does not list', other, crl, 'client'),
    scenario('a CRL that another key signed', clerk, forged, 'client'),
    scenario('a CRL of another CA', clerk, foreign, 'client'),
    scenario('a CRL that does not say whose it is', other, nameless, 'CRL_UNUSABLE'),
  ];
}

async function units({ root, intermediate, clerk }: World): Promise<MspScenario[]> {
  const two = await issue({ subject: 'CN=x,OU=client,OU=peer', issuer: root });
  const twice = await issue({ subject: 'CN=x,OU=client,OU=client', issuer: root });
  const none = await issue({ subject: 'CN=x', issuer: root });
  const session = await issue({ subject: 'CN=x,OU=case desk,OU=client', issuer: root });
  const bound = (ca: Issued): Partial<MspDefinition> => ({
    nodeOus: { ...NODE_OUS, client: { identifier: 'client', certificate: text(ca.pem) } },
  });
  const sibling = await issue({ subject: 'CN=ca2.hrss', ca: true });
  const recognized = {
    organizationalUnits: [{ identifier: 'case desk', certificate: text(root.pem) }],
  };
  const off = { nodeOus: { ...NODE_OUS, enable: false }, admins: [text(clerk.pem)] };
  const roots = { rootCerts: [text(root.pem), text(sibling.pem)] };
  const viaIca = {
    intermediateCerts: [text(intermediate.pem)],
    ...bound(intermediate),
  };
  const scenario = (
    what: string,
    issued: Issued,
    outcome: MspScenario['outcome'],
    more: Partial<MspDefinition> = {},
  ): MspScenario => ({
    what,
    definition: definitionOf(root, more),
    identity: identityOf(issued),
    outcome,
  });
  return [
    scenario('no unit', none, 'NODE_OU_MISSING'),
    scenario('an unknown unit', await member(root, 'guest'), 'NODE_OU_MISSING'),
    scenario('two node units', two, 'NODE_OU_AMBIGUOUS'),
    scenario('one node unit twice', twice, 'NODE_OU_AMBIGUOUS'),
    scenario('a node unit beside another unit', session, 'client'),
    scenario('a unit bound to the issuing CA', clerk, 'client', bound(root)),
    scenario('a unit bound to another CA', clerk, 'NODE_OU_CERTIFIER', {
      ...roots,
      ...bound(sibling),
    }),
    scenario(
      'a unit bound to an intermediate',
      await member(intermediate, 'client'),
      'client',
      viaIca,
    ),
    scenario('a recognized unit', session, 'client', recognized),
    scenario('no recognized unit', clerk, 'OU_UNKNOWN', recognized),
    scenario('node units that are off', none, 'valid', off),
  ];
}

function encodings({ root, clerk }: World): Promise<MspScenario[]> {
  const definition = definitionOf(root);
  const broken = clerk.pem.replace('MII', 'XII');
  const identities: readonly (readonly [string, string])[] = [
    ['text instead of a certificate', 'no certificate'],
    ['an empty PEM block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['a certificate whose first bytes are wrong', broken],
  ];
  const scenarios = identities.map(([what, pem]): MspScenario => ({
    what,
    definition,
    identity: identityOf({ ...clerk, pem }),
    outcome: 'MALFORMED',
  }));
  const surrounded = `before\n${clerk.pem}after`;
  return Promise.resolve([
    ...scenarios,
    { what: 'no identity', definition, identity: text('garbage'), outcome: 'MALFORMED' },
    {
      what: 'a certificate with text around it',
      definition,
      identity: identityOf({ ...clerk, pem: surrounded }),
      outcome: 'client',
    },
  ]);
}

/** Definitions that a Fabric node refuses when it sets the MSP up. */
export async function refusedDefinitions(): Promise<
  { readonly what: string; readonly definition: MspDefinition }[]
> {
  const root = await issue({ subject: 'CN=ca.hrss', ca: true });
  const leaf = await member(root, 'client');
  const peer = await member(root, 'peer');
  const nameless = await issue({ subject: 'CN=ca', ca: true, withoutSki: true });
  const short = await issue({ subject: 'CN=ca.short', ca: true, pathLength: 0 });
  const belowShort = await issue({ subject: 'CN=ica', ca: true, issuer: short });
  const lowest = await issue({ subject: 'CN=ica2', ca: true, issuer: belowShort });
  const intermediate = await issue({ subject: 'CN=ica', ca: true, issuer: root });
  const orphan = await issue({ subject: 'CN=orphan', ca: true, issuer: leaf });
  const stranger = await issue({ subject: 'CN=elsewhere', ca: true });
  const crl = await revoke(root, [intermediate]);
  const otherLabel = text(encodePem('CRL', decodePem(Buffer.from(crl).toString())!));
  const noSigner = await issue({
    subject: 'CN=ca.nosign',
    ca: true,
    keyUsages: x509.KeyUsageFlags.digitalSignature,
  });
  const base = definitionOf(root);
  const withoutUnits = { mspId: base.mspId, rootCerts: base.rootCerts };
  return [
    { what: 'no root', definition: { ...base, rootCerts: [] } },
    { what: 'a root that is no CA', definition: { ...base, rootCerts: [text(leaf.pem)] } },
    { what: 'a root without key identifier', definition: definitionOf(nameless) },
    { what: 'a root that is no certificate', definition: { ...base, rootCerts: [text('x')] } },
    {
      what: 'an intermediate below a root that allows none',
      definition: definitionOf(short, {
        intermediateCerts: [text(belowShort.pem), text(lowest.pem)],
      }),
    },
    {
      what: 'an intermediate without a root',
      definition: { ...base, intermediateCerts: [text(orphan.pem)] },
    },
    {
      what: 'a revoked intermediate',
      definition: { ...base, intermediateCerts: [text(intermediate.pem)], revocationList: [crl] },
    },
    { what: 'a CRL that is none', definition: { ...base, revocationList: [text('x')] } },
    { what: 'a CRL under another label', definition: { ...base, revocationList: [otherLabel] } },
    { what: 'a root that may not sign certificates', definition: definitionOf(noSigner) },
    { what: 'a root that another CA signed', definition: definitionOf(intermediate) },
    { what: 'no administrators where no unit marks them', definition: withoutUnits },
    { what: 'an administrator that is a peer', definition: { ...base, admins: [text(peer.pem)] } },
    {
      what: 'an administrator of another root',
      definition: { ...base, admins: [text(stranger.pem)] },
    },
    {
      what: 'a unit bound to a CA that the MSP lacks',
      definition: {
        ...base,
        nodeOus: { ...NODE_OUS, peer: { identifier: 'peer', certificate: text(stranger.pem) } },
      },
    },
    { what: 'a TLS root that is no CA', definition: { ...base, tlsRootCerts: [text(leaf.pem)] } },
    {
      what: 'a TLS intermediate of another root',
      definition: {
        ...base,
        tlsRootCerts: [text(root.pem)],
        tlsIntermediateCerts: [text(orphan.pem)],
      },
    },
  ];
}

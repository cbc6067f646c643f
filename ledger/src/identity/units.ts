import {
  certifiersIdentifier,
  malformedMsp,
  readCertificate,
  singleChain,
  isInner,
  type Authority,
} from './authority.js';
import type { MspDefinition, NodeOus, OrganizationalUnit } from './msp-definition.js';
import { refusal, type Refusal } from './reasons.js';
import { equal } from './x509.js';

/** What node OUs classify identities as. */
const nodeRoles = ['client', 'peer', 'admin', 'orderer'] as const;

export type NodeRole = (typeof nodeRoles)[number];

interface Unit {
  readonly identifier: string;
  /** undefined: any CA of the MSP. */
  readonly certifiers: Uint8Array | undefined;
}

/** The compiled organizational unit rules of an MSP. */
export interface UnitRules {
  /** Empty when no unit is required. */
  readonly recognized: readonly Unit[];
  /** Undefined when node OUs are off. */
  readonly roles: ReadonlyMap<NodeRole, Unit> | undefined;
}

/** An identity's units and the CA path that vouches for them. */
interface CertifiedUnits {
  readonly units: readonly string[];
  readonly certifiers: Uint8Array;
}

/** Compiles the unit rules (msp/mspimplsetup.go setupOUs, setupNodeOUsV142). @throws LedgerError MALFORMED_CONFIG */
export function compileUnits(definition: MspDefinition, authority: Authority): UnitRules {
  const recognized = (definition.organizationalUnits ?? []).map((unit) => {
    if (unit.certificate === undefined)
      throw malformedMsp({
        zh: `单位 ${unit.identifier} 没有指明 CA`,
        en: `unit ${unit.identifier} names no CA`,
      });
    return compileUnit(unit, authority);
  });
  return { recognized, roles: compileRoles(definition.nodeOus, authority) };
}

function compileRoles(
  nodeOus: NodeOus | undefined,
  authority: Authority,
): ReadonlyMap<NodeRole, Unit> | undefined {
  const roles = new Map<NodeRole, Unit>();
  for (const role of nodeRoles) {
    const unit = nodeOus?.[role];
    if (unit !== undefined) roles.set(role, compileUnit(unit, authority));
  }
  return nodeOus?.enable === true && roles.size > 0 ? roles : undefined;
}

function compileUnit(unit: OrganizationalUnit, authority: Authority): Unit {
  const { identifier, certificate } = unit;
  return { identifier, certifiers: certificate && certifiersOf(certificate, authority) };
}

/** The certifiers identifier of a CA of the MSP (msp/mspimplsetup.go getCertifiersIdentifier). */
function certifiersOf(pem: Uint8Array, authority: Authority): Uint8Array {
  const { roots, intermediates } = authority.store;
  const named = readCertificate(pem, [...roots, ...intermediates]);
  const root = roots.find((ca) => equal(ca.x509.tbs, named.x509.tbs));
  if (root !== undefined) return certifiersIdentifier([root]);
  const intermediate = intermediates.find((ca) => equal(ca.x509.tbs, named.x509.tbs));
  if (intermediate === undefined)
    throw malformedMsp({
      zh: `${named.subject} 不是该 MSP 的 CA`,
      en: `${named.subject} is no CA of this MSP`,
    });
  const checked = singleChain(intermediate, authority.store);
  if ('reason' in checked) throw malformedMsp({ zh: checked.detail, en: checked.detail });
  if (isInner(intermediate, checked.chain[1], authority)) {
    throw malformedMsp({
      zh: `${named.subject} 之下有中间 CA`,
      en: `${named.subject} has intermediates below it`,
    });
  }
  return certifiersIdentifier(checked.chain);
}

/** Checks an identity's units and returns its node role, if node OUs are on (msp/mspimplvalidate.go validateIdentityOUsV142). */
export function judgeUnits(rules: UnitRules, born: CertifiedUnits): NodeRole | undefined | Refusal {
  if (rules.recognized.length > 0 && !isRecognized(rules.recognized, born)) {
    return refusal('OU_UNKNOWN', `none of its units (${born.units.join(', ')}) is recognized`);
  }
  if (rules.roles === undefined) return undefined;
  return classify(rules.roles, born);
}

function isRecognized(recognized: readonly Unit[], born: CertifiedUnits): boolean {
  return recognized.some(
    ({ identifier, certifiers }) =>
      born.units.includes(identifier) &&
      certifiers !== undefined &&
      equal(certifiers, born.certifiers),
  );
}

function classify(roles: ReadonlyMap<NodeRole, Unit>, born: CertifiedUnits): NodeRole | Refusal {
  const found: NodeRole[] = [];
  for (const name of born.units) {
    const match = lastRoleOf(roles, name);
    if (match === undefined) continue;
    const [role, { certifiers }] = match;
    if (certifiers !== undefined && !equal(certifiers, born.certifiers)) {
      return refusal('NODE_OU_CERTIFIER', `unit ${name} was not given by the CA that may`);
    }
    found.push(role);
    if (found.length > 1) break;
  }
  const [role] = found;
  const units = born.units.join(', ');
  if (role === undefined) return refusal('NODE_OU_MISSING', `units (${units}) give no node role`);
  if (found.length > 1) return refusal('NODE_OU_AMBIGUOUS', `units (${units}) give two node roles`);
  return role;
}

/** When two roles are configured with one unit name, the later one wins, as in Fabric's map. */
function lastRoleOf(
  roles: ReadonlyMap<NodeRole, Unit>,
  name: string,
): readonly [NodeRole, Unit] | undefined {
  return [...roles].filter(([, unit]) => unit.identifier === name).at(-1);
}

/**
 * Whether the units include that of a role, whichever CA issued it (msp/mspimpl.go hasOURoleInternal); false with node OUs off.
 */
export function hasRole(rules: UnitRules, role: NodeRole, units: readonly string[]): boolean {
  const unit = rules.roles?.get(role);
  return unit !== undefined && units.includes(unit.identifier);
}

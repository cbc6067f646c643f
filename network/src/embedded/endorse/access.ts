import {
  decodeIdentity,
  maxIdentityBytes,
  rolePrincipal,
  verifySignatureAsync,
  type ChannelConfig,
  type SerializedIdentity,
  type ValidatedIdentity,
} from '@yici/ledger';
import { NetworkError, quoted } from '../../errors.js';
import { accessControlList } from '../../genesis/application.js';
import { toError } from '../../to-error.js';

const readers = '/Channel/Application/Readers';

/**
 * Default policies by resource, which the channel's ACLs override (core/aclmgmt/defaultaclprovider.go): those that our
 * genesis block spells out, and those that it leaves to the peer.
 */
const defaultPolicies = new Map<string, string>([
  ...Object.entries(accessControlList),
  ['orderer/Deliver', '/Channel/Readers'],
  ['gateway/CommitStatus', readers],
  ['gateway/ChaincodeEvents', readers],
]);

/** Resources of one peer, not of the channel: restricted to its own department. */
const localResources = new Map<string, LocalRole>([
  ['_lifecycle/InstallChaincode', 'admin'],
  ['_lifecycle/QueryInstalledChaincode', 'admin'],
  ['_lifecycle/GetInstalledChaincodePackage', 'admin'],
  ['_lifecycle/QueryInstalledChaincodes', 'admin'],
  ['_lifecycle/ApproveChaincodeDefinitionForMyOrg', 'admin'],
  ['_lifecycle/QueryApprovedChaincodeDefinition', 'admin'],
  ['_lifecycle/QueryApprovedChaincodeDefinitions', 'admin'],
  ['cscc/JoinChain', 'admin'],
  ['cscc/GetChannels', 'member'],
]);

type LocalRole = 'admin' | 'member';

/** A message, who claims to have signed it, and the signature. */
interface SignedData {
  readonly identity: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Access control for the channel and for each department's peer. Refusals are NetworkError ACCESS_DENIED; an identity
 * that is unknown to the channel or has an invalid certificate is IDENTITY_UNKNOWN.
 */
export class AccessControl {
  readonly #config: () => ChannelConfig;

  constructor(dependencies: { readonly config: () => ChannelConfig }) {
    this.#config = dependencies.config;
  }

  /**
   * The identity in serialized bytes, validated against the channel's MSPs; expiry is checked elsewhere, as in Fabric.
   * The same bytes give the same object while the config stays the same.
   */
  identity(bytes: Uint8Array): ValidatedIdentity {
    try {
      const { mspId } = readIdentity(bytes);
      const msp = this.#config().msps.get(mspId);
      if (!msp) {
        throw notIdentified(`MSP ${mspId} is unknown`);
      }
      return msp.validate(bytes);
    } catch (error) {
      throw notIdentified(toError(error).message, error);
    }
  }

  /** Whether the bytes name one of the channel's MSPs, valid or not. */
  knows(bytes: Uint8Array): boolean {
    try {
      return this.#config().msps.has(readIdentity(bytes).mspId);
    } catch {
      return false;
    }
  }

  /** The identity, after verifying its signature over the message. */
  async verified(signed: SignedData): Promise<ValidatedIdentity> {
    const identity = this.identity(signed.identity);
    const { publicKey } = identity;
    if (!(await verifySignatureAsync(publicKey, signed.message, signed.signature))) {
      throw denied('the signature is not the identity’s over this message');
    }
    return identity;
  }

  /** Checks an identity with a verified signature against the policy of a resource. */
  checkChannel(resource: string, identity: Uint8Array): void {
    const config = this.#config();
    const path = config.application?.acls.get(resource) ?? defaultPolicies.get(resource);
    if (path === undefined) {
      throw denied(`Unmapped policy for ${resource}`);
    }
    const policy = config.policy(path);
    if (!policy) {
      throw denied(`policy ${path} not found`);
    }
    const signers = [{ identity: this.identity(identity), bytes: identity }];
    const verdict = policy.evaluate(signers);
    if (!verdict.satisfied) {
      throw denied(
        `Failed evaluating policy on signed data during check policy on channel [${config.channelId}] with policy [${path}]: [${verdict.reason}]`,
      );
    }
  }

  /** Verifies the signature, then checks like `checkChannel`. */
  async checkSigned(resource: string, signed: SignedData): Promise<void> {
    await this.verified(signed);
    this.checkChannel(resource, signed.identity);
  }

  /** Checks a resource of the peer of `mspId`, or of the channel when the resource does not belong to a peer. */
  check(resource: string, identity: Uint8Array, mspId: string): void {
    const role = localResources.get(resource);
    if (role === undefined) {
      this.checkChannel(resource, identity);
      return;
    }
    const policy = role === 'admin' ? 'Admins' : 'Members';
    const where = `during channelless check policy with policy [${policy}]`;
    const holder = this.identity(identity);
    if (holder.mspId !== mspId) {
      throw denied(
        `Failed deserializing proposal creator ${where}: [expected MSP ID ${mspId}, received ${holder.mspId}]`,
      );
    }
    if (!holder.satisfies(rolePrincipal(mspId, role))) {
      throw denied(
        `Failed verifying that proposal's creator satisfies local MSP principal ${where}: [The identity is not an ${role} under this MSP [${mspId}]: The identity does not contain OU [${role.toUpperCase()}], MSP: [${mspId}]]`,
      );
    }
  }
}

/** The claimed identity; longer input than a certificate can have is not decoded. */
function readIdentity(bytes: Uint8Array): SerializedIdentity {
  if (bytes.length <= maxIdentityBytes) return decodeIdentity(bytes);
  const text = `an identity of ${bytes.length} bytes; the longest read here has ${maxIdentityBytes}`;
  throw notIdentified(text);
}

const notIdentified = (said: string, cause?: unknown): NetworkError =>
  new NetworkError('IDENTITY_UNKNOWN', quoted(said, '不能识别该身份'), { cause });

const denied = (said: string): NetworkError =>
  new NetworkError('ACCESS_DENIED', quoted(said, '通道策略不允许该身份执行此操作'));

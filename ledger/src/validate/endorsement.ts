import type { ChannelConfig } from '../config/channel.js';
import { chaincodeDefinition, type ChaincodeDefinition } from '../lifecycle/definition.js';
import { collectionPolicy, validationInfo } from '../lifecycle/policies.js';
import type { PolicySigner } from '../policy/model.js';
import type { TxRwSet } from '../rwset/model.js';
import type { StateReader } from '../state/model.js';
import { keyPolicy, type KeyId } from './key-policy.js';
import { finding, halting, isFinding, messageOf, type Finding } from './model.js';

/** What the endorsement of one transaction is judged with. */
interface EndorsementContext {
  readonly config: ChannelConfig;
  readonly state: StateReader;
  readonly rules: RuleSource;
  readonly signers: readonly PolicySigner[];
  /** Whether an earlier, validly endorsed transaction of the block sets this key's metadata. */
  readonly changedEarlier: (key: KeyId) => boolean | Promise<boolean>;
}

/** The rules of a namespace as of the previous block. */
export type RuleSource = (namespace: string) => Rules | Finding;

/** The only validation plugin of a standard peer (core/handlers/library). */
const BUILTIN_PLUGIN = 'vscc';

/**
 * Checks that a namespace's writes are endorsed as its policies require (dispatcher.go, statebased/v20.go): every written key
 * by its own policy if it has one, else by its collection's, else by the chaincode's; at least one policy is evaluated.
 */
export async function checkNamespace(
  context: EndorsementContext,
  namespace: string,
  rwset: TxRwSet,
): Promise<Finding | undefined> {
  const rules = context.rules(namespace);
  if (isFinding(rules)) return rules;
  const checks = new PolicyChecks(context, rules);
  for (const key of writtenKeys(namespace, rwset)) {
    const refused = await checkKey(context, checks, rules, key);
    if (refused !== undefined) return refused;
  }
  return checks.anyAsked ? undefined : checks.chaincode();
}

/** What a namespace's writes are judged by. */
interface Rules {
  readonly namespace: string;
  readonly definition: ChaincodeDefinition;
  /** The chaincode's policy: peer.ApplicationPolicy bytes. */
  readonly policy: Uint8Array;
}

/** Looks up the rules of each namespace once: they cannot change within a block. */
export function ruleSource(config: ChannelConfig, state: StateReader): RuleSource {
  const known = new Map<string, Rules | Finding>();
  return (namespace) => {
    const before = known.get(namespace);
    if (before !== undefined) return before;
    const rules = rulesOf(config, state, namespace);
    known.set(namespace, rules);
    return rules;
  };
}

function rulesOf(config: ChannelConfig, state: StateReader, namespace: string): Rules | Finding {
  try {
    const definition = chaincodeDefinition(state, namespace);
    if (definition === undefined) {
      return finding('INVALID_CHAINCODE', `no chaincode ${namespace} is defined`);
    }
    const { plugin, policy } = validationInfo(config, namespace, definition);
    if (plugin === '') return finding('INVALID_CHAINCODE', `${namespace} names no plugin`);
    if (policy.length === 0) return finding('INVALID_CHAINCODE', `${namespace} has no policy`);
    if (plugin !== BUILTIN_PLUGIN) {
      return halting('INVALID_OTHER_REASON', `no peer has the validation plugin ${plugin}`);
    }
    return { namespace, definition, policy };
  } catch (error) {
    return halting('INVALID_OTHER_REASON', `the definition of ${namespace}: ${messageOf(error)}`);
  }
}

/** Every written key in Fabric's order of checking; private keys are given by hash. */
function writtenKeys(namespace: string, rwset: TxRwSet): readonly KeyId[] {
  return rwset
    .filter((item) => item.namespace === namespace)
    .flatMap(({ writes, metadataWrites, collections }) => [
      ...[...writes, ...metadataWrites].map(({ key }) => ({ namespace, collection: '', key })),
      ...collections.flatMap(({ collection, writes: hashed }) =>
        hashed.map(({ keyHash }) => ({ namespace, collection, key: keyHash })),
      ),
      ...collections.flatMap(({ collection, metadataWrites: hashed }) =>
        hashed.map(({ keyHash }) => ({ namespace, collection, key: keyHash })),
      ),
    ]);
}

async function checkKey(
  context: EndorsementContext,
  checks: PolicyChecks,
  rules: Rules,
  key: KeyId,
): Promise<Finding | undefined> {
  const changed = context.changedEarlier(key);
  if (typeof changed === 'boolean' ? changed : await changed) {
    return failure(`${keyText(key)}: its policy was changed earlier in this block`);
  }
  const own = keyPolicy(context.config, context.state, rules.definition, key);
  if (own === undefined) return checks.collection(key.collection);
  if ('halts' in own) return own;
  return checks.own(key, own);
}

/** Evaluates each policy of a namespace at most once per transaction. */
class PolicyChecks {
  anyAsked = false;
  readonly #context: EndorsementContext;
  readonly #rules: Rules;
  readonly #asked = new Set<string>();

  constructor(context: EndorsementContext, rules: Rules) {
    this.#context = context;
    this.#rules = rules;
  }

  chaincode(): Finding | undefined {
    return this.#once('', this.#rules.policy, `chaincode ${this.#rules.namespace}`);
  }

  /** The collection's policy; for '', the public state, the chaincode's policy. */
  collection(name: string): Finding | undefined {
    if (name === '') return this.chaincode();
    if (this.#asked.has(name)) return undefined;
    const found = collectionPolicy(this.#context.config, this.#rules.definition, name);
    if (found.kind === 'unknown') return failure(found.reason);
    if (found.policy.length === 0) return this.chaincode();
    return this.#once(name, found.policy, `collection ${name} of ${this.#rules.namespace}`);
  }

  own(
    key: KeyId,
    evaluate: (signers: readonly PolicySigner[]) => string | undefined,
  ): Finding | undefined {
    const reason = evaluate(this.#context.signers);
    if (reason !== undefined) return failure(`${keyText(key)}: ${reason}`);
    this.anyAsked = true;
    return undefined;
  }

  #once(name: string, policy: Uint8Array, subject: string): Finding | undefined {
    if (this.#asked.has(name)) return undefined;
    const reason = this.#refusal(policy);
    if (reason !== undefined) return failure(`${subject}: ${reason}`);
    this.#asked.add(name);
    this.anyAsked = true;
    return undefined;
  }

  #refusal(policy: Uint8Array): string | undefined {
    try {
      const verdict = this.#context.config
        .applicationPolicy(policy)
        .evaluate(this.#context.signers);
      return verdict.satisfied ? undefined : verdict.reason;
    } catch (error) {
      return messageOf(error);
    }
  }
}

function failure(reason: string): Finding {
  return finding('ENDORSEMENT_POLICY_FAILURE', reason);
}

function keyText({ namespace, collection, key }: KeyId): string {
  const name = typeof key === 'string' ? key : Buffer.from(key).toString('hex');
  return collection === ''
    ? `key ${name} of ${namespace}`
    : `key hash ${name} of ${collection} of ${namespace}`;
}

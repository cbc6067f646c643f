import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { channelChange, type PendingChange } from '@yici/api';
import { writeAtomically } from '@yici/client';
import {
  changeId,
  consentTo,
  countingOnly,
  harmOf,
  planUpdate,
  signedUpdate,
  updateOf,
  withSignatures,
  CodedError,
  type ChangeFile,
  type ChannelConfig,
  type Consent,
  type ConfigUpdateEnvelope,
} from '@yici/ledger';
import { z } from 'zod';
import { GatewayError, recordNotFound } from '../errors.js';

const keptSchema = z.strictObject({ at: z.iso.datetime(), change: channelChange });
type Kept = z.output<typeof keptSchema>;

/** What is kept at the most, and for how long. */
const limits = { ofDepartment: 8, days: 30 } as const;
const dayMillis = 86_400_000;

/** A change that is to be brought into force. */
export interface SignedChange {
  readonly before: ChannelConfig;
  readonly next: ChannelConfig;
  readonly signed: ConfigUpdateEnvelope;
}

interface Dependencies {
  /** The channel config in force. @throws GatewayError NOT_READY */
  readonly config: () => ChannelConfig;
  readonly now: () => Date;
}

interface Judged {
  readonly kept: Kept;
  readonly next: ChannelConfig;
  readonly consent: Consent;
}

/**
 * Changes of the channel that wait for signatures: a file each, and in memory. Who may bring one is the channel's own policy: it
 * has a signature of an administrator that counts for it. A change that the channel's config has left behind is none any more.
 */
export class ChangeDesk {
  readonly #folder: string;
  readonly #deps: Dependencies;
  readonly #kept = new Map<string, Kept>();

  constructor(folder: string, dependencies: Dependencies) {
    this.#folder = folder;
    this.#deps = dependencies;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      const kept = readKept(join(folder, name));
      if (kept !== undefined && name === `${changeId(kept.change)}.json`)
        this.#kept.set(changeId(kept.change), kept);
    }
  }

  /** Those that still can come into force, the oldest first. */
  list(): PendingChange[] {
    return this.#open().map(viewOf);
  }

  /** @throws GatewayError RECORD_NOT_FOUND */
  find(id: string): PendingChange {
    return viewOf(this.#found(id));
  }

  /** Whether signatures would be kept, and with which others. Errors as {@link put} */
  read(brought: ChangeFile): PendingChange {
    return viewOf(this.#merge(brought));
  }

  /**
   * Keeps a change, or more signatures on one. Durable when it returns.
   * @throws GatewayError CHANNEL_CHANGE_REFUSED, CHANNEL_CHANGE_UNSIGNED, TOO_MANY_AT_ONCE
   */
  put(brought: ChangeFile): PendingChange {
    const judged = this.#merge(brought);
    const { kept } = judged;
    const id = changeId(kept.change);
    writeAtomically(this.#fileOf(id), `${JSON.stringify(kept)}\n`);
    this.#kept.set(id, kept);
    return viewOf(judged);
  }

  /**
   * @throws GatewayError RECORD_NOT_FOUND, CHANNEL_CHANGE_UNSIGNED while signatures are lacking, CHANNEL_CHANGE_NEEDS_OPERATOR
   */
  signed(id: string): SignedChange {
    const { kept, next, consent } = this.#found(id);
    if (!consent.satisfied) throw unsigned('Too few departments have signed.', consent);
    const before = this.#deps.config();
    if (!isDeepStrictEqual(before.consenters, next.consenters)) throw needsOperator();
    return { before, next, signed: signedUpdate(kept.change) };
  }

  /** Removes what can come into force no more, or has waited too long. */
  sweep(): void {
    const open = new Set(this.#open().map(({ kept }) => changeId(kept.change)));
    for (const id of this.#kept.keys()) {
      if (open.has(id)) continue;
      rmSync(this.#fileOf(id), { force: true });
      this.#kept.delete(id);
    }
  }

  #open(): Judged[] {
    const judged = [...this.#kept.values()].flatMap((kept) => this.#judged(kept) ?? []);
    return judged.sort((one, other) => one.kept.at.localeCompare(other.kept.at));
  }

  #found(id: string): Judged {
    const kept = this.#kept.get(id);
    const judged = kept && this.#judged(kept);
    if (judged === undefined) throw recordNotFound('channelChange', [id]);
    return judged;
  }

  /** Undefined for one that is void. */
  #judged(kept: Kept): Judged | undefined {
    if (ends(kept) <= this.#deps.now()) return undefined;
    try {
      return this.#judge(kept);
    } catch (error) {
      if (error instanceof GatewayError && error.code !== 'NOT_READY') return undefined;
      throw error;
    }
  }

  /** @throws GatewayError CHANNEL_CHANGE_REFUSED */
  #judge(kept: Kept): Judged {
    const config = this.#deps.config();
    const plan = planned(config, kept.change);
    const change = countingOnly(config, plan, kept.change);
    const consent = consentTo(config, plan, signedUpdate(change));
    return { kept: { ...kept, change }, next: plan.next, consent };
  }

  #merge(brought: ChangeFile): Judged {
    const id = changeId(brought);
    const known = this.#kept.get(id);
    const signatures = [...(known?.change.signatures ?? []), ...brought.signatures];
    const change = withSignatures(known?.change ?? brought, signatures);
    const at = known?.at ?? this.#deps.now().toISOString();
    const judged = this.#judge({ at, change });
    const { signed } = judged.consent;
    const [first] = signed;
    if (first === undefined)
      throw unsigned('No signature of an administrator counts for it.', judged.consent);
    if (known === undefined) this.#refuseTooMany(first);
    return judged;
  }

  /** A department's changes are those that it signed first. */
  #refuseTooMany(mspId: string): void {
    const own = this.#open().filter(({ consent }) => consent.signed[0] === mspId);
    if (own.length < limits.ofDepartment) return;
    const message = `${mspId} has ${String(limits.ofDepartment)} changes of the channel waiting.`;
    throw new GatewayError('TOO_MANY_AT_ONCE', message, { details: { of: 'channelChanges' } });
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

/** @throws GatewayError CHANNEL_CHANGE_REFUSED */
function planned(config: ChannelConfig, change: ChangeFile) {
  const plan = asRefusal(() => planUpdate(config, updateOf(change)));
  const reasons = harmOf(config, plan.next);
  if (reasons.length === 0) return plan;
  const words = {
    zh: reasons.map(({ zh }) => zh).join(''),
    en: reasons.map(({ en }) => en).join(' '),
  };
  throw new GatewayError('CHANNEL_CHANGE_REFUSED', words, { details: { reasons } });
}

function asRefusal<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof CodedError)) throw cause;
    throw new GatewayError('CHANNEL_CHANGE_REFUSED', cause.words ?? cause.message, { cause });
  }
}

const needsOperator = (): GatewayError =>
  new GatewayError(
    'CHANNEL_CHANGE_NEEDS_OPERATOR',
    'The change touches the orderers: yici-network channel submit sees who signs blocks, and starts orderers again.',
  );

const unsigned = (message: string, { missing }: Consent): GatewayError =>
  new GatewayError('CHANNEL_CHANGE_UNSIGNED', message, { details: { missing } });

const ends = ({ at }: Kept): Date => new Date(new Date(at).getTime() + limits.days * dayMillis);

const viewOf = ({ kept, consent }: Judged): PendingChange => ({
  ...{ id: changeId(kept.change), at: kept.at, expiresAt: ends(kept).toISOString() },
  ...{ satisfied: consent.satisfied, signed: [...consent.signed], missing: [...consent.missing] },
  change: kept.change,
});

function readKept(path: string): Kept | undefined {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Half of a file, or another release's: its department signs anew.
    return undefined;
  }
}

import { shanghaiDate } from '@yici/domain/model';
import type { Logger } from 'pino';
import type { IndexReader } from '../index-store/reader.js';
import type { GatewayName, Proposer } from '../scheduler/proposer.js';
import type { AuditJournal, JournalHead } from './journal.js';

interface AnchoringDependencies {
  readonly journal: AuditJournal;
  readonly index: IndexReader;
  readonly proposer: Pick<Proposer, 'propose'>;
  /** Undefined while the gateway may not propose. */
  readonly name: () => GatewayName | undefined;
  readonly now: () => Date;
  /** Moves old lines out of the journal, before an anchor states where its chains begin. */
  readonly archive: () => Promise<unknown>;
  readonly logger: Logger;
  /** Seconds between two rounds of the scheduler; every tenth round checks whether the day has its anchor. */
  readonly everySeconds: number;
}

/**
 * Anchors the newest line of the journal on the ledger once a day: from then on, removing or changing earlier lines can
 * be detected. A journal that contradicts its anchors is reported in the log.
 */
export class Anchoring {
  readonly #deps: AnchoringDependencies;
  readonly #timer: NodeJS.Timeout;
  #made: { readonly day: string; readonly newest: JournalHead } | undefined;
  #running: Promise<void> | undefined;

  constructor(dependencies: AnchoringDependencies) {
    this.#deps = dependencies;
    this.#timer = setInterval(() => void this.tick(), dependencies.everySeconds * 10_000);
    this.#timer.unref();
  }

  /** Anchors the head of the journal if the day has no anchor yet. Never rejects. */
  tick(): Promise<void> {
    this.#running ??= this.#look()
      .catch((error: unknown) =>
        this.#deps.logger.error({ err: error }, 'the audit journal could not be anchored'),
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const { journal, index, proposer, name, now, archive, logger } = this.#deps;
    const own = name();
    if (own === undefined) {
      await archive();
      return;
    }
    const day = shanghaiDate(now().toISOString());
    const anchored = index.record('journalAnchor', own.department, own.gateway, day);
    if (anchored !== undefined) {
      if (!holds(journal, anchored)) {
        logger.error({ day, seq: anchored.seq }, 'the audit journal does not hold to its anchor');
      }
      return;
    }
    if (this.#made?.day !== day) {
      await archive();
      this.#made = { day, newest: await journal.anchor(own.department, own.gateway) };
    }
    const input = { ...this.#made.newest };
    const outcome = await proposer.propose({ command: 'journal.anchor', input });
    if (outcome.kind !== 'committed')
      logger.warn({ ...outcome }, 'the audit journal waits for its anchor');
  }
}

/** Archived lines are not checked here: that needs the archive files. */
function holds(journal: AuditJournal, { seq, head }: JournalHead): boolean {
  const hash = journal.hashOf(seq);
  return hash === undefined ? seq <= journal.newest.seq : hash === head;
}

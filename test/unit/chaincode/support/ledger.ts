import type {
  CaseEventRecord,
  CommandInput,
  CommandName,
  LedgerRecord,
  RecordKind,
  RecordOf,
} from '@yici/domain/model';
import { contractEvent } from '@yici/domain/model';
import type { Environment } from '@yici/domain/rules';
import { runCommand } from '@yici/domain/rules';
import { withVoucher } from '../../../support/vouchers.js';
import { testChannel } from './channel.js';
import type { Memory } from './memory-store.js';
import { memoryStore, recordAt } from './memory-store.js';

/** Who acts when; the department is found by its MSP as the contracts do. */
export interface Act {
  readonly mspId: string;
  readonly role: Environment['caller']['role'];
  readonly user: string;
  readonly at: string;
  /** The delegation that the command names. */
  readonly under?: string;
}

let transactions = 0;

/** Commands over a world state in memory, run as a peer's chaincode runs them: no shim, no peer. */
export class RuleLedger implements Memory {
  readonly state = new Map<string, LedgerRecord>();
  readonly privately = new Map<string, string>();
  readonly endorsements = new Map<string, readonly string[]>();
  readonly events: { name: string }[] = [];
  /** Whether answers at the door that name no voucher get one. */
  seals = true;

  /** Another ledger with the same records, to go on from there. */
  copy(): RuleLedger {
    const ledger = new RuleLedger();
    for (const [key, record] of this.state) ledger.state.set(key, record);
    return ledger;
  }

  get<K extends RecordKind>(kind: K, ...attributes: string[]): RecordOf<K> | undefined {
    return recordAt(this, kind, attributes);
  }

  all<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return [...this.state.values()].filter(
      (record): record is RecordOf<K> & LedgerRecord => record.kind === kind,
    );
  }

  chain(caseNo: string): CaseEventRecord[] {
    return this.all('caseEvent')
      .filter((event) => event.caseNo === caseNo)
      .sort((a, b) => a.seq - b.seq);
  }

  /** One transaction; nothing is kept of one that is refused. */
  async run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    { under, ...who }: Act,
    /** What goes into the transient map, for a command that takes something private. */
    secret?: unknown,
  ): Promise<LedgerRecord> {
    transactions += 1;
    const { store, commit } = memoryStore(this);
    const events: { name: string }[] = [];
    const environment: Environment = {
      store,
      channel: testChannel,
      transient: new Map(
        secret === undefined ? [] : [['private', Buffer.from(JSON.stringify(secret), 'utf8')]],
      ),
      caller: { ...who, txId: transactions.toString(16).padStart(64, '0') },
      emit: (event) => events.push(contractEvent.parse(event)),
    };
    const sealed = this.seals ? withVoucher(name, input) : input;
    const given = under === undefined ? sealed : { ...sealed, under };
    const answer = await runCommand(environment, name, JSON.stringify(given));
    commit();
    this.events.push(...events);
    return JSON.parse(answer) as LedgerRecord;
  }
}

import '../support/quiet.js';
import type { CommandInput, CommandName, Role } from '@yici/domain/model';
import { commandNames, commands, ContractError, roles } from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import type { Act } from '../support/ledger.js';
import type { Runner } from '../support/story.js';
import { tellEverything, toldElsewhere } from '../support/tale.js';

/** One act of the tale, at the moment it is about to be done: every record it needs is there. */
interface Moment {
  readonly ledger: ContractLedger;
  readonly name: CommandName;
  readonly input: object;
  readonly act: Act;
  readonly secret: unknown;
}

/** Tells the whole tale on the contracts, and stops before every act. */
async function beforeEveryAct(stop: (moment: Moment) => Promise<void>): Promise<void> {
  const ledger = new ContractLedger();
  const runner: Runner = {
    async run<N extends CommandName>(name: N, input: CommandInput<N>, act: Act, secret?: unknown) {
      await stop({ ledger, name, input, act, secret });
      return ledger.run(name, input, act, secret);
    },
  };
  await tellEverything(runner);
}

/** All keys and values of state, policies and private collections, and the events. */
function everything({ state, policies, privately, events }: ContractLedger): unknown[] {
  return [...state, ...policies, ...privately, events].flat();
}

/** What the attempt is refused with; it leaves state, policies, private values and events as they were. */
async function refusal(
  { ledger, name, secret }: Moment,
  input: object,
  act: Act,
): Promise<string | undefined> {
  const was = everything(ledger);
  try {
    await ledger.run(name, input, act, secret);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const now = everything(ledger);
    // The very same values, in the same order.
    expect(now.length === was.length && now.every((each, at) => each === was[at])).to.equal(true);
    return error.code;
  }
  return undefined;
}

const allowed = (name: CommandName): readonly Role[] => commands[name].roles;

describe('keys that do not have the role', () => {
  it('are refused every command that is not supervision, and write nothing (R15)', async () => {
    const refused = new Set<CommandName>();
    await beforeEveryAct(async (moment) => {
      const { name, input, act } = moment;
      if (allowed(name).includes('supervisor')) return;
      const { mspId, at } = act;
      const supervisor: Act = { mspId, at, role: 'supervisor', user: 'supervision.supervisor9' };
      expect(await refusal(moment, input, supervisor), name).to.equal('ROLE_REFUSED');
      refused.add(name);
    });
    const others = commandNames.filter(
      (name) => !allowed(name).includes('supervisor') && !toldElsewhere.includes(name),
    );
    expect([...refused].sort()).to.deep.equal([...others].sort());
  });

  it('are refused whatever the registry does not give to their role', async () => {
    await beforeEveryAct(async (moment) => {
      const { name, input, act } = moment;
      if (act.under !== undefined) return;
      for (const role of roles.filter((each) => !allowed(name).includes(each))) {
        const other = { ...act, role, user: `${act.user}.other` };
        expect(await refusal(moment, input, other), `${name} ${role}`).to.equal('ROLE_REFUSED');
      }
    });
  });

  it('are refused of a department that nobody knows, and whatever carries a field too many', async () => {
    await beforeEveryAct(async (moment) => {
      const { name, input, act } = moment;
      const extra = await refusal(moment, { ...input, nobodyAskedForThis: 1 }, act);
      expect(extra, name).to.equal('VALIDATION_FAILED');
      if (name === 'department.register') return;
      const stranger = await refusal(moment, input, { ...act, mspId: 'StrangerMSP' });
      expect(stranger, name).to.equal('DEPARTMENT_UNKNOWN');
    });
  });
});

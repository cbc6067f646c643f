import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signoffChains, type SignoffChain, type SignoffChains } from '@yici/api';
import { writeAtomically } from '@yici/client';
import { contractOf } from '@yici/domain/model';
import type { CommandRoute } from '../commands/route-table.js';
import { GatewayError } from '../errors.js';

/** Stands for every act that has no chain of its own. */
export const everyAct = '*';

/** Acts that somebody does about the own person: nobody can draft them for somebody else. */
const personal: readonly string[] = ['delegation', 'appKey'];

/** The chains of sign-off that departments gave this gateway: a file for each, and in memory. They name offices, no person. */
export class ChainBook {
  readonly #folder: string;
  readonly #known = new Map<string, SignoffChains>();

  /** @throws GatewayError CONFIG_INVALID */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.json')) continue;
      const chains = readChains(join(folder, name));
      this.#known.set(chains.department, chains);
    }
  }

  of(department: string): SignoffChains {
    const none = { version: 0, chains: [], changedBy: null, changedAt: null };
    return this.#known.get(department) ?? { department, ...none };
  }

  /** @throws GatewayError SIGNOFF_CHAINS_CHANGED unless it replaces the newest */
  assertNewest(department: string, version: number): void {
    const { version: newest, changedBy } = this.of(department);
    if (version === newest) return;
    const message = 'The chains were changed meanwhile; look at them again.';
    const details = { newest, changedBy };
    throw new GatewayError('SIGNOFF_CHAINS_CHANGED', message, { details });
  }

  /** Durable when it returns. */
  replace(chains: SignoffChains): SignoffChains {
    const path = join(this.#folder, `${chains.department}.json`);
    writeAtomically(path, `${JSON.stringify(chains, null, 2)}\n`);
    this.#known.set(chains.department, chains);
    return chains;
  }

  /** The chain that an act of a department has to go through; undefined when it has to go through none. */
  chainFor(department: string, route: CommandRoute): SignoffChain | undefined {
    const { chains } = this.of(department);
    const own = chains.find(({ command }) => command === route.name);
    const chain = own ?? chains.find((one) => one.command === everyAct && covers(one, route));
    return chain?.levels.length === 0 ? undefined : chain;
  }
}

/** The general chain is for acts that its last level may sign, that are not personal, and that time does not make due. */
function covers({ levels }: SignoffChain, { name, roles }: CommandRoute): boolean {
  const signer = levels.at(-1)?.role;
  if (signer === undefined || !roles.includes(signer)) return false;
  return !roles.includes('gateway') && !personal.includes(contractOf(name));
}

function readChains(path: string): SignoffChains {
  try {
    return signoffChains.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const words = {
      zh: `${path} 不是可读的审签流程文件。`,
      en: `${path} has no chains of sign-off.`,
    };
    throw new GatewayError('CONFIG_INVALID', words, { cause });
  }
}

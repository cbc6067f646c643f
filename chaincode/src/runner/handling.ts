import { citationsOf, handlingKey, type Standings } from '../kernel/citation';
import type { CommandInput, CommandName } from '../kernel/commands';
import { contractErrors } from '../errors';
import { ContractError } from '../kernel/errors';
import { padded } from '../kernel/keys';
import type { ContractErrorMeaning } from '../kernel/laws';
import type { RecordStore } from '../kernel/store';
import { standingsOf } from '../matter/handling-laws';

/**
 * A code cites a law of handling whatever the matter; only the matter's version tells whether that law is in force for it. So
 * a refusal about a case, or a version, says in its details how the laws stand.
 */
export async function withStandings(
  store: RecordStore,
  input: CommandInput<CommandName>,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ContractError) || !dependsOnMatter(error)) return error;
  const standings = await standingsFor(store, input);
  if (standings === undefined) return error;
  const details = { ...error.details, [handlingKey]: standings };
  return new ContractError(error.code, details);
}

function dependsOnMatter({ code, details }: ContractError): boolean {
  const { basis }: ContractErrorMeaning = contractErrors[code];
  return citationsOf(basis, details).some(
    ({ law, outright }) => law.handling !== undefined && outright !== true,
  );
}

async function standingsFor(
  store: RecordStore,
  input: CommandInput<CommandName>,
): Promise<Standings | undefined> {
  if ('matterType' in input) {
    const { matterType, handlingLaws } = input;
    return standingsOf({ matterType, ...(handlingLaws === undefined ? {} : { handlingLaws }) });
  }
  const matter = await matterOf(store, input);
  return matter && standingsOf(matter.content);
}

async function matterOf(store: RecordStore, input: CommandInput<CommandName>) {
  if ('taskCode' in input && 'matterVersion' in input) {
    return store.get('matter', input.taskCode, padded(input.matterVersion));
  }
  if ('taskCode' in input && 'version' in input) {
    return store.get('matter', input.taskCode, padded(input.version));
  }
  if (!('caseNo' in input)) return undefined;
  const record = await store.get('case', input.caseNo);
  return record && store.get('matter', record.taskCode, padded(record.matterVersion));
}

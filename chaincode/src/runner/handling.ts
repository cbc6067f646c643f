import { z } from 'zod';
import { citationsOf, handlingKey, type Standings } from '../kernel/citation';
import type { CommandInput, CommandName } from '../kernel/commands';
import { contractErrors } from '../errors';
import { ContractError, type ContractErrorDetails } from '../kernel/errors';
import { padded } from '../kernel/keys';
import type { ContractErrorMeaning } from '../kernel/laws';
import type { RecordStore } from '../kernel/store';
import { standingsOf } from '../matter/handling-laws';
import type { Material, MatterRecord } from '../matter/records';

/**
 * A refusal with what a reader needs and its rule did not look at; read only once it is refused. A code cites a law of handling
 * whatever the matter, and only the matter's version tells whether that law is in force for it. Materials and steps are told
 * by name, and a missing attestation by the department whose data it is.
 */
export async function asTold(
  store: RecordStore,
  input: CommandInput<CommandName>,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ContractError)) return error;
  if (!dependsOnMatter(error) && !namesPartsOf(error.details)) return error;
  const added = await addedTo(error, await matterOf(store, input), input, store);
  if (Object.keys(added).length === 0) return error;
  return new ContractError(error.code, { ...error.details, ...added });
}

async function addedTo(
  error: ContractError,
  matter: MatterRecord | undefined,
  input: CommandInput<CommandName>,
  store: RecordStore,
): Promise<ContractErrorDetails> {
  const standings = dependsOnMatter(error) ? standingsFor(input, matter) : undefined;
  const materials = matter?.content.materials ?? [];
  return {
    ...(standings === undefined ? {} : { [handlingKey]: standings }),
    ...namedIn(matter, error),
    ...(await missingOf(store, materials, error)),
  };
}

function dependsOnMatter({ code, details }: ContractError): boolean {
  const { basis }: ContractErrorMeaning = contractErrors[code];
  return citationsOf(basis, details).some(
    ({ law, outright }) => law.handling !== undefined && outright !== true,
  );
}

function standingsFor(
  input: CommandInput<CommandName>,
  matter: MatterRecord | undefined,
): Standings | undefined {
  if ('matterType' in input) {
    const { matterType, handlingLaws } = input;
    return standingsOf({ matterType, ...(handlingLaws === undefined ? {} : { handlingLaws }) });
  }
  return matter && standingsOf(matter.content);
}

/** The codes of materials, among others, that a refusal names. */
function codesIn({ code, codes, missing, told }: ContractErrorDetails): string[] {
  return [code, codes, missing, told]
    .flat()
    .filter((one): one is string => typeof one === 'string');
}

const ofStep = z.looseObject({
  stepId: z.string().exactOptional(),
  step: z.string().exactOptional(),
});

/** The ids of steps that a refusal names: of itself, or of what it lists. */
function stepsIn(details: ContractErrorDetails): string[] {
  return [details, ...Object.values(details).flat()].flatMap((one) => {
    const { stepId, step } = ofStep.safeParse(one).data ?? {};
    return [stepId, step].filter((id) => id !== undefined);
  });
}

const namesPartsOf = (details: ContractErrorDetails): boolean =>
  codesIn(details).length > 0 || stepsIn(details).length > 0;

/** What the materials and steps are called that a refusal names by their codes and ids. */
function namedIn(matter: MatterRecord | undefined, { details }: ContractError) {
  const { materials = [], flow = [] } = matter?.content ?? {};
  const [codes, steps] = [codesIn(details), stepsIn(details)];
  const named = [
    ...flow.flatMap(({ id, name }) => (name && steps.includes(id) ? [[id, name] as const] : [])),
    ...materials.flatMap(({ code, name }) => (codes.includes(code) ? [[code, name] as const] : [])),
  ];
  return named.length === 0 ? {} : { named: Object.fromEntries(named) };
}

type Named = Pick<Material, 'code' | 'name'>;

/** Missing documents apart from missing attestations, and whose data those are. */
async function missingOf(
  store: RecordStore,
  materials: readonly Material[],
  { code: refusal, details }: ContractError,
) {
  if (refusal !== 'MATERIAL_MISSING' || materials.length === 0) return {};
  const codes = codesIn(details);
  const told: Named[] = [];
  const attestations: (Named & { datasetId: string; department?: string })[] = [];
  for (const { code, name, datasetId } of materials.filter((one) => codes.includes(one.code))) {
    if (datasetId === undefined) told.push({ code, name });
    else {
      const source = (await store.get('dataset', datasetId))?.sourceDepartment;
      const department = source === undefined ? {} : { department: source };
      attestations.push({ code, name, datasetId, ...department });
    }
  }
  return {
    ...(told.length === 0 ? {} : { materials: told }),
    ...(attestations.length === 0 ? {} : { attestations }),
  };
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

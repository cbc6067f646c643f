import * as department from './department';
import * as calendar from './calendar';
import * as duty from './duty';
import * as dataset from './dataset';
import * as sharing from './sharing';
import * as attestation from './attestation';
import * as matter from './matter';
import * as cases from './case';
import * as oneThing from './one-thing';
import * as delegation from './delegation';
import * as reform from './reform';
import * as supervision from './supervision';
import * as audit from './audit';
import * as journal from './journal';
import * as appKey from './app-key';
import * as time from './time';

/** Every concept of the domain, in the order in which its commands are listed. */
const concepts = [
  department,
  calendar,
  duty,
  dataset,
  sharing,
  attestation,
  matter,
  cases,
  oneThing,
  delegation,
  reform,
  supervision,
  audit,
  journal,
  appKey,
  time,
];
type Concept = (typeof concepts)[number];

/** The lists that a concept can have. */
type Part = 'commands' | 'queries' | 'errors' | 'kinds';
type PartOf<C, P extends Part> = C extends Readonly<Record<P, infer List>> ? List : never;
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (
  all: infer I,
) => void
  ? I
  : never;

/** One list of every concept, in one. */
type All<P extends Part> = Intersection<PartOf<Concept, P>>;
export type Joined<P extends Part> = { readonly [Name in keyof All<P>]: All<P>[Name] };

export function joined<P extends Part>(part: P): Joined<P> {
  const lists = concepts.map((concept: Partial<Record<Part, object>>) => concept[part] ?? {});
  // The type says of the concepts' lists what this does with them.
  return Object.assign({}, ...lists) as Joined<P>;
}

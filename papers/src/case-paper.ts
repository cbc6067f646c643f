import {
  basisWords,
  canonicalDigest,
  cite,
  decisionWords,
  deficiencyWords,
  laws,
  namesOf,
  materialFormWords,
  noticeGroundWords,
  reasonWords,
  sealSystemWords,
  standingsOf,
  type CaseEventRecord,
  type CaseRecord,
  type Citation,
  type MatterContent,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import { PaperError } from './errors.js';
import { paperFields } from './fields.js';
import { actsOfPaper, paperWords, type CasePaperKind } from './kinds.js';
import {
  dayOf,
  daysIn,
  signedBy,
  type Language,
  type Paper,
  type RecordedPaper,
  type Sources,
} from './paper.js';

/** The case that a paper is about. */
export interface CaseSources extends Sources {
  readonly record: Pick<CaseRecord, 'applicant' | 'submittedAt' | 'taskCode'>;
  readonly events: readonly CaseEventRecord[];
  readonly matter: MatterContent;
  readonly reasonText?: string | undefined;
}
export interface CasePaperSources extends CaseSources {
  /** The event that the paper is about; by default the newest of its kind. */
  readonly seq?: number | undefined;
  /** The block of that event's transaction. */
  readonly block: number;
}
/** An act that a paper says: one of the case's, or one that is still to be done. */
export type PaperAct = Pick<CaseEventRecord, 'caseNo' | 'seq' | 'type' | 'at' | 'data'> & {
  readonly by: Pick<CaseEventRecord['by'], 'department' | 'user'>;
};

/** The event that a paper is about. @throws PaperError PAPER_NOT_DUE naming the act that it waits for */
export function actOfPaper(
  kind: CasePaperKind,
  events: readonly CaseEventRecord[],
  seq?: number,
): CaseEventRecord {
  const acts: readonly string[] = actsOfPaper[kind];
  const found = events.filter(({ type }) => acts.includes(type));
  const chosen = seq === undefined ? found.at(-1) : found.find((event) => event.seq === seq);
  if (chosen !== undefined) return chosen;
  const { zh, en } = paperWords[kind];
  const message = {
    zh: `该办件没有可出具《${zh}》的办理记录。`,
    en: `The case has no act that gives rise to this paper: ${en}.`,
  };
  throw new PaperError('PAPER_NOT_DUE', message, {
    details: {
      kind,
      acts,
      seq,
      recorded: events.map(({ type, seq: at }) => `${String(at)} ${type}`),
    },
  });
}

export function casePaper(kind: CasePaperKind, sources: CasePaperSources): RecordedPaper {
  const event = actOfPaper(kind, sources.events, sources.seq);
  const fields = paperFields[kind].parse(builders[kind](sources, event));
  const { caseNo, seq, txId, at } = event;
  const { genesis, block, lang } = sources;
  const digest = canonicalDigest(event);
  return {
    kind,
    lang,
    fields,
    at,
    code: { of: 'case', id: caseNo, seq, txId, block, digest, genesis },
  };
}

/** The paper of an act before it is done. It leads to no record, and every page of it says so. */
export function draftPaper(kind: CasePaperKind, sources: CaseSources, drafted: PaperAct): Paper {
  const fields = paperFields[kind].parse(builders[kind](sources, drafted));
  return { kind, lang: sources.lang, fields, at: drafted.at };
}

type Builder = (sources: CaseSources, event: PaperAct) => object;

const builders: Readonly<Record<CasePaperKind, Builder>> = {
  receipt: receiptOf,
  acceptance: acceptanceOf,
  supplement: supplementOf,
  notAccepted: refusalOf,
  decision: decisionOf,
};

/** Of an act's input, as far as papers say it. */
const digest = z.looseObject({ digest: z.string() });
const act = z.looseObject({
  voucherNo: z.string().optional(),
  voucher: digest.optional(),
  number: z.string().optional(),
  document: digest.optional(),
  sealSystem: z.enum(namesOf(sealSystemWords)).optional(),
  seal: digest.optional(),
  tolerated: z.array(z.string()).default([]),
  limit: z.looseObject({ value: z.number() }).optional(),
  outcome: z.enum(namesOf(decisionWords)).optional(),
  reason: z
    .looseObject({
      code: z.enum(namesOf(reasonWords)),
      text: digest,
      remedy: z.string().default(''),
      competentOrgan: z.string().default(''),
    })
    .optional(),
});
type Act = z.output<typeof act>;

function commonOf(
  kind: CasePaperKind,
  sources: CaseSources,
  event: PaperAct,
  cited: readonly Citation[],
) {
  const { record, matter, lang, nameOf } = sources;
  const given = act.parse(event.data);
  const law = basisWords(cited, standingsOf(matter))[lang];
  return {
    title: paperWords[kind][lang],
    number: given.voucherNo ?? given.number ?? `${event.caseNo}-${String(event.seq)}`,
    ...signedBy(sources, event.by, event.at),
    to: nameOf(record.applicant)[lang],
    // A matter that claims none of these laws has papers that cite none.
    law: law === basisWords()[lang] ? '' : law,
    ...sealOf(given, lang),
    caseNo: event.caseNo,
    matter: matter.name[lang],
    taskCode: record.taskCode,
    filedOn: dayOf(sources, record.submittedAt),
  };
}

/** What sealed the department's own document, and the digests of both; nothing where no seal is recorded. */
function sealOf({ sealSystem, voucher, document, seal }: Act, lang: Language) {
  if (sealSystem === undefined) return { sealSystem: '', sealDigest: '', sealEvidence: '' };
  return {
    sealSystem: sealSystemWords[sealSystem][lang],
    sealDigest: (voucher ?? document)?.digest ?? '',
    sealEvidence: seal?.digest ?? '',
  };
}

function receiptOf(sources: CaseSources, event: PaperAct): object {
  const { events, matter, lang } = sources;
  const given = z
    .looseObject({
      materials: z
        .array(z.looseObject({ code: z.string(), document: digest.optional() }))
        .default([]),
    })
    .parse(events[0]?.data ?? {});
  const materials = given.materials.map(({ code, document }) => ({
    name: materialName(matter, code, lang),
    form: formOf(matter, code, lang),
    digest: document?.digest.slice(0, 16) ?? '',
  }));
  return { ...commonOf('receipt', sources, event, []), materials };
}

const materialIn = (matter: MatterContent, code: string) =>
  matter.materials.find((one) => one.code === code);
const materialName = (matter: MatterContent, code: string, lang: Language): string =>
  materialIn(matter, code)?.name[lang] ?? code;

function formOf(matter: MatterContent, code: string, lang: Language): string {
  const form = materialIn(matter, code)?.form;
  return form === undefined ? '' : materialFormWords[form][lang];
}

function acceptanceOf(sources: CaseSources, event: PaperAct): object {
  const { matter, lang } = sources;
  const tolerant = event.type === 'case.tolerantAccept';
  const cited = tolerant
    ? [cite(laws.onceReform, 11)]
    : [cite(laws.licensing, { article: 32, paragraph: 1, item: 5 }), cite(laws.onceReform, 11)];
  const { tolerated, limit } = act.parse(event.data);
  return {
    ...commonOf('acceptance', sources, event, cited),
    tolerant,
    tolerated: tolerated.map((code) => ({ name: materialName(matter, code, lang) })),
    tolerateDays: tolerant ? daysIn(limit) : '',
    acceptedOn: dayOf(sources, event.at),
    promisedDays: daysIn(matter.promisedLimit),
    statutoryDays: daysIn(matter.statutoryLimit),
  };
}

function supplementOf(sources: CaseSources, event: PaperAct): object {
  const { matter, lang } = sources;
  const marked = z.looseObject({
    code: z.string(),
    deficiency: z.enum(namesOf(deficiencyWords)),
    note: z.string().default(''),
  });
  const given = z
    .looseObject({
      items: z.array(marked).default([]),
      fields: z.array(marked).default([]),
      newFact: z.looseObject({ ground: z.string().default(''), note: z.string() }).optional(),
    })
    .parse(event.data);
  const fieldName = (code: string) =>
    matter.formFields?.find((field) => field.code === code)?.name[lang] ?? code;
  const line = (name: string, { deficiency, note }: z.output<typeof marked>) => ({
    ...{ name, deficiency: deficiencyWords[deficiency][lang], note },
  });
  const cited = [
    cite(laws.licensing, { article: 32, paragraph: 1, item: 4 }),
    cite(laws.onceReform, 11),
  ];
  const grounds: Readonly<Record<string, Words>> = noticeGroundWords;
  const { ground = '', note: groundNote = '' } = given.newFact ?? {};
  return {
    ...commonOf('supplement', sources, event, cited),
    items: given.items.map((one) => line(materialName(matter, one.code, lang), one)),
    formFields: given.fields.map((one) => line(fieldName(one.code), one)),
    days: daysIn(act.parse(event.data).limit),
    second: given.newFact !== undefined,
    ...{ ground: grounds[ground]?.[lang] ?? ground, groundNote },
  };
}

function refusalOf(sources: CaseSources, event: PaperAct): object {
  const given = act.parse(event.data);
  const item =
    given.reason?.code === 'notRequired' ? 1 : given.reason?.code === 'notCompetent' ? 2 : 4;
  const cited = [
    cite(laws.licensing, { article: 32, paragraph: 1, item }, { article: 32, paragraph: 2 }),
    cite(laws.onceReform, 11),
  ];
  return {
    ...commonOf('notAccepted', sources, event, cited),
    ...reasonOf(sources, given),
    competentOrgan: given.reason?.competentOrgan ?? '',
  };
}

function reasonOf({ lang, reasonText = '' }: CaseSources, { reason }: Act) {
  if (reason === undefined) return { reason: '', reasonText: '', reasonDigest: '', remedy: '' };
  const { code, text, remedy } = reason;
  return { reason: reasonWords[code][lang], reasonText, reasonDigest: text.digest, remedy };
}

function decisionOf(sources: CaseSources, event: PaperAct): object {
  const given = act.parse(event.data);
  const granted = given.outcome === 'granted';
  const cited = [cite(laws.licensing, { article: 38, paragraph: granted ? 1 : 2 })];
  return {
    ...commonOf('decision', sources, event, cited),
    ...reasonOf(sources, given),
    granted,
    outcome: given.outcome === undefined ? '' : decisionWords[given.outcome][sources.lang],
    document: given.document?.digest ?? '',
  };
}

import type {
  CommandName,
  DatasetRecord,
  MatterContent,
  MatterOfDutyRecord,
  MatterRecord,
  ReviewRecord,
} from '@yici/domain/model';
import { padded } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import type { LedgerView, ViewRule } from './ledger-view.js';

type CatalogueCommand = Extract<CommandName, `duty.${string}` | `matter.${string}`>;

export function matterVersion(ledger: LedgerView, taskCode: string, version: number | undefined) {
  return version === undefined ? undefined : ledger.get('matter', taskCode, padded(version));
}

/** A matter's live link to its duty, with the review that is open on it. */
export function linkedMatter(
  ledger: LedgerView,
  matter: MatterRecord | undefined,
): rules.LinkedMatter | undefined {
  const code = matter?.content.dutyCode;
  if (matter === undefined || code === undefined) return undefined;
  const link = ledger.get('matterOfDuty', matter.owner, code, matter.taskCode);
  if (link?.matterVersion !== matter.version || link.endedAt !== undefined) return undefined;
  return { link, open: openReview(ledger, link) };
}

function openReview(
  ledger: LedgerView,
  { taskCode, matterVersion: version, review }: MatterOfDutyRecord,
): ReviewRecord | undefined {
  if (review === undefined) return undefined;
  return ledger.get('review', taskCode, padded(version), padded(review));
}

function linkedMatters(ledger: LedgerView, department: string, code: string) {
  const links = ledger
    .all('matterOfDuty')
    .filter((link) => link.department === department && link.code === code)
    .filter(({ endedAt }) => endedAt === undefined)
    .sort((a, b) => (a.taskCode < b.taskCode ? -1 : 1));
  const first = links
    .slice(0, rules.mostMarkedAtOnce)
    .map((link) => ({ link, open: openReview(ledger, link) }));
  return { linked: links.length, first };
}

function topics(ledger: LedgerView): ReadonlyMap<string, rules.TopicState> {
  const claims = ledger.all('dutyOfTopic');
  const overlaps = ledger.all('dutyOverlap').sort((a, b) => a.round - b.round);
  return new Map(
    claims.map(({ topic }) => [
      topic,
      {
        claims: claims.filter((claim) => claim.topic === topic),
        latest: overlaps.filter((overlap) => overlap.topic === topic).at(-1),
      },
    ]),
  );
}

/** The data sets that cover each material the applicant is asked for, by the material's code. */
function coverage(ledger: LedgerView, content: MatterContent | undefined): rules.Coverage {
  const asked = (content?.materials ?? []).filter(({ source }) => source === 'applicant');
  return new Map(
    asked.map((material) => {
      const name = rules.materialName(material.name.zh);
      const ids = [
        ...ledger.all('datasetCover').filter((cover) => cover.materialCode === material.code),
        ...ledger.all('datasetCoverOfName').filter((cover) => cover.name === name),
      ];
      const datasets = ids
        .filter(({ active }) => active)
        .map(({ datasetId }) => ledger.get('dataset', datasetId));
      return [
        material.code,
        datasets.filter((record): record is DatasetRecord => record !== undefined),
      ];
    }),
  );
}

export const catalogueRules: { readonly [N in CatalogueCommand]: ViewRule<N> } = {
  'duty.register': (ledger, input, caller) =>
    rules.registerDuty(
      {
        department: ledger.get('department', input.department),
        establishment: ledger.holder('establishment'),
        current: ledger.get('duty', input.department, input.code),
        ...linkedMatters(ledger, input.department, input.code),
        topics: topics(ledger),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    ),
  'duty.resolveOverlap': (ledger, input, caller) =>
    rules.resolveOverlap(
      {
        overlap: ledger.get('dutyOverlap', input.topic, padded(input.round)),
        claims: ledger.all('dutyOfTopic').filter(({ topic }) => topic === input.topic),
        establishment: ledger.holder('establishment'),
        leadAuthority: ledger.holder('leadAuthority'),
      },
      input,
      ledger.member(caller),
    ),
  'matter.draft': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const head = ledger.get('matterHead', input.taskCode);
    return rules.draftMatter(
      {
        head,
        latest: matterVersion(ledger, input.taskCode, head?.latest),
        published: matterVersion(ledger, input.taskCode, head?.published),
        establishment: ledger.holder('establishment'),
        leadAuthority: ledger.holder('leadAuthority'),
        references: {
          registeredDepartments: new Set(ledger.all('department').map(({ id }) => id)),
          datasets: new Map(ledger.all('dataset').map((known) => [known.datasetId, known])),
          duty:
            input.dutyCode === undefined
              ? undefined
              : ledger.get('duty', member.department, input.dutyCode),
          coverage: coverage(ledger, input),
        },
      },
      input,
      member,
    );
  },
  'matter.cosign': (ledger, input, caller) =>
    rules.cosignMatter(
      { matter: matterVersion(ledger, input.taskCode, input.version) },
      input,
      ledger.member(caller),
    ),
  'matter.publish': (ledger, input, caller) => {
    const head = ledger.get('matterHead', input.taskCode);
    const matter = matterVersion(ledger, input.taskCode, input.version);
    const published = matterVersion(ledger, input.taskCode, head?.published);
    return rules.publishMatter(
      {
        head,
        matter,
        published,
        duty:
          matter?.content.dutyCode === undefined
            ? undefined
            : ledger.get('duty', matter.owner, matter.content.dutyCode),
        linked: linkedMatter(ledger, published),
        coverage: coverage(ledger, matter?.content),
      },
      input,
      ledger.member(caller),
    );
  },
  'matter.retire': (ledger, input, caller) => {
    const matter = matterVersion(ledger, input.taskCode, input.version);
    return rules.retireMatter(
      { matter, linked: linkedMatter(ledger, matter) },
      input,
      ledger.member(caller),
    );
  },
  'matter.review': (ledger, input, caller) => {
    const { taskCode, version, dutyVersion } = input;
    return rules.reviewMatter(
      {
        link: linkedMatter(ledger, matterVersion(ledger, taskCode, version))?.link,
        review: ledger.get('review', taskCode, padded(version), padded(dutyVersion)),
      },
      input,
      ledger.member(caller),
    );
  },
  'matter.markForReview': (ledger, input, caller) => {
    const head = ledger.get('matterHead', input.taskCode);
    const linked = linkedMatter(ledger, matterVersion(ledger, input.taskCode, head?.published));
    const { link, open } = linked ?? { link: undefined, open: undefined };
    return rules.markForReview(
      {
        link,
        open,
        duty: link && ledger.get('duty', link.department, link.code),
        calendar: ledger.calendar(),
      },
      input,
      ledger.member(caller),
    );
  },
};

import {
  basisText,
  caseClockWords,
  handlingLawWords,
  shanghaiTime,
  standingsOf,
  standingWords,
  type MatterContent,
  type Words,
} from '@yici/domain/model';
import { useState } from 'react';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { Facts } from '../shell/facts.js';
import { useWords } from '../words/language.js';

interface RestsOnProps {
  readonly input: unknown;
}

/** The law that an act on a case concerns, and the limits that run in it: as the gateway has them, no part of what is signed. */
export function RestsOn({ input }: RestsOnProps) {
  const {
    caseNo,
    taskCode,
    matterVersion: version,
  }: Partial<Record<string, unknown>> = {
    ...(input as object),
  };
  // A filing names its case as well, which is not there yet.
  if (typeof taskCode === 'string' && typeof version === 'number')
    return <OfFiling {...{ taskCode, version }} />;
  return typeof caseNo === 'string' ? <OfCase caseNo={caseNo} /> : null;
}

function OfCase({ caseNo }: { readonly caseNo: string }) {
  const { t, say } = useWords();
  const names = useNames();
  const record = useRead('cases.get', { caseNo }).data;
  const limits = useFirst(useRead('cases.clocks', { caseNo }).data?.items);
  if (record === undefined || limits === undefined) return null;
  const { taskCode, matterVersion: version } = record;
  const lines = limits.map(
    ({ what, department, dueOn, dueAt, limitDays }) =>
      `${say(caseClockWords[what])} · ${names(department)} · ${t('sign.until', {
        due: dueAt === undefined ? dueOn : shanghaiTime(dueAt),
      })} · ${t('clocks.days', { count: limitDays })}`,
  );
  return <Told {...{ taskCode, version, lines }} />;
}

/** As it was when it was first known: what others do meanwhile moves nothing in a dialog in which somebody is about to sign. */
function useFirst<T>(known: T | undefined): T | undefined {
  const [first, setFirst] = useState(known);
  if (first === undefined && known !== undefined) setFirst(known);
  return first ?? known;
}

interface Version {
  readonly taskCode: string;
  readonly version: number;
}

/** A case that is not there yet: what its matter promises, and what the law allows. */
function OfFiling(named: Version) {
  const { t, say } = useWords();
  const matter = useRead('matters.version', { ...named }).data?.content;
  const limits = [
    ['finish', matter?.promisedLimit],
    ['statutory', matter?.statutoryLimit],
  ] as const;
  const lines = limits.flatMap(([what, limit]) =>
    limit === undefined
      ? []
      : [`${say(caseClockWords[what])} · ${t('clocks.days', { count: limit.value })}`],
  );
  return <Told {...named} lines={lines} />;
}

function Told({ lines, ...named }: Version & { readonly lines: readonly string[] }) {
  const { t, say } = useWords();
  const matter = useRead('matters.version', { ...named }).data?.content;
  if (matter === undefined) return null;
  const facts = [
    [t('sign.law'), lawsOf(matter, say)],
    [t('sign.limits'), lines],
  ] as const;
  return (
    <div data-testid="rests-on">
      <Facts
        facts={facts.map(([label, texts]) => [
          label,
          <div key={label}>
            {texts.map((text) => (
              <div key={text}>{text}</div>
            ))}
          </div>,
        ])}
      />
    </div>
  );
}

/** What sets the matter, and the laws by which or by analogy with which it is handled. */
function lawsOf(content: MatterContent, say: (words: Words) => string): readonly string[] {
  const { licensing, onceReform } = standingsOf(content);
  const handling = Object.entries({ licensing, onceReform }).flatMap(([law, standing]) => {
    if (standing === undefined) return [];
    const title = say(handlingLawWords[law as keyof typeof handlingLawWords]);
    return [`${say(standingWords[standing])} ${basisText({ law: title, clause: '' }).trim()}`];
  });
  return [...new Set([...content.legalBasis.map(basisText), ...handling])];
}

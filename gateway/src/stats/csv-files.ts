import {
  knownWords,
  sourceWords,
  splitWords,
  subjectKindWords,
  type BehindPage,
  type FiguresView,
  type ReportView,
  type Split,
} from '@yici/api';
import type { Language, Words } from '@yici/domain/model';
import { csvOf } from './csv.js';

const titles = {
  measure: { zh: '指标', en: 'measure' },
  name: { zh: '名称', en: 'name' },
  known: { zh: '何以得知', en: 'known' },
  headline: { zh: '要目', en: 'headline' },
  by: { zh: '分列', en: 'by' },
  group: { zh: '组', en: 'group' },
  groupName: { zh: '组名', en: 'group name' },
  period: { zh: '期间', en: 'period' },
  numerator: { zh: '分子', en: 'numerator' },
  denominator: { zh: '分母', en: 'denominator' },
  value: { zh: '数值', en: 'value' },
  p90: { zh: '九成位', en: 'p90' },
  records: { zh: '记录数', en: 'records' },
  from: { zh: '自', en: 'from' },
  to: { zh: '至', en: 'to' },
  block: { zh: '区块', en: 'block' },
  hash: { zh: '区块哈希', en: 'hash' },
  final: { zh: '不再变动', en: 'final' },
  source: { zh: '来源', en: 'source' },
  day: { zh: '日期', en: 'day' },
  kind: { zh: '种类', en: 'kind' },
  id: { zh: '编号', en: 'id' },
  of: { zh: '计入', en: 'of' },
  per: { zh: '基数', en: 'per' },
  open: { zh: '未办', en: 'open' },
} as const satisfies Readonly<Record<string, Words>>;
type Title = keyof typeof titles;

const total: Words = { zh: '合计', en: 'total' };
const yesNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const;

const titled = (names: readonly Title[], language: Language): string[] =>
  names.map((name) => titles[name][language]);
const said = (is: boolean, language: Language): string => yesNo[language][is ? 0 : 1];

/** A figure and its groups, a line each. */
export function figuresCsv(
  { measure, figure, groups, by, from, to, block }: FiguresView,
  language: Language,
): string {
  const split = Object.entries(splitWords).find(([name]) => name === by)?.[1][language];
  const rows = [figure, ...groups].map((one) => [
    ...[measure.id, measure.name[language]],
    ...(one.group === null
      ? ['', total[language], '']
      : [split ?? '', one.group, one.name?.[language] ?? '']),
    ...[one.numerator, one.denominator, one.value, one.p90, one.facts],
    ...[from, to, block, sourceWords[measure.source][language]],
  ]);
  return csvOf(titled(figureTitles, language), rows);
}

const figureTitles: readonly Title[] = [
  ...(['measure', 'name', 'by', 'group', 'groupName'] as const),
  ...(['numerator', 'denominator', 'value', 'p90', 'records'] as const),
  ...(['from', 'to', 'block', 'source'] as const),
];

const reportTitles: readonly Title[] = [
  ...(['measure', 'name', 'known', 'headline', 'group', 'groupName'] as const),
  ...(['period', 'numerator', 'denominator', 'value', 'p90', 'records'] as const),
  ...(['block', 'hash', 'final'] as const),
];

/** A line for each figure, group and period that has one. */
export function reportCsv({ figures, ...report }: ReportView, language: Language): string {
  const rows = figures.flatMap(({ measure, rows: groups }) =>
    groups.flatMap(({ group, name, now, ...others }) => {
      const head = [
        ...[measure.id, measure.name[language], knownWords[measure.known][language]],
        ...[said(measure.headline, language), group ?? total[language], name?.[language] ?? ''],
      ];
      const lines = [
        [report.period, now],
        [report.before, others.before],
        [report.yearBefore, others.yearBefore],
      ] as const;
      return lines.flatMap(([at, one]) =>
        at === null || one === null
          ? []
          : [
              [
                ...[...head, at.period, one.numerator, one.denominator, one.value],
                ...[one.p90, one.facts, at.block, at.hash, said(at.final, language)],
              ],
            ],
      );
    }),
  );
  return csvOf(titled(reportTitles, language), rows);
}

/** The records behind a figure, a line each, with what it can be split by: by name where it has one. */
export function behindCsv(
  rows: readonly BehindPage['items'][number][],
  splits: readonly Split[],
  language: Language,
): string {
  const cells = rows.map(({ day, kind, id, of, per, open, labels, names }) => [
    ...[day, subjectKindWords[kind][language], id, of, per, said(open, language)],
    ...splits.map(
      (split) => names.find(({ label }) => label === split)?.name[language] ?? labels[split] ?? '',
    ),
  ]);
  const names = titled(['day', 'kind', 'id', 'of', 'per', 'open'], language);
  return csvOf([...names, ...splits.map((split) => splitWords[split][language])], cells);
}

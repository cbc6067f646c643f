import { matterContent, oneThingRecord, partStatusWords } from '@yici/domain/model';
import { oneThingGraph } from '@yici/api';
import { Card } from 'antd';
import { Link } from 'react-router';
import type { z } from 'zod';
import { Diagram, type DiagramNode, type NodeStatus } from '../charts/diagram.js';
import { useNames } from '../session/names.js';
import { useWords } from '../words/language.js';
import { addressOfRecord } from './catalogue.js';

type Words = ReturnType<typeof useWords>;
type Names = ReturnType<typeof useNames>;

const stages: Readonly<Record<keyof typeof partStatusWords, NodeStatus>> = {
  ...{ waiting: 'waiting', open: 'now', granted: 'done', failed: 'late', stopped: 'passed' },
};

/** A filed one thing: the case of each matter, and how it stands. */
const ofOneThingCase = (
  { parts }: z.output<typeof oneThingGraph>,
  { say, t }: Words,
  names: Names,
): DiagramNode[] =>
  parts.map(({ id, after, status, matterName, owner, caseNo, dueOn }) => ({
    ...{ id, after, status: stages[status] },
    title: caseNo === null ? id : <Link to={`/cases/${caseNo}`}>{id}</Link>,
    lines: [
      say(matterName),
      `${names(owner)} ${say(partStatusWords[status])} ${dueOn === null ? '' : t('flow.due', { dueOn })}`,
    ],
  }));

const ofOneThing = ({ content }: z.output<typeof oneThingRecord>): DiagramNode[] =>
  content.nodes.map(({ id, after, taskCode }) => ({
    ...{ id, after, status: 'waiting' as const, title: id },
    lines: [<Link to={addressOfRecord('matters', [taskCode])}>{taskCode}</Link>],
  }));

const ofMatter = (
  { flow }: z.output<typeof matterContent>,
  { t, say }: Words,
  names: Names,
): DiagramNode[] =>
  flow.map(({ id, name, after, department, limit }) => ({
    ...{ id, after, status: 'waiting' as const, title: say(name) || id },
    lines: [names(department), t('clocks.days', { count: limit.value })],
  }));

/** The matters of a one thing, or the steps of a matter, as what follows what. */
export function Graph({ record }: { readonly record: Readonly<Record<string, unknown>> }) {
  const words = useWords();
  const names = useNames();
  const nodes = nodesOf(record, words, names);
  if (nodes.length === 0) return null;
  const title = words.t('flow.title');
  return (
    <Card title={title}>
      <Diagram label={title} nodes={nodes} />
    </Card>
  );
}

function nodesOf(
  record: Readonly<Record<string, unknown>>,
  words: Words,
  names: Names,
): DiagramNode[] {
  const filed = oneThingGraph.safeParse(record).data;
  if (filed !== undefined) return ofOneThingCase(filed, words, names);
  const oneThing = oneThingRecord.safeParse(record).data;
  if (oneThing !== undefined) return ofOneThing(oneThing);
  const matter = matterContent.safeParse(record['content']).data;
  return matter === undefined ? [] : ofMatter(matter, words, names);
}

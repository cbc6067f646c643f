import type { MatterRecord, OneThingNode, OneThingRecord } from '@yici/domain/model';
import { mergedFields } from '@yici/domain/model';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Diagram } from '../../charts/diagram.js';
import { addressOfRecord } from '../../records/catalogue.js';
import { useNames } from '../../session/names.js';
import { usePresent } from '../../session/session.js';
import { Waiting } from '../../shell/waiting.js';
import { useAct } from '../../signing/act.js';
import { useWords } from '../../words/language.js';
import { Filing } from './filing.js';

/** A one thing: one form and one set of materials for all the matters that it opens, in their order. */
export function FileOneThing({ oneThing }: { readonly oneThing: OneThingRecord }) {
  const matters = useMattersOf(oneThing.content.nodes);
  return matters === undefined ? <Waiting /> : <Whole oneThing={oneThing} matters={matters} />;
}

interface WholeProps {
  readonly oneThing: OneThingRecord;
  /** Of its parts, in their order. */
  readonly matters: readonly MatterRecord[];
}

function Whole({ oneThing, matters }: WholeProps) {
  const { say } = useWords();
  const act = useAct();
  const { code, version, materials, content } = oneThing;
  const fields = useMemo(() => {
    const parts = content.nodes.map(
      ({ id }, at) => [id, matters[at]?.content.formFields ?? []] as const,
    );
    return mergedFields(new Map(parts));
  }, [content, matters]);
  const shared = matters
    .flatMap((matter) => matter.content.materials)
    .filter(({ source }) => source === 'sharing');
  const held = new Map(shared.map(({ name }) => [name.zh, name]));
  return (
    <Filing
      code={code}
      title={say(content.name)}
      fields={fields}
      asked={materials}
      held={[...held.values()]}
      onFile={async (filed) => {
        const committed = await act('oneThing.submit', { code, version, ...filed });
        return committed && addressOfRecord('one-thing-cases', [String(committed.input['no'])]);
      }}
    >
      <Opened {...{ content, matters }} />
    </Filing>
  );
}

/** The matters that it opens, in their order. */
function Opened({
  content,
  matters,
}: Pick<WholeProps, 'matters'> & Pick<OneThingRecord, 'content'>) {
  const { t, say } = useWords();
  const names = useNames();
  return (
    <Diagram
      label={t('file.opens')}
      nodes={content.nodes.map(({ id, after, taskCode }) => {
        const matter = matters.find((one) => one.taskCode === taskCode);
        return {
          ...{ id, after, status: 'waiting' },
          title: say(matter?.content.name),
          lines: [names(matter?.owner ?? '')],
        };
      })}
    />
  );
}

/** The versions that the parts name; undefined until all are there. */
function useMattersOf(nodes: readonly OneThingNode[]): readonly MatterRecord[] | undefined {
  const { client, session } = usePresent();
  return useQueries({
    queries: nodes.map(({ taskCode, matterVersion: version }) => ({
      queryKey: [session.user, 'matters.version', { taskCode, version }],
      queryFn: () => client.read('matters.version', { taskCode, version }),
    })),
    combine: (answers) => {
      const found = answers.flatMap(({ data }) => data ?? []);
      return found.length === nodes.length ? found : undefined;
    },
  });
}

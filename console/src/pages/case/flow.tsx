import { shanghaiDate, type CaseRecord } from '@yici/domain/model';
import { Card } from 'antd';
import { Diagram } from '../../charts/diagram.js';
import { useNames } from '../../session/names.js';
import { useWords } from '../../words/language.js';
import { flowOf, type FlowNode } from './flow-graph.js';
import { useStepNames } from './matter.js';

/** The case's way as a diagram: where it stands, who holds it, by when. */
export function Flow({ record }: { readonly record: CaseRecord }) {
  const { t } = useWords();
  const names = useNames();
  const stepName = useStepNames(record);
  const until = ({ at, dueOn }: FlowNode): string => {
    if (at !== undefined) return shanghaiDate(at);
    return dueOn === undefined ? '' : t('flow.due', { dueOn });
  };
  const nodes = flowOf(record).map((node) => {
    const { id, what, department, status, after } = node;
    return {
      ...{ id, after, status },
      title: what === 'step' ? stepName(id) : t(`flow.${what}`),
      lines: [names(department), `${t(`flow.status.${status}`)} ${until(node)}`],
    };
  });
  return (
    <Card title={t('flow.title')}>
      <Diagram label={t('flow.title')} nodes={nodes} />
    </Card>
  );
}

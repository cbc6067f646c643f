import { Collapse, Progress, Tag, Typography } from 'antd';
import { useWords } from '../words/language.js';
import type { Line, Stage } from './run.js';
import { Failed, WhatIsSigned } from './stage.js';

const colours: Readonly<Record<Stage['kind'], string>> = {
  preparing: 'default',
  asking: 'blue',
  endorsing: 'processing',
  committing: 'processing',
  done: 'success',
  failed: 'error',
  notSigned: 'default',
};

/** Several acts of one dialog: what each of them says, and how far it is. */
export function Several({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useWords();
  const over = lines.filter(({ stage }) => stage.kind === 'done' || stage.kind === 'failed').length;
  const asking = lines.some(({ stage }) => stage.kind === 'asking');
  return (
    <>
      {asking ? (
        <Typography.Paragraph type="secondary">{t('sign.what')}</Typography.Paragraph>
      ) : (
        <Progress
          percent={Math.round((100 * over) / lines.length)}
          status={lines.some(({ stage }) => stage.kind === 'failed') ? 'exception' : 'normal'}
          format={() => `${over} / ${lines.length}`}
          aria-label={t('sign.progress')}
        />
      )}
      <Collapse
        defaultActiveKey={lines.map((_, at) => at)}
        items={lines.map((line, at) => ({
          key: at,
          label: labelOf(line),
          extra: (
            <Tag color={colours[line.stage.kind]} data-testid={`line-${line.stage.kind}`}>
              {t(`sign.stages.${line.stage.kind}`)}
            </Tag>
          ),
          children: <OneOf stage={line.stage} />,
        }))}
      />
    </>
  );
}

/** What the act is about: the first thing that its input names. */
function labelOf({ wanted: { input } }: Line): string {
  const [first] = Object.values(input);
  return typeof first === 'string' || typeof first === 'number' ? String(first) : '';
}

function OneOf({ stage }: { readonly stage: Stage }) {
  const { t } = useWords();
  if (stage.kind === 'asking') return <WhatIsSigned proposal={stage.proposal} />;
  if (stage.kind === 'failed') return <Failed {...stage} />;
  if (stage.kind !== 'done') return null;
  const { block, txId, verified } = stage.committed;
  return (
    <Typography.Text copyable={{ text: txId }}>
      {t('sign.block', { block })} · {verified ? t('sign.verified') : t('sign.unverified')}
    </Typography.Text>
  );
}

import { commandWords, shanghaiTime } from '@yici/domain/model';
import { refusedIn, type Committed } from '@yici/client/web';
import { Alert, Result, Spin, Typography } from 'antd';
import { BeginSignoff } from './begin-signoff.js';
import { Decoded } from './decoded.js';
import { Copied } from '../shell/copied.js';
import { Facts } from '../shell/facts.js';
import { errorWords } from '../words/refusals.js';
import { useWords } from '../words/language.js';
import type { Proposal } from '../session/approval.js';
import { failureOf } from './failure.js';
import { RestsOn } from './rests-on.js';
import type { Line, Stage } from './run.js';

interface StageProps {
  readonly line: Line;
  readonly onClose: () => void;
}

/** How far one act is. */
export function StageView({ line: { stage, wanted }, onClose }: StageProps) {
  const { t } = useWords();
  switch (stage.kind) {
    case 'asking':
      return (
        <>
          <Typography.Paragraph type="secondary">{t('sign.what')}</Typography.Paragraph>
          <WhatIsSigned proposal={stage.proposal} />
          <RestsOn input={stage.proposal.input} />
        </>
      );
    case 'preparing':
      return (
        <>
          <Waiting stage={stage.kind} />
          {/* Read before it is shown: what arrives later would move the button under somebody's hand. */}
          <div hidden>
            <RestsOn input={wanted.input} />
          </div>
        </>
      );
    case 'endorsing':
    case 'committing':
      return <Waiting stage={stage.kind} />;
    case 'done':
      return <Receipt committed={stage.committed} />;
    case 'failed':
      return needsSignoff(stage) ? (
        <BeginSignoff wanted={wanted} onBegun={onClose} />
      ) : (
        <Failed {...stage} />
      );
    case 'notSigned':
      return null;
  }
}

function Waiting({ stage }: { readonly stage: 'preparing' | 'endorsing' | 'committing' }) {
  const { t } = useWords();
  return (
    <Spin description={t(`sign.${stage}`)} size="large">
      <div style={{ height: 160 }} />
    </Spin>
  );
}

const needsSignoff = ({ error }: FailedStage): boolean =>
  refusedIn(error).code === 'SIGNOFF_REQUIRED';

export function WhatIsSigned({ proposal }: { readonly proposal: Proposal }) {
  const { t, language } = useWords();
  return (
    <>
      <Typography.Title level={4}>{commandWords(proposal.command, language)}</Typography.Title>
      <Decoded value={proposal.input} command={proposal.command} />
      {proposal.privateParts.length === 0 ? null : (
        <Alert
          type="warning"
          title={t('sign.private', { parts: proposal.privateParts.join('、') })}
        />
      )}
      <Typography.Paragraph type="secondary" copyable={{ text: proposal.txId }}>
        {proposal.channel} · {shanghaiTime(proposal.at)} · {proposal.txId.slice(0, 16)}…
      </Typography.Paragraph>
    </>
  );
}

function Receipt({ committed }: { readonly committed: Committed }) {
  const { t } = useWords();
  const { block, txId, verified } = committed;
  return (
    <Result
      status="success"
      title={t('sign.done')}
      subTitle={verified ? t('sign.verified') : t('sign.unverified')}
    >
      <Facts
        facts={[
          [t('table.block'), block],
          [t('table.txId'), <Copied key="txId" text={txId} />],
        ]}
      />
    </Result>
  );
}

type FailedStage = Extract<Stage, { readonly kind: 'failed' }>;

export function Failed({ error, signed }: FailedStage) {
  const { t, language } = useWords();
  const { title, more } = errorWords(error, language);
  return (
    <Alert
      type="error"
      showIcon
      title={`${t(`sign.failures.${failureOf(error, signed)}`)}：${title}`}
      description={more}
      data-testid="failure"
    />
  );
}

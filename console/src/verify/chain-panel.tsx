import { Alert, Button, Flex, Progress, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { FilePick } from '../forms/file-pick.js';
import { useSession } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { useVerification } from './current.js';
import { isPin } from './pin.js';
import { fileSource, gatewaySource, type BlockSource } from './sources.js';
import type { VerifyStatus } from './verification.js';
import { Verdict } from './verdict.js';

/** The whole chain, from the gateway's bytes or from files. */
export function ChainPanel({ pin }: { readonly pin: string }) {
  const { status, goOn } = useVerification();
  const { source, choice } = useSource();
  return (
    <Flex vertical gap={16}>
      {choice}
      <Controls pin={pin} source={source} />
      {status === undefined ? null : <Status status={status} goOn={goOn} />}
    </Flex>
  );
}

interface ControlsProps {
  readonly pin: string;
  readonly source: BlockSource | undefined;
}

function Controls({ pin, source }: ControlsProps) {
  const { t } = useWords();
  const { pin: begun, status, begin, stop, goOn } = useVerification();
  const isOn = status?.state === 'running' || status?.state === 'waiting';
  const mayGoOn = begun === pin && !isOn;
  return (
    <Flex gap={8}>
      <Button
        type="primary"
        data-testid="verify"
        disabled={!isPin(pin) || source === undefined || isOn}
        onClick={() => {
          if (source !== undefined) begin(pin, source);
        }}
      >
        {t('verify.run')}
      </Button>
      {isOn ? (
        <Button data-testid="stop" onClick={stop}>
          {t('verify.stop')}
        </Button>
      ) : null}
      {mayGoOn ? (
        <Button data-testid="go-on" onClick={() => goOn(source)}>
          {t('verify.goOn', { block: status?.height })}
        </Button>
      ) : null}
    </Flex>
  );
}

/** Where the blocks come from: supervisors have the gateway's, whoever has files gives these. */
function useSource() {
  const { t } = useWords();
  const { present } = useSession();
  const mayFetch = present?.session.role === 'supervisor';
  const [from, setFrom] = useState<'gateway' | 'files'>('gateway');
  const [files, setFiles] = useState<readonly File[]>([]);
  const given = fileSource(files);
  const ofGateway = mayFetch && from === 'gateway' ? gatewaySource(present.client) : undefined;
  const source: BlockSource | undefined = ofGateway ?? (given.blocks > 0 ? given : undefined);
  const choice = (
    <Flex vertical gap={8}>
      {mayFetch ? (
        <Segmented
          aria-label={t('verify.from')}
          value={from}
          options={(['gateway', 'files'] as const).map((value) => ({
            value,
            label: t(`verify.sources.${value}`),
          }))}
          onChange={setFrom}
          style={{ alignSelf: 'start' }}
        />
      ) : (
        <Typography.Text type="secondary">{t('verify.supervisors')}</Typography.Text>
      )}
      {ofGateway === undefined ? (
        <>
          <label>
            <FilePick folder testId="folder" onFile={(_, all) => setFiles(all)} />
          </label>
          <Typography.Text>{t('verify.blocks', { count: given.blocks })}</Typography.Text>
        </>
      ) : null}
    </Flex>
  );
  return { source, choice };
}

interface StatusProps {
  readonly status: VerifyStatus;
  readonly goOn: () => void;
}

function Status({ status, goOn }: StatusProps) {
  const { t } = useWords();
  const { state, problem, report } = status;
  if (state === 'over' && report !== undefined) return <Verdict report={report} />;
  return (
    <Flex vertical gap={8}>
      {state === 'waiting' ? <Alert type="warning" showIcon title={t('errors.lost')} /> : null}
      <Failure error={problem} again={goOn} />
      <Running status={status} />
    </Flex>
  );
}

function Running({
  status: { state, height, all, rate, transactions, signatures },
}: {
  readonly status: VerifyStatus;
}) {
  const { t } = useWords();
  const left = all - height;
  const seconds = rate > 0 ? Math.ceil(left / rate) : undefined;
  return (
    <div role="status" data-testid="progress">
      <Progress
        aria-label={t('verify.title')}
        percent={Math.floor((height * 100) / Math.max(1, all))}
        status={state === 'running' ? 'active' : 'normal'}
      />
      {t(`verify.states.${state}`)} · {t('verify.running', { done: height, all, left })}
      {rate > 0 ? ` · ${t('verify.rate', { rate: Math.round(rate) })}` : ''}
      {state === 'running' && seconds !== undefined ? ` · ${t('verify.left', { seconds })}` : ''}
      <br />
      {t('verify.transactions', { count: transactions })} ·{' '}
      {t('verify.signatures', { count: signatures })}
    </div>
  );
}

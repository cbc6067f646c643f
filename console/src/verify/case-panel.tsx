import type { CaseProof } from '@yici/client/web';
import { caseEventWords, shanghaiTime } from '@yici/domain/model';
import { useMutation } from '@tanstack/react-query';
import { Alert, Flex, Progress, Tag, Typography } from 'antd';
import { useState } from 'react';
import { BlockLink } from '../ledger/block-link.js';
import { tones } from '../ledger/tones.js';
import { useSession } from '../session/session.js';
import { Copied } from '../shell/copied.js';
import { Failure } from '../shell/failed.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import { AskFor } from './ask-for.js';
import { isPin } from './pin.js';

interface CasePanelProps {
  readonly pin: string;
  /** As the page's address has it. */
  readonly given: string;
}

/** A case's chain of events, and of each the signed block that holds it. */
export function CasePanel({ pin, given }: CasePanelProps) {
  const { t } = useWords();
  const { present } = useSession();
  const [caseNo, setCaseNo] = useState(given);
  const [done, setDone] = useState({ done: 0, all: 0 });
  const proof = useMutation({
    mutationFn: async () => {
      if (present === undefined) return undefined;
      const { proveCase } = await import('@yici/client/web');
      const asked = { caseNo: caseNo.trim(), genesisHash: pin };
      return proveCase(present.client, asked, (of, all) => setDone({ done: of, all }));
    },
  });
  if (present === undefined)
    return <Typography.Text type="secondary">{t('verify.enterFirst')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      <AskFor
        name="case"
        label={t('table.caseNo')}
        value={caseNo}
        onChange={setCaseNo}
        isBusy={proof.isPending}
        mayAsk={isPin(pin) && caseNo.trim() !== ''}
        onAsk={() => proof.mutate()}
      />
      {proof.isPending ? (
        <Progress
          aria-label={t('verify.case')}
          percent={Math.floor((done.done * 100) / Math.max(1, done.all))}
        />
      ) : null}
      <Failure error={proof.error} again={() => proof.mutate()} />
      {proof.data === undefined ? null : <Proof proof={proof.data} />}
    </Flex>
  );
}

function Proof({ proof: { check, events } }: { readonly proof: CaseProof }) {
  const { t } = useWords();
  const holds =
    check.findings.length === 0 && events.every(({ objection }) => objection === undefined);
  return (
    <Flex vertical gap={12} data-testid="case-proof">
      <Alert
        type={holds ? 'success' : 'error'}
        showIcon
        title={holds ? t('verify.caseHolds', { count: check.events }) : t('verify.caseFails')}
        description={
          <>
            {check.findings.map(({ code, seq, detail }) => (
              <div key={`${code} ${seq}`}>{`${code} #${seq} ${detail}`}</div>
            ))}
            {t('verify.caseBounds')}
          </>
        }
      />
      <span>
        {t('verify.caseHead')} <Copied text={check.head} />
      </span>
      <EventRows events={events} />
    </Flex>
  );
}

function EventRows({ events }: Pick<CaseProof, 'events'>) {
  const { t, say } = useWords();
  return (
    <Rows
      keyOf={({ event }) => event.seq}
      rows={events}
      columns={[
        ['#', ({ event }) => event.seq],
        [t('table.act'), ({ event }) => say(caseEventWords[event.type])],
        [t('table.at'), ({ event }) => shanghaiTime(event.at)],
        [t('table.block'), ({ report }) => <BlockLink block={report?.block} />],
        [t('verify.endorsers'), ({ report }) => report?.endorsers.join(' ')],
        [
          t('verify.verdict'),
          ({ objection }) => (
            <Tag color={tones[objection === undefined ? 'good' : 'bad']}>
              {objection ?? t('verify.provedShort')}
            </Tag>
          ),
        ],
      ]}
    />
  );
}

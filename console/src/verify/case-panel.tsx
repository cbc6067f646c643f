import type { CaseProof } from '@yici/client/web';
import { caseEventWords, shanghaiTime } from '@yici/domain/model';
import { Alert, Flex, Progress, Tag } from 'antd';
import { useState } from 'react';
import { BlockLink } from '../ledger/block-link.js';
import { tones } from '../ledger/tones.js';
import { Copied } from '../shell/copied.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import { Prove, type PanelProps } from './prove.js';

/** A case's chain of events, and of each the signed block that holds it. */
export function CasePanel(props: PanelProps) {
  const { t } = useWords();
  const [percent, setPercent] = useState(0);
  return (
    <Prove
      {...props}
      name="case"
      label={t('table.caseNo')}
      busy={<Progress aria-label={t('verify.case')} percent={percent} />}
      prove={async ({ client }, caseNo) => {
        const { proveCase } = await import('@yici/client/web');
        const asked = { caseNo, genesisHash: props.pin };
        return proveCase(client, asked, (done, all) =>
          setPercent(Math.floor((done * 100) / Math.max(1, all))),
        );
      }}
    >
      {(proof) => <Proof proof={proof} />}
    </Prove>
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

import { Alert, Flex, Tabs, Typography } from 'antd';
import { useState, type ComponentType } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../session/session.js';
import { AttestationPanel } from '../verify/attestation-panel.js';
import { CasePanel } from '../verify/case-panel.js';
import { ChainPanel } from '../verify/chain-panel.js';
import { PaperPanel } from '../verify/paper-panel.js';
import { PinField } from '../verify/pin-field.js';
import type { PanelProps } from '../verify/prove.js';
import { ReceiptPanel } from '../verify/receipt-panel.js';
import { useVerification } from '../verify/current.js';
import { useWords } from '../words/language.js';

/** `?case=`, `?tx=` and `?paper=` open what a colleague was sent. */
export default function VerifyPage() {
  const { t } = useWords();
  const { present } = useSession();
  const [asked, setAsked] = useSearchParams();
  const { pin: running } = useVerification();
  const [pin, setPin] = useState(running ?? present?.client.genesisHash ?? '');
  const panel = (name: string, Panel: ComponentType<PanelProps>) => (
    <Panel key={asked.get(name)} pin={pin.trim()} given={asked.get(name) ?? ''} />
  );
  const shown = ['case', 'tx', 'paper', 'attestation'].find((key) => asked.has(key)) ?? 'chain';
  return (
    <Flex vertical gap={16} style={{ maxWidth: 1000, margin: '0 auto' }}>
      <Typography.Title level={2}>{t('verify.title')}</Typography.Title>
      <Alert type="info" title={t('verify.how')} />
      <PinField value={pin} onChange={setPin} />
      <Tabs
        activeKey={shown}
        onChange={(key) => setAsked(key === 'chain' ? {} : { [key]: '' })}
        items={[
          { key: 'chain', label: t('verify.chain'), children: <ChainPanel pin={pin.trim()} /> },
          { key: 'case', label: t('verify.case'), children: panel('case', CasePanel) },
          { key: 'tx', label: t('verify.receipt'), children: panel('tx', ReceiptPanel) },
          { key: 'paper', label: t('verify.paper'), children: panel('paper', PaperPanel) },
          { key: 'attestation', label: t('verify.attestation'), children: <AttestationPanel /> },
        ]}
      />
    </Flex>
  );
}

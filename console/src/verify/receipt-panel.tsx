import type { ReceiptReport } from '@yici/client/web';
import { useMutation } from '@tanstack/react-query';
import { Alert, Card, Flex } from 'antd';
import { FilePick } from '../forms/file-pick.js';
import { Facts } from '../shell/facts.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { isPin } from './pin.js';
import { Prove, type PanelProps } from './prove.js';
import { checkKept, checkShown, type CheckedReceipt } from './receipt.js';

/** One transaction's receipt, from the gateway or from a file, checked here from the genesis hash: `yici tx verify`. */
export function ReceiptPanel(props: PanelProps) {
  const { t } = useWords();
  return (
    <Flex vertical gap={16}>
      <Prove
        {...props}
        name="tx"
        label={t('table.txId')}
        prove={(present, txId) => checkShown(present, txId, props.pin)}
      >
        {(checked) => <Proved checked={checked} />}
      </Prove>
      <OfFile pin={props.pin} />
    </Flex>
  );
}

/** A receipt that somebody keeps: nobody has to enter for it. */
function OfFile({ pin }: Pick<PanelProps, 'pin'>) {
  const { t } = useWords();
  const { data, error, mutate, reset } = useMutation({
    mutationFn: (file: File) => checkKept(file, pin),
  });
  return (
    <>
      <label>
        {t('verify.receiptFile')}{' '}
        <FilePick
          accept=".json"
          disabled={!isPin(pin)}
          testId="receipt-file"
          onFile={(file) => mutate(file)}
        />
      </label>
      <Failure error={error} again={reset} />
      {data === undefined ? null : <Proved checked={data} />}
    </>
  );
}

function Proved({ checked: { report, proved, notProved } }: { readonly checked: CheckedReceipt }) {
  const { t, say } = useWords();
  return (
    <Card data-testid="receipt">
      <Flex vertical gap={12}>
        <Alert type="success" showIcon title={t('verify.holds')} />
        <ReceiptFacts report={report} />
        <ul>
          {proved.map((words) => (
            <li key={words.en}>✓ {t('verify.proved', { what: say(words) })}</li>
          ))}
          {notProved.map((words) => (
            <li key={words.en}>○ {t('verify.notProved', { what: say(words) })}</li>
          ))}
        </ul>
      </Flex>
    </Card>
  );
}

function ReceiptFacts({ report }: { readonly report: ReceiptReport }) {
  const { t } = useWords();
  const { txId, channel, block, position, transactions, headerHash, orderers, creator } = report;
  const { endorsers, endorsed, code, basis } = report;
  const facts: readonly (readonly [string, string])[] = [
    [t('table.txId'), txId],
    [t('verify.channel'), channel],
    [t('table.block'), t('verify.place', { block, position, transactions })],
    [t('table.hash'), headerHash],
    [t('verify.orderers'), orderers.join(' ')],
    [t('table.who'), creator === null ? '' : `${creator.user} (${creator.mspId})`],
    [t('table.command'), report.function ?? ''],
    [t('verify.endorsers'), `${endorsers.join(' ')}${endorsed ? '' : ` (${t('verify.ofKeys')})`}`],
    [t('table.code'), `${code.number} ${code.name} · ${t(`verify.bases.${basis}`)}`],
  ];
  return <Facts facts={facts} />;
}

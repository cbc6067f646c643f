import { Alert } from 'antd';
import { useWords } from '../words/language.js';
import { Prove, type PanelProps } from './prove.js';

/** A paper by what its QR code says, held here against the block that the record is in: `yici paper check`. */
export function PaperPanel(props: PanelProps) {
  const { t, say } = useWords();
  return (
    <Prove
      {...props}
      name="paper"
      label={t('verify.paperCode')}
      // What does not agree.
      prove={async ({ client, session }, text) => {
        const [{ codeFindings }, { issuedDigest, parseCode }] = await Promise.all([
          import('@yici/client/web'),
          import('@yici/papers/code'),
        ]);
        const asking = { client, session, genesis: props.pin };
        return codeFindings(asking, parseCode(text), issuedDigest);
      }}
    >
      {(findings) => (
        <Alert
          showIcon
          data-testid="paper-proof"
          type={findings.length === 0 ? 'success' : 'error'}
          title={t(findings.length === 0 ? 'verify.paperHolds' : 'verify.paperFails')}
          description={findings.map((each) => (
            <div key={each.en}>{say(each)}</div>
          ))}
        />
      )}
    </Prove>
  );
}

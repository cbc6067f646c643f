import { Button, Modal } from 'antd';
import { useWords } from '../words/language.js';
import { Several } from './lines.js';
import { mayRepeat } from './failure.js';
import type { Line } from './run.js';
import { StageView } from './stage.js';

interface DialogProps {
  /** None: nobody does anything. */
  readonly lines: readonly Line[];
  readonly onSign: () => void;
  readonly onCancel: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** Above the drawers, in which forms of acts are; which of two is above would else be decided by which was opened first. */
const above = 1100;

/** What is signed, how far it is, the receipt or why not: of one act, or of several that are signed one by one. */
export function SignDialog(props: DialogProps) {
  const { lines, onCancel, onClose } = props;
  const { t } = useWords();
  const [only] = lines;
  const over = lines.every(isOver);
  return (
    <Modal
      open={only !== undefined}
      title={t('sign.title')}
      width={720}
      zIndex={above}
      closable={over || isReady(lines)}
      mask={{ closable: false }}
      onCancel={over ? onClose : onCancel}
      footer={<Buttons {...props} />}
    >
      {lines.length > 1 ? <Several lines={lines} /> : null}
      {lines.length === 1 && only !== undefined ? (
        <StageView line={only} onClose={onClose} />
      ) : null}
    </Modal>
  );
}

const isOver = ({ stage: { kind } }: Line): boolean =>
  kind === 'done' || kind === 'failed' || kind === 'notSigned';

const isAsking = ({ stage }: Line): boolean => stage.kind === 'asking';

/** Nothing is signed before all that is to be signed is shown. */
const isReady = (lines: readonly Line[]): boolean =>
  lines.some(isAsking) && lines.every((line) => line.stage.kind !== 'preparing');

function Buttons({ lines, onSign, onCancel, onAgain, onClose }: DialogProps) {
  const { t } = useWords();
  if (lines.some(isAsking)) {
    const count = lines.filter(isAsking).length;
    return (
      <>
        <Button onClick={onCancel}>{t('sign.cancel')}</Button>
        <Button type="primary" disabled={!isReady(lines)} onClick={onSign} data-testid="sign">
          {lines.length === 1 ? t('sign.sign') : t('sign.signAll', { count })}
        </Button>
      </>
    );
  }
  if (!lines.every(isOver)) return null;
  return (
    <>
      {lines.some(mayRepeat) ? (
        <Button onClick={onAgain} data-testid="again">
          {t('sign.again')}
        </Button>
      ) : null}
      <Button type="primary" onClick={onClose} data-testid="close">
        {lines.every(({ stage }) => stage.kind === 'done') ? t('sign.close') : t('sign.back')}
      </Button>
    </>
  );
}

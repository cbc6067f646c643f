import { signoffStepWords, type SignoffChange, type SignoffView } from '@yici/api';
import { pathWords, shanghaiTime } from '@yici/domain/model';
import { Timeline, Typography } from 'antd';
import { useSaid } from '../../records/value.js';
import { Rows } from '../../shell/rows.js';
import { useWords } from '../../words/language.js';
import { officeText, signerText } from './words.js';

/** Every step: who took it, in which office, with which comment, and what it changed of the act. */
export function Rounds({ view }: { readonly view: SignoffView }) {
  const { say, language } = useWords();
  return (
    <Timeline
      items={view.chain.rounds.map(({ step, by, at, comment }, index) => ({
        key: index,
        color: step === 'return' ? 'red' : 'blue',
        content: (
          <>
            <Typography.Text strong>{say(signoffStepWords[step])}</Typography.Text>{' '}
            {officeText(
              by.section === null ? { role: by.role } : { role: by.role, section: by.section },
              language,
            )}{' '}
            {signerText(by)} {shanghaiTime(at)}
            {comment === undefined ? null : (
              <Typography.Paragraph style={{ margin: 0 }}>{comment}</Typography.Paragraph>
            )}
            <Changes changes={view.changes[index] ?? []} />
          </>
        ),
      }))}
    />
  );
}

function Changes({ changes }: { readonly changes: readonly SignoffChange[] }) {
  const { t, language } = useWords();
  const said = useSaid();
  const textOf = (path: string, value: unknown): string => {
    if (value === null || value === undefined) return '—';
    if (typeof value !== 'string') return JSON.stringify(value);
    return said(path.split('/').at(-1) ?? '', value);
  };
  if (changes.length === 0) return null;
  return (
    <Rows
      keyOf={({ path }) => path}
      rows={changes}
      columns={[
        [t('signoff.field'), ({ path }) => pathWords(path, language)],
        [
          t('signoff.before'),
          ({ path, before }) => <Typography.Text delete>{textOf(path, before)}</Typography.Text>,
        ],
        [
          t('signoff.after'),
          ({ path, after }) => (
            <Typography.Text strong data-testid="after">
              {textOf(path, after)}
            </Typography.Text>
          ),
        ],
      ]}
    />
  );
}

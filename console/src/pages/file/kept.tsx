import { shanghaiTime } from '@yici/domain/model';
import { Button, Card, Flex, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { forgetFiling, keptFilings, type Keeping } from '../../documents/kept-filings.js';
import { usePresent } from '../../session/session.js';
import { useWords } from '../../words/language.js';

interface KeptHereProps {
  readonly kept: Keeping;
  readonly onEmpty: () => void;
}

/** Where what is typed is kept, and since when; with that it can be thrown away. */
export function KeptHere({ kept: { at, isFull }, onEmpty }: KeptHereProps) {
  const { t } = useWords();
  return (
    <Flex gap={12} wrap align="center" className="no-print" data-testid="kept-here">
      <Typography.Text type={isFull ? 'danger' : 'secondary'}>
        {isFull
          ? t('file.notKept')
          : at === undefined
            ? t('file.willBeKept')
            : t('file.keptHere', { at: shanghaiTime(at) })}
      </Typography.Text>
      {at === undefined ? null : (
        <Popconfirm title={t('drafts.discardAsked')} onConfirm={onEmpty}>
          <Button size="small" data-testid="empty-filing">
            {t('file.startAnew')}
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
}

/** The filings that the visitor has begun in this browser; nothing where there are none. */
export function KeptFilings() {
  const { t } = useWords();
  const { user } = usePresent().session;
  const [filings, setFilings] = useState(() => keptFilings(user));
  if (filings.length === 0) return null;
  return (
    <Card size="small" title={t('file.begun')} data-testid="kept-filings">
      <ul className="plain-list">
        {filings.map(({ code, title, at }) => (
          <li key={code}>
            <Flex gap={12} wrap align="center">
              <Link to={`/file?code=${encodeURIComponent(code)}`}>{title}</Link>
              <Typography.Text type="secondary">{shanghaiTime(at)}</Typography.Text>
              <Popconfirm
                title={t('drafts.discardAsked')}
                onConfirm={() => {
                  forgetFiling(user, code);
                  setFilings(keptFilings(user));
                }}
              >
                <Button size="small">{t('drafts.discard')}</Button>
              </Popconfirm>
            </Flex>
          </li>
        ))}
      </ul>
    </Card>
  );
}

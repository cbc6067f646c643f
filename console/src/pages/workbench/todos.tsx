import type { InboxItem } from '@yici/api';
import { roleWords, todoWords } from '@yici/domain/model';
import { Button, Empty, Flex, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useErrorWords } from '../../words/use-error-words.js';
import { useWords } from '../../words/language.js';
import { Left } from './left.js';
import { stepText } from './step.js';

/** The same line keeps its key when the list is read again. */
export const keyOf = ({ todo, about, step }: InboxItem): string =>
  JSON.stringify([todo, about.collection, ...about.key, step]);

/** Whether acts do it; a sign-off goes on on a page of its own. */
const isActOf = ({ signoffId }: InboxItem): boolean => signoffId === undefined;

/** More would be asked of the gateway at once than is fair. */
const mostAtOnce = 50;
const pageSize = 50;

interface TodosProps {
  readonly rows: readonly InboxItem[];
  readonly loading: boolean;
  readonly chosen: readonly string[];
  readonly reasons: ReadonlyMap<string, Error>;
  readonly onChoose: (keys: readonly string[]) => void;
  readonly onHandle: (rows: readonly InboxItem[]) => void;
}

/** Lines of the inbox, of which several can be chosen and done at once; a line whose act failed says why. */
export function Todos({ rows, loading, chosen, reasons, onChoose, onHandle }: TodosProps) {
  const { t } = useWords();
  const columns = useColumns(reasons, onHandle);
  const there = rows.filter((row) => chosen.includes(keyOf(row)));
  return (
    <Flex vertical gap={8}>
      <Choose rows={rows} there={there} onChoose={onChoose} onHandle={onHandle} />
      <Table<InboxItem>
        size="middle"
        loading={loading}
        rowKey={keyOf}
        dataSource={[...rows]}
        columns={columns}
        pagination={{ pageSize, hideOnSinglePage: true, showSizeChanger: false }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => onChoose(keys.map(String)),
          getCheckboxProps: (row) => ({
            disabled: !isActOf(row),
            'aria-label': t('inbox.choose', { what: row.about.key.join(' ') }),
          }),
          // A checkbox here would stand a second time in the hidden row that the table measures by.
          columnTitle: t('inbox.chosen'),
          columnWidth: 64,
        }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty description={t('inbox.empty')} /> }}
      />
    </Flex>
  );
}

interface ChooseProps extends Pick<TodosProps, 'rows' | 'onChoose' | 'onHandle'> {
  /** The chosen ones that are still in the list. */
  readonly there: readonly InboxItem[];
}

function Choose({ rows, there, onChoose, onHandle }: ChooseProps) {
  const { t } = useWords();
  return (
    <Flex gap={12} align="center">
      <Button
        type="primary"
        data-testid="several"
        disabled={there.length === 0 || there.length > mostAtOnce}
        onClick={() => onHandle(there)}
      >
        {t('inbox.several', { count: there.length })}
      </Button>
      <Button
        data-testid="choose-all"
        onClick={() =>
          onChoose(there.length > 0 ? [] : rows.filter(isActOf).slice(0, mostAtOnce).map(keyOf))
        }
      >
        {t(there.length > 0 ? 'inbox.chooseNone' : 'inbox.chooseAll')}
      </Button>
      <Typography.Text type="secondary">
        {t('inbox.severalNote', { most: mostAtOnce })}
      </Typography.Text>
    </Flex>
  );
}

function useColumns(reasons: TodosProps['reasons'], onHandle: TodosProps['onHandle']) {
  const { t, say } = useWords();
  return [
    {
      title: t('table.todo'),
      render: (row: InboxItem) => <Todo row={row} reason={reasons.get(keyOf(row))} />,
    },
    { title: t('table.due'), render: ({ due }: InboxItem) => due ?? '' },
    { title: t('inbox.left'), render: (row: InboxItem) => <Left {...row} /> },
    {
      title: t('table.matter'),
      render: ({ matterName, datasetName }: InboxItem) => say(matterName ?? datasetName),
    },
    { title: t('inbox.about'), render: (row: InboxItem) => <Subject {...row} /> },
    { title: t('table.step'), render: (row: InboxItem) => stepText(row, say) },
    {
      title: t('inbox.for'),
      render: ({ roles }: InboxItem) => roles.map((role) => say(roleWords[role])).join('、'),
    },
    {
      title: t('inbox.handle'),
      render: (row: InboxItem) =>
        isActOf(row) ? (
          <Button size="small" data-testid="handle" onClick={() => onHandle([row])}>
            {t('inbox.handle')}
          </Button>
        ) : (
          <Link to={`/signoffs/${row.signoffId}`}>{t('inbox.handle')}</Link>
        ),
    },
  ];
}

interface TodoProps {
  readonly row: InboxItem;
  readonly reason: Error | undefined;
}

function Todo({ row: { todo, urgedAt }, reason }: TodoProps) {
  const { t, say } = useWords();
  return (
    <>
      {say(todoWords[todo])} {urgedAt === undefined ? null : <Tag>{t('inbox.urged')}</Tag>}
      {reason === undefined ? null : <Reason error={reason} />}
    </>
  );
}

function Reason({ error }: { readonly error: Error }) {
  const { title } = useErrorWords(error);
  return (
    <div>
      <Typography.Text type="danger" data-testid="reason">
        {title}
      </Typography.Text>
    </div>
  );
}

function Subject({ caseNo, signoffId, about }: InboxItem) {
  if (signoffId !== undefined && caseNo === null)
    return <Link to={`/signoffs/${signoffId}`}>{signoffId}</Link>;
  if (caseNo === null) return <>{about.key.join(' ')}</>;
  return <Link to={`/cases/${caseNo}`}>{caseNo}</Link>;
}

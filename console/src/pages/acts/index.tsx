import { commandNames, commands, contractOf } from '@yici/domain/model';
import { Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Seek } from '../../shell/seek.js';
import { useWords } from '../../words/language.js';
import type { Texts } from '../../words/zh.js';

type Group = keyof Texts['acts']['groups'];

/** Every act of the law that the ledger has, to be begun without a record to begin it at. */
export default function ActsPage() {
  const { t, say } = useWords();
  const [wanted, setWanted] = useState('');
  const found = commandNames.filter((name) =>
    `${name} ${say(commands[name].summary)}`.toLowerCase().includes(wanted),
  );
  const contracts = [...new Set(found.map(contractOf))];
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {t('menu.acts')}
      </Typography.Title>
      <Seek testId="seek-act" label={t('acts.search')} onSeek={setWanted} />
      <div className="columns">
        {contracts.map((contract) => (
          <Card key={contract} size="small" title={t(`acts.groups.${contract as Group}`)}>
            <ul className="plain-list">
              {found
                .filter((name) => contractOf(name) === contract)
                .map((name) => (
                  <li key={name}>
                    <Link to={`/acts/${name}`}>{say(commands[name].summary)}</Link>
                  </li>
                ))}
            </ul>
          </Card>
        ))}
      </div>
    </Flex>
  );
}

import { lightWords, type InboxItem } from '@yici/api';
import { Badge } from 'antd';
import { useWords } from '../../words/language.js';

const colours = { green: 'success', yellow: 'warning', red: 'error' } as const;

/** Days and light together: the colour alone says nothing to who cannot tell it apart. */
export function Left({ left, light }: Pick<InboxItem, 'left' | 'light'>) {
  const { say } = useWords();
  if (light === null) return left === null ? null : <>{left}</>;
  return <Badge status={colours[light]} text={`${say(lightWords[light])} ${left ?? ''}`} />;
}

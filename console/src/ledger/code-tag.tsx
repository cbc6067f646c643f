import { Flex, Tag } from 'antd';
import { useWords } from '../words/language.js';
import { codeWords } from './codes.js';
import { tones } from './tones.js';

interface CodeTagProps {
  readonly code: { readonly number: number; readonly name: string };
}

/** A validation code with what it means. */
export function CodeTag({ code: { number, name } }: CodeTagProps) {
  const { say } = useWords();
  return (
    <Flex gap={8} wrap>
      <Tag color={number === 0 ? tones.good : tones.bad}>{name}</Tag>
      {say(codeWords[name])}
    </Flex>
  );
}

import { NativeSelect, Textarea } from '@mantine/core';
import { useStore } from 'zustand';
import { enterTextOptions, providerStore, type TextChoice } from '@/state/provider-choice';
import classes from './models-panel.module.css';
import { describeTextChoice } from './text-options';
import { WholeNumberField } from './whole-number-field';

const sides = [
  { value: 'document', label: 'Documents' },
  { value: 'query', label: 'Queries' },
] as const satisfies readonly { value: TextChoice['side']; label: string }[];

const prefixes = [
  { value: 'suggested', label: 'As each model suggests' },
  { value: 'none', label: 'None' },
  { value: 'own', label: 'My own' },
] as const satisfies readonly { value: TextChoice['prefixes']; label: string }[];

/** How the texts of the runs to come are sent: side, prefixes, and where long ones are cut. */
export function TextOptionsFields({ onRefused }: { onRefused(isRefused: boolean): void }) {
  const texts = useStore(providerStore, (state) => state.texts);
  return (
    <details className={classes.options}>
      <summary>
        Options <span>{describeTextChoice(texts)}</span>
      </summary>
      <div className={classes.optionFields}>
        <NativeSelect
          size="xs"
          label="Texts are"
          description="Many models put something else before a question than before a text to be found."
          data={sides}
          value={texts.side}
          onChange={(event) => {
            const chosen = sides.find(({ value }) => value === event.currentTarget.value);
            if (chosen !== undefined) enterTextOptions({ side: chosen.value });
          }}
        />
        <NativeSelect
          size="xs"
          label="Prefix"
          data={prefixes}
          value={texts.prefixes}
          onChange={(event) => {
            const chosen = prefixes.find(({ value }) => value === event.currentTarget.value);
            if (chosen !== undefined) enterTextOptions({ prefixes: chosen.value });
          }}
        />
        {texts.prefixes === 'own' && (
          <>
            <Textarea
              size="xs"
              label="Document prefix"
              autosize
              maxRows={4}
              placeholder="passage: "
              value={texts.documentPrefix}
              onChange={(event) => enterTextOptions({ documentPrefix: event.currentTarget.value })}
            />
            <Textarea
              size="xs"
              label="Query prefix"
              autosize
              maxRows={4}
              placeholder="query: "
              value={texts.queryPrefix}
              onChange={(event) => enterTextOptions({ queryPrefix: event.currentTarget.value })}
            />
          </>
        )}
        <WholeNumberField
          id="embed-max-tokens"
          label="Cut texts at"
          placeholder="never"
          value={texts.maxTokens}
          problem="Cut texts at a whole number of tokens from 1 on, or empty to send them whole."
          onRead={(read) => {
            onRefused(read === 'invalid');
            if (read !== 'invalid') enterTextOptions({ maxTokens: read });
          }}
        />
        <p className={classes.note}>Tokens are estimated; a cut text is named in its row.</p>
      </div>
    </details>
  );
}

import { Button, TextInput } from '@mantine/core';
import { Lock } from 'lucide-react';
import { type KeyboardEvent, useEffect } from 'react';
import { useStore } from 'zustand';
import { baseUrlOf, hostOf } from '@/queries/catalog';
import { providerStore } from '@/state/provider-choice';
import classes from './models-panel.module.css';
import type { ServerFields } from './use-server-fields';

const notForPasswordManagers = { 'data-1p-ignore': true, 'data-lpignore': 'true', 'data-bwignore': true };

function onEnter(action: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Enter') action();
  };
}

/** Address of an OpenAI-compatible server. */
export function BaseUrlField({ fields }: { fields: ServerFields }) {
  const { urlField } = fields;
  const baseUrl = useStore(providerStore, (state) => state.baseUrl);
  useEffect(() => {
    // One that comes from elsewhere (a run's "Change key") takes the place of what is there.
    const field = urlField.current;
    if (field !== null && baseUrl !== '' && field.value.trim() !== baseUrl) field.value = baseUrl;
  }, [urlField, baseUrl]);
  return (
    <TextInput
      ref={urlField}
      label="Base URL"
      placeholder="http://127.0.0.1:8787/v1"
      defaultValue={baseUrl}
      error={fields.urlProblem}
      autoComplete="off"
      spellCheck={false}
      inputMode="url"
      onInput={fields.clearProblems}
      onBlur={fields.commitAfterPointer}
      onKeyDown={onEnter(fields.commit)}
    />
  );
}

/** Where a key is handed over. Uncontrolled, so that the key never reaches an attribute, and emptied at once. */
export function KeyField({ fields }: { fields: ServerFields }) {
  const { provider, baseUrl } = useStore(providerStore);
  const host = hostOf(provider, baseUrlOf(provider, baseUrl));
  const isFeatherless = provider === 'featherless';
  return (
    <div className={classes.key}>
      <div className={classes.pair}>
        <TextInput
          ref={fields.keyField}
          className={classes.grow}
          type="password"
          label="API key"
          placeholder={isFeatherless ? 'Paste your key' : 'If it wants one'}
          leftSection={<Lock size={14} strokeWidth={1.5} />}
          error={fields.keyProblem !== null}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="key-promise"
          onInput={fields.clearProblems}
          onBlur={fields.commitAfterPointer}
          onKeyDown={onEnter(fields.commit)}
          {...notForPasswordManagers}
        />
        <Button variant="default" size="md" onClick={fields.commit}>
          Use key
        </Button>
      </div>
      {fields.keyProblem !== null && (
        <p className={classes.problem} role="alert">
          {fields.keyProblem}
        </p>
      )}
      <p className={classes.note} id="key-promise">
        Kept in memory until you close this tab.{' '}
        {host === null ? 'Goes to that server and nowhere else.' : `Goes to ${host} and nowhere else.`}
      </p>
      {fields.isKeyGiven && (
        <div className={classes.pair}>
          <Button variant="subtle" size="xs" onClick={() => fields.openKey(false)}>
            Keep the one given
          </Button>
          <Button variant="subtle" size="xs" color="gray" onClick={fields.forgetKey}>
            Forget it
          </Button>
        </div>
      )}
    </div>
  );
}

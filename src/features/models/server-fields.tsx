import { Button, Checkbox, TextInput } from '@mantine/core';
import { Lock } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { baseUrlOf, hostOf } from '@/queries/catalog';
import { isKeyRemembered, rememberKey } from '@/queries/key';
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
export function KeyField({ fields, isRefused }: { fields: ServerFields; isRefused: boolean }) {
  const { provider, baseUrl } = useStore(providerStore);
  const server = baseUrlOf(provider, baseUrl);
  const host = hostOf(provider, server);
  const isFeatherless = provider === 'featherless';
  const [ticked, setTicked] = useState({ server, isTicked: isKeyRemembered(server) });
  const group = useRef<HTMLDivElement>(null);
  const isTicked = ticked.server === server ? ticked.isTicked : isKeyRemembered(server);

  function tick(isToRemember: boolean) {
    const isDone = !fields.isKeyGiven || rememberKey(server, isToRemember);
    setTicked({ server, isTicked: isDone && isToRemember });
    if (!isDone) fields.sayNotRemembered();
  }

  function commitOnLeave(event: FocusEvent) {
    // From the key to the checkbox beside it is no leaving: the key is taken over with what is chosen there.
    if (!group.current?.contains(event.relatedTarget)) fields.commitAfterPointer();
  }

  return (
    <div ref={group} className={classes.key}>
      <div className={classes.pair}>
        <TextInput
          ref={fields.keyField}
          className={classes.grow}
          type="password"
          label="API key"
          placeholder={isFeatherless ? 'Paste your key' : 'If it wants one'}
          leftSection={<Lock size={14} strokeWidth={1.5} />}
          error={fields.keyProblem !== null || isRefused}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="key-promise"
          onInput={fields.clearProblems}
          onBlur={commitOnLeave}
          onKeyDown={onEnter(fields.commit)}
          {...notForPasswordManagers}
        />
        <Button variant="default" size="md" onClick={fields.commit}>
          Use key
        </Button>
      </div>
      <Checkbox
        ref={fields.rememberField}
        className={classes.remember}
        size="xs"
        label="Remember on this device"
        checked={isTicked}
        onChange={(event) => tick(event.currentTarget.checked)}
        onBlur={commitOnLeave}
      />
      {fields.keyProblem !== null && (
        <p className={classes.problem} role="alert">
          {fields.keyProblem}
        </p>
      )}
      <p className={classes.note} id="key-promise">
        {isTicked
          ? 'Kept in this browser until you forget it, for everyone who uses this browser profile. '
          : 'Kept in memory until you close this tab. '}
        {host === null ? 'Goes to that server and nowhere else.' : `Goes to ${host} and nowhere else.`}
      </p>
      {fields.isKeyGiven && (
        <div className={classes.pair}>
          {!isRefused && (
            <Button variant="subtle" size="xs" onClick={() => fields.openKey(false)}>
              Keep the one given
            </Button>
          )}
          <Button
            variant="subtle"
            size="xs"
            color="gray"
            onClick={() => {
              fields.forgetKey();
              setTicked({ server, isTicked: false });
            }}
          >
            Forget key
          </Button>
        </div>
      )}
    </div>
  );
}

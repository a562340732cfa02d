/** The forms of the token lab. */
import './tokens.css';
import { type ReactNode, useId } from 'react';
import { onRunKey } from '@/components/editor/run-key';
import { readTokenInput } from '@/lib/engines/tokens/kept';
import type {
  PkceInput,
  TokenAbout,
  TokenInput,
  TokenJourney,
  TokenOutput,
  TotpInput,
  WebhookJourney,
} from '@/lib/engines/tokens/types';
import type { EditorProps, LiveKind } from '../kind';
import { still } from './still';
import { SORTS, WAYS } from './words';

export const live: LiveKind<TokenInput, TokenOutput, TokenAbout> = {
  name: 'jose',
  Editor,
  Exchange: still.Exchange,
  readInput: readTokenInput,
  deadline: { ms: 5000, of: 'a run' },
};

/** By the id of an editor, which comes and goes, what was written in it for each sort of question. */
const writtenIn = new Map<string, Map<string, TokenInput>>();

function Editor({
  id,
  input,
  about,
  onChange,
  onRun,
}: EditorProps<TokenInput, TokenAbout>): ReactNode {
  const choose = (sort: string): void => {
    // What was written for another sort of question comes back with it.
    const written = writtenIn.get(id) ?? new Map<string, TokenInput>();
    const next = written.get(sort) ?? about.begin.find((each) => each.do === sort);
    if (!next) return;
    writtenIn.set(id, written.set(input.do, input));
    onChange(next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key is that of the fields inside.
    <div className="tok-form" onKeyDown={onRunKey(onRun)}>
      {about.begin.length > 1 && (
        <Choice
          label="Question"
          value={input.do}
          options={about.begin.map((each) => [each.do, SORTS[each.do]])}
          onValue={choose}
        />
      )}
      {input.do === 'token' && <TokenForm input={input} about={about} onChange={onChange} />}
      {input.do === 'webhook' && <WebhookForm input={input} onChange={onChange} />}
      {input.do === 'totp' && <TotpForm input={input} onChange={onChange} />}
      {input.do === 'pkce' && <PkceForm input={input} onChange={onChange} />}
    </div>
  );
}

interface FormProps<Input> {
  readonly input: Input;
  readonly onChange: (input: Input) => void;
}

function TokenForm({
  input,
  about,
  onChange,
}: FormProps<TokenJourney> & { readonly about: TokenAbout }): ReactNode {
  const { issuer, way, api } = input;
  const setIssuer = (change: Partial<TokenJourney['issuer']>): void =>
    onChange({ ...input, issuer: { ...issuer, ...change } });
  const setApi = (change: Partial<TokenJourney['api']>): void =>
    onChange({ ...input, api: { ...api, ...change } });
  return (
    <>
      <fieldset disabled={way === 'pasted'}>
        <legend>The issuer signs</legend>
        <Choice
          label="Key"
          value={issuer.kid}
          options={about.keys.map(({ kid, algorithm, about: says }) => [
            kid,
            `${kid}: ${algorithm}, ${says}`,
          ])}
          onValue={(kid) => setIssuer({ kid })}
        />
        <Line label="Type (typ)" value={issuer.typ} onValue={(typ) => setIssuer({ typ })} />
        <Lines label="Claims" value={issuer.claims} onValue={(claims) => setIssuer({ claims })} />
      </fieldset>
      <fieldset>
        <legend>On the way</legend>
        <Choice
          label="What happens"
          value={way}
          options={Object.entries(WAYS).map(([each, { label }]) => [each, label])}
          onValue={(each) => onChange({ ...input, way: each as TokenJourney['way'] })}
        />
        {way === 'pasted' && (
          <Lines
            label="Token"
            value={input.pasted}
            onValue={(pasted) => onChange({ ...input, pasted })}
          />
        )}
        {way !== 'pasted' && way !== 'untouched' && (
          <Lines
            label="Claims that arrive"
            value={input.changed}
            onValue={(changed) => onChange({ ...input, changed })}
          />
        )}
      </fieldset>
      <fieldset>
        <legend>The API verifies</legend>
        <Line label="Its clock" value={api.at} onValue={(at) => setApi({ at })} />
        <fieldset className="tok-keys">
          <legend>Keys that it trusts</legend>
          {about.keys.map(({ kid }) => (
            <label key={kid}>
              <input
                type="checkbox"
                checked={api.trusts.includes(kid)}
                onChange={({ target }) =>
                  setApi({
                    trusts: about.keys
                      .map((key) => key.kid)
                      .filter((each) =>
                        each === kid ? target.checked : api.trusts.includes(each),
                      ),
                  })
                }
              />
              {kid}
            </label>
          ))}
        </fieldset>
        <p className="tok-note">The strict verifier alone; an empty field is not asked.</p>
        <Line
          label="Algorithms"
          value={api.algorithms}
          onValue={(algorithms) => setApi({ algorithms })}
        />
        <Line label="Type" value={api.typ} onValue={(typ) => setApi({ typ })} />
        <Line
          label="Required claims"
          value={api.required}
          onValue={(required) => setApi({ required })}
        />
        <Line label="Issuer" value={api.issuer} onValue={(each) => setApi({ issuer: each })} />
        <Line label="Audience" value={api.audience} onValue={(audience) => setApi({ audience })} />
        <Line
          label="Clock tolerance, s"
          value={api.toleranceS}
          onValue={(toleranceS) => setApi({ toleranceS })}
        />
      </fieldset>
    </>
  );
}

function WebhookForm({ input, onChange }: FormProps<WebhookJourney>): ReactNode {
  const { sender, receiver } = input;
  const setSender = (change: Partial<WebhookJourney['sender']>): void =>
    onChange({ ...input, sender: { ...sender, ...change } });
  const setReceiver = (change: Partial<WebhookJourney['receiver']>): void =>
    onChange({ ...input, receiver: { ...receiver, ...change } });
  return (
    <>
      <fieldset>
        <legend>The sender signs</legend>
        <Line
          label="Secrets"
          value={sender.secrets}
          onValue={(secrets) => setSender({ secrets })}
        />
        <Line label="Message id" value={sender.id} onValue={(id) => setSender({ id })} />
        <Line label="Its clock" value={sender.at} onValue={(at) => setSender({ at })} />
        <Lines label="Body" value={sender.body} onValue={(body) => setSender({ body })} />
      </fieldset>
      <fieldset>
        <legend>On the way</legend>
        <Lines
          label="Body that arrives"
          value={input.arrives}
          onValue={(arrives) => onChange({ ...input, arrives })}
        />
      </fieldset>
      <fieldset>
        <legend>The receiver verifies</legend>
        <Line
          label="Secret"
          value={receiver.secret}
          onValue={(secret) => setReceiver({ secret })}
        />
        <Line label="Its clock" value={receiver.at} onValue={(at) => setReceiver({ at })} />
        <Line
          label="Tolerance, s"
          value={receiver.toleranceS}
          onValue={(toleranceS) => setReceiver({ toleranceS })}
        />
      </fieldset>
    </>
  );
}

function TotpForm({ input, onChange }: FormProps<TotpInput>): ReactNode {
  const set = (change: Partial<TotpInput>): void => onChange({ ...input, ...change });
  return (
    <>
      <fieldset>
        <legend>Both have</legend>
        <Line label="Secret (base32)" value={input.secret} onValue={(secret) => set({ secret })} />
        <Choice
          label="Hash"
          value={input.hash}
          options={(['SHA-1', 'SHA-256', 'SHA-512'] as const).map((hash) => [hash, hash])}
          onValue={(hash) => set({ hash: hash as TotpInput['hash'] })}
        />
        <Line label="Digits" value={input.digits} onValue={(digits) => set({ digits })} />
        <Line label="Step, s" value={input.stepS} onValue={(stepS) => set({ stepS })} />
      </fieldset>
      <fieldset>
        <legend>The user</legend>
        <Line label="Device clock" value={input.shownAt} onValue={(shownAt) => set({ shownAt })} />
        <Line
          label="Types (empty: the code shown)"
          value={input.typed}
          onValue={(typed) => set({ typed })}
        />
      </fieldset>
      <fieldset>
        <legend>The server checks</legend>
        <Line
          label="Its clock"
          value={input.checkedAt}
          onValue={(checkedAt) => set({ checkedAt })}
        />
        <Line
          label="Steps to either side"
          value={input.window}
          onValue={(window) => set({ window })}
        />
      </fieldset>
    </>
  );
}

function PkceForm({ input, onChange }: FormProps<PkceInput>): ReactNode {
  const set = (change: Partial<PkceInput>): void => onChange({ ...input, ...change });
  return (
    <>
      <fieldset>
        <legend>The client</legend>
        <Choice
          label="Method"
          value={input.method}
          options={(['S256', 'plain'] as const).map((method) => [method, method])}
          onValue={(method) => set({ method: method as PkceInput['method'] })}
        />
        <Line
          label="Verifier, which it keeps"
          value={input.verifier}
          onValue={(verifier) => set({ verifier })}
        />
      </fieldset>
      <fieldset>
        <legend>With the code comes</legend>
        <Line
          label="Verifier presented"
          value={input.presented}
          onValue={(presented) => set({ presented })}
        />
      </fieldset>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const Line = ({ label, value, onValue }: FieldProps): ReactNode => {
  const id = useId();
  return (
    <div className="tok-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={({ target }) => onValue(target.value)}
      />
    </div>
  );
};

const Lines = ({ label, value, onValue }: FieldProps): ReactNode => {
  const id = useId();
  return (
    <div className="tok-field tok-wide">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        value={value}
        rows={Math.min(14, Math.max(3, value.split('\n').length))}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={({ target }) => onValue(target.value)}
      />
    </div>
  );
};

const Choice = ({
  label,
  value,
  options,
  onValue,
}: FieldProps & {
  readonly options: readonly (readonly [value: string, text: string])[];
}): ReactNode => {
  const id = useId();
  return (
    <div className="tok-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => onValue(target.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
};

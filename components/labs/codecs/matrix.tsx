/** What each version reads of each: a matrix, and behind each cell the fields. */
import type { ReactNode } from 'react';
import type { EvolvedOutput, Fate, FieldReading, Reading } from '@/lib/engines/codecs/types';
import { Scroll } from '../../views/scroll';
import { Hex, Key } from './bytes';

type Verdict = Reading['verdict'];

const VERDICTS: Readonly<Record<Verdict, { readonly word: string; readonly means: string }>> = {
  same: { word: 'same', means: 'every field has its number, name and value' },
  renamed: {
    word: 'other name',
    means: 'the value stands under another name, of which the bytes know nothing',
  },
  default: { word: 'default', means: 'the reader has a field that was not written' },
  unknown: {
    word: 'unseen',
    means: 'the reader does not know the field; it keeps the bytes and passes them on',
  },
  mismatch: {
    word: 'set aside',
    means: 'the reader expects another wire type and treats the field as unknown',
  },
  changed: { word: 'other value', means: 'the reader has another value, and no error' },
  refused: { word: 'refused', means: 'the reader takes none of the message' },
};

export function Evolved({
  id,
  output: { versions, readings },
}: {
  readonly id: string;
  readonly output: EvolvedOutput;
}): ReactNode {
  const nameOf = (index: number): string => versions[index]?.name ?? '';
  const across = readings.filter(({ writer, reader }) => writer !== reader);
  const shown = across.length > 0 ? across : readings;
  const found = Object.keys(VERDICTS).filter((verdict): verdict is Verdict =>
    readings.some((reading) => reading.verdict === verdict),
  );
  return (
    <>
      <dl className="cd-versions">
        {versions.map((version) => (
          <div key={version.name}>
            <dt>
              {version.name} writes {version.bytes} {version.bytes === 1 ? 'byte' : 'bytes'}
            </dt>
            <dd>{version.bytes > 0 && <Hex shown={version} />}</dd>
          </div>
        ))}
      </dl>
      <Key />
      <Matrix versions={versions} readings={readings} />
      <p className="cd-note">
        {found.map((verdict) => (
          <span key={verdict}>
            <b>{VERDICTS[verdict].word}</b>: {VERDICTS[verdict].means}.{' '}
          </span>
        ))}
        A cell says the worst that befalls any field.
      </p>
      {shown.map((reading) => (
        <details
          key={`${nameOf(reading.writer)} ${nameOf(reading.reader)}`}
          id={`${id}-${reading.writer}-${reading.reader}`}
          className="fig-details"
        >
          <summary>
            {nameOf(reading.writer)} read by {nameOf(reading.reader)}:{' '}
            {VERDICTS[reading.verdict].word}
            {reading.survivesPassing ? '' : ', lost when passed on'}
          </summary>
          <OneReading reading={reading} writer={nameOf(reading.writer)} />
        </details>
      ))}
    </>
  );
}

const MATRIX = 'Rows wrote, columns read';
/** As many versions fit a phone; a wider matrix may have to be scrolled across. */
const COLUMNS_IN_SIGHT = 4;

function Matrix(props: Pick<EvolvedOutput, 'versions' | 'readings'>): ReactNode {
  if (props.versions.length <= COLUMNS_IN_SIGHT) return <MatrixTable {...props} />;
  return (
    <Scroll label={MATRIX} className="cd-scroll">
      <MatrixTable {...props} />
    </Scroll>
  );
}

function MatrixTable({
  versions,
  readings,
}: Pick<EvolvedOutput, 'versions' | 'readings'>): ReactNode {
  return (
    <table className="cd-table cd-matrix">
      <caption>{MATRIX}</caption>
      <thead>
        <tr>
          <td />
          {versions.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {versions.map(({ name }, writer) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {readings
              .filter((reading) => reading.writer === writer)
              .map(({ reader, verdict }) => (
                <td key={versions[reader]?.name} data-verdict={verdict}>
                  {VERDICTS[verdict].word}
                </td>
              ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OneReading({
  reading: { fields, reads, refused, survivesPassing, jsonRefused },
  writer,
}: {
  readonly reading: Reading;
  readonly writer: string;
}): ReactNode {
  return (
    <>
      {fields.length > 0 && <Fields fields={fields} />}
      <ul className="cd-lines">
        {reads !== null && (
          <li>
            The reader has <code>{reads}</code>
          </li>
        )}
        {refused !== null && (
          <li>
            Refused: <q>{refused}</q>
          </li>
        )}
        <li>
          {survivesPassing
            ? `Passed on by this reader, it reaches ${writer} as it was written.`
            : `Passed on by this reader, it does not reach ${writer} as it was written.`}
        </li>
        <li>
          {jsonRefused === null ? (
            'As JSON it is taken too.'
          ) : (
            <>
              As JSON it is refused: <q>{jsonRefused}</q>
            </>
          )}
        </li>
      </ul>
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly FieldReading[] }): ReactNode {
  return (
    <table className="cd-table cd-fields">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Written</th>
          <th scope="col">Read</th>
          <th scope="col">Fate</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ number, written, writtenValue, read, readValue, fate }) => (
          <tr key={number}>
            <th scope="row">{number}</th>
            <td>
              <Side declaration={written} value={writtenValue} isThere={writtenValue !== null} />
            </td>
            <td>
              <Side declaration={read} value={readValue} isThere={isRead(fate, readValue)} />
            </td>
            <td data-verdict={fate}>{VERDICTS[fate].word}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const isRead = (fate: Fate, value: string | null): boolean =>
  value !== null && fate !== 'unknown' && fate !== 'mismatch';

function Side({
  declaration,
  value,
  isThere,
}: {
  readonly declaration: string | null;
  readonly value: string | null;
  readonly isThere: boolean;
}): ReactNode {
  if (declaration === null) return 'no such field';
  return (
    <code>
      {declaration}
      {isThere ? ` = ${value}` : ''}
    </code>
  );
}

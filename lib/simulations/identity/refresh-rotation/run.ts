/** Clients and thieves with their tokens, the server that refreshes them, and the API that verifies. */
import type { RunContext } from '../../../simulation/definition';
import type { RotationMeasures } from './measures';
import type { Refreshed, TokenStoreFactory } from './models/token-store';
import {
  LOGIN_MS,
  type parameters,
  TABS_APART_MS,
  THEFTS_OVER_MS,
  THIEF_CALL_MS,
  TIMEOUT_MS,
} from './parameters';
import { API, CLIENT, SERVER, THIEF } from './views';

type Context = RunContext<typeof parameters, RotationMeasures, TokenStoreFactory>;

interface AccessToken {
  readonly family: string;
  readonly expiresAtMs: number;
}

/** What a party holds: a client's storage, shared by its tabs, or a thief's. */
interface Holder {
  readonly name: typeof CLIENT | typeof THIEF;
  /** The first session is the one that is drawn. */
  readonly isDrawn: boolean;
  family: string;
  token: string;
  access: AccessToken | null;
  /** What has been drawn of the calls with its access token: the first, and the first after the end. */
  drawn: { readonly access: AccessToken | null; readonly isAfterEnd: boolean };
}

const NOTHING: Holder['drawn'] = { access: null, isAfterEnd: false };

interface Session {
  readonly id: number;
  readonly holder: Holder;
  /** Which tabs are waiting for a refresh. */
  readonly isRefreshing: boolean[];
  isLoggingIn: boolean;
  awayUntilMs: number;
  logins: number;
  refreshes: number;
}

interface Thief {
  readonly holder: Holder;
  readonly stolenAtMs: number;
  /** When the API last answered it; the theft while it has not. */
  lastAnsweredMs: number;
  isInside: boolean;
}

/** The name of what a user gets by logging in for the nth time. */
const familyOf = ({ id }: Session, login: number): string => `${id}.${login}`;

export function run(context: Context) {
  const { simulator, parameters, workload, model, keyedUniform, record, measure, untilMs } =
    context;
  let tokens = 0;
  const store = model({
    newToken: () => `R${++tokens}`,
    graceMs: () => parameters.graceMs,
  });
  /** Family → when it ended. */
  const ended = new Map<string, number>();
  const stolen = new Set<string>();
  const thieves: Thief[] = [];
  let listed: ReadonlySet<string> = new Set();
  const so = { asked: 0, inside: 0, falseAlarms: 0 };

  const ask = (): void => {
    measure.asked.add();
    so.asked++;
    record.sample('asked', so.asked);
  };

  const endFamily = (family: string): void => {
    if (!ended.has(family)) ended.set(family, simulator.now);
  };

  const show = ({ isDrawn, name, token, access }: Holder): void => {
    if (!isDrawn) return;
    record.state(name, 'token', token === '' ? 'none' : token);
    record.state(name, 'access', access === null ? 'no' : 'yes');
  };

  // One message for each exchange, with what came of it: request and reply lie too close to be told
  // apart on an axis of minutes.
  const draw = (
    { isDrawn, name }: Holder,
    to: string,
    kind: 'accepted' | 'rejected' | 'lost',
    label: string,
  ): void => {
    if (!isDrawn) return;
    const message = record.message({
      from: name,
      to,
      kind: kind === 'lost' ? 'accepted' : kind,
      label,
      arrivesAt: simulator.now + parameters.networkMs,
    });
    if (kind === 'lost') simulator.after(parameters.networkMs / 2, () => record.lose(message));
  };

  /** Asks for a new access token with `token`; null if the reply was lost. */
  const exchange = (
    holder: Holder,
    { isLost }: { readonly isLost: boolean },
    then: (reply: Refreshed | null, issuedAtMs: number) => void,
  ): void => {
    const { token } = holder;
    simulator.after(parameters.networkMs, () => {
      ask();
      measure.refreshes.add();
      const nowMs = simulator.now;
      const reply = store.refresh(token, nowMs);
      if (reply.kind === 'refused') {
        draw(holder, SERVER, 'rejected', `${token}: refused`);
        if (reply.ended !== null) {
          endFamily(reply.ended);
          if (holder.isDrawn) {
            record.state(SERVER, 'session', 'ended');
            record.note(`${token} was used before: the server ends the session.`, 'bad');
          }
        }
      } else draw(holder, SERVER, isLost ? 'lost' : 'accepted', `${token} → ${reply.token}`);
      if (reply.kind === 'granted' && isLost) {
        measure.repliesLost.add();
        simulator.after(TIMEOUT_MS - parameters.networkMs, () => then(null, nowMs));
      } else simulator.after(parameters.networkMs, () => then(reply, nowMs));
    });
  };

  const take = (holder: Holder, token: string, issuedAtMs: number): void => {
    holder.token = token;
    holder.access = {
      family: holder.family,
      expiresAtMs: issuedAtMs + parameters.accessLifetimeMs,
    };
    show(holder);
  };

  const isValid = (access: AccessToken | null): access is AccessToken =>
    access !== null && access.expiresAtMs > simulator.now;

  /** The API verifies an access token; the answer comes back after a round trip. */
  const call = (holder: Holder, access: AccessToken, then: (isAnswered: boolean) => void): void => {
    simulator.after(parameters.networkMs, () => {
      measure.calls.add();
      const isAnswered = isValid(access) && !isEnded(access.family);
      if (!isAnswered) draw(holder, API, 'rejected', 'call: refused');
      else {
        const isAfterEnd = ended.has(access.family);
        if (holder.drawn.access !== access || holder.drawn.isAfterEnd !== isAfterEnd) {
          holder.drawn = { access, isAfterEnd };
          draw(holder, API, 'accepted', isAfterEnd ? 'still answered' : 'first call');
        }
      }
      simulator.after(parameters.networkMs, () => then(isAnswered));
    });
  };

  /** What the API can know of it. */
  const isEnded = (family: string): boolean => {
    if (parameters.checks === 'nobody') return false;
    if (parameters.checks === 'list') return listed.has(family);
    ask();
    return ended.has(family);
  };

  // The client

  const act = (session: Session, tab: number): void => {
    const { holder } = session;
    if (session.isLoggingIn || session.isRefreshing[tab]) return;
    if (!isValid(holder.access)) {
      refresh(session, tab);
      return;
    }
    const { access } = holder;
    call(holder, access, (isAnswered) => {
      if (isAnswered || holder.access !== access) return;
      holder.access = null;
      show(holder);
      act(session, tab);
    });
  };

  const refresh = (session: Session, tab: number): void => {
    const { holder } = session;
    const { family, token } = holder;
    session.isRefreshing[tab] = true;
    const draw = keyedUniform('loss', session.id, session.refreshes++);
    exchange(holder, { isLost: draw * 100 < parameters.lossShare }, (reply, issuedAtMs) => {
      session.isRefreshing[tab] = false;
      if (session.isLoggingIn || holder.family !== family) return;
      if (reply?.kind === 'granted') take(holder, reply.token, issuedAtMs);
      // Another tab may have been luckier, and has left its tokens in the storage of both.
      else if (reply?.kind === 'refused' && holder.token === token) {
        countLogOut(session);
        logOut(session);
        return;
      }
      act(session, tab);
    });
  };

  const countLogOut = ({ holder }: Session): void => {
    const isAlarm = !stolen.has(holder.family);
    measure.loggedOut.add();
    if (isAlarm) {
      measure.falseAlarms.add();
      so.falseAlarms++;
      record.sample('false-alarms', so.falseAlarms);
    }
    if (holder.isDrawn) {
      const why = isAlarm ? ', although nothing was stolen' : '';
      record.note(`The user has to log in again${why}.`, isAlarm ? 'warning' : 'plain');
    }
  };

  const logOut = (session: Session): void => {
    const { holder } = session;
    holder.token = '';
    holder.access = null;
    show(holder);
    session.isLoggingIn = true;
    simulator.after(LOGIN_MS, () => {
      session.isLoggingIn = false;
      ask();
      logIn(session, parameters.accessLifetimeMs);
      draw(holder, SERVER, 'accepted', `login: ${holder.token}`);
    });
  };

  const logIn = (session: Session, accessMs: number): void => {
    const { holder } = session;
    holder.family = familyOf(session, ++session.logins);
    holder.token = store.open(holder.family);
    holder.access = { family: holder.family, expiresAtMs: simulator.now + accessMs };
    show(holder);
    if (holder.isDrawn) record.state(SERVER, 'session', 'open');
  };

  // The thief

  const steal = (session: Session): void => {
    const { holder } = session;
    if (holder.token === '' || stolen.has(holder.family)) return;
    stolen.add(holder.family);
    session.awayUntilMs = simulator.now + parameters.awayMs;
    const thief: Thief = {
      holder: { ...holder, name: THIEF, access: null, drawn: NOTHING },
      stolenAtMs: simulator.now,
      lastAnsweredMs: simulator.now,
      isInside: false,
    };
    thieves.push(thief);
    show(thief.holder);
    if (holder.isDrawn) record.note(`A thief copies ${holder.token} from the client.`, 'bad');
    simulator.after(parameters.thiefDelayMs, () => goOn(thief));
  };

  const goOn = (thief: Thief): void => {
    const { holder } = thief;
    const { access } = holder;
    if (isValid(access)) {
      call(holder, access, (isAnswered) => {
        if (isAnswered) {
          thief.lastAnsweredMs = simulator.now - parameters.networkMs;
          setInside(thief, true);
          simulator.after(THIEF_CALL_MS, () => goOn(thief));
        } else {
          holder.access = null;
          setInside(thief, false);
          goOn(thief);
        }
      });
      return;
    }
    exchange(holder, { isLost: false }, (reply, issuedAtMs) => {
      if (reply?.kind === 'granted') {
        take(holder, reply.token, issuedAtMs);
        goOn(thief);
        return;
      }
      holder.token = '';
      holder.access = null;
      show(holder);
      setInside(thief, false);
      if (holder.isDrawn) record.note('The thief is out.', 'good');
    });
  };

  const setInside = (thief: Thief, isInside: boolean): void => {
    if (thief.isInside === isInside) return;
    thief.isInside = isInside;
    so.inside += isInside ? 1 : -1;
    record.sample('inside', so.inside);
  };

  // The run

  const sessions = Array.from({ length: parameters.sessions }, (_, id): Session => {
    const holder: Holder = {
      name: CLIENT,
      isDrawn: id === 0 && parameters.sessions === 1,
      family: '',
      token: '',
      access: null,
      drawn: NOTHING,
    };
    const session: Session = {
      id,
      holder,
      isRefreshing: [],
      isLoggingIn: false,
      awayUntilMs: 0,
      logins: 0,
      refreshes: 0,
    };
    // Somewhere in the life of an access token, as users are found at any moment.
    logIn(session, keyedUniform('phase', id, 0) * parameters.accessLifetimeMs);
    return session;
  });

  record.sample('asked', 0);
  record.sample('inside', 0);
  record.sample('false-alarms', 0);

  const wake = (session: Session): void => {
    if (simulator.now < session.awayUntilMs) return;
    for (let tab = 0; tab < parameters.tabs; tab++) {
      simulator.after(tab * TABS_APART_MS, () => act(session, tab));
    }
  };
  context.forEachArrival((row) => {
    const session = sessions[workload.key[row] ?? 0];
    if (session) wake(session);
  });

  for (const [place, session] of sessions.slice(0, parameters.stolen).entries()) {
    const afterMs = (place / parameters.stolen) * THEFTS_OVER_MS;
    simulator.at(parameters.theftAtMs + afterMs, () => steal(session));
  }

  const fetchList = (): void => {
    if (parameters.checks !== 'list') return;
    ask();
    listed = new Set(ended.keys());
  };
  const keepList = (index: number): void => {
    fetchList();
    simulator.at((index + 1) * parameters.listEveryMs, keepList, index + 1);
  };
  keepList(0);
  context.whenChanged((parameter) => {
    // An API that begins to go by a list begins by fetching it.
    if (parameter === 'checks') fetchList();
  });

  // The last moment of the run, at which what is still open is counted as it stands.
  simulator.at(untilMs - 1, () => {
    for (const { holder, stolenAtMs, lastAnsweredMs } of thieves) {
      measure.stay.add(lastAnsweredMs - stolenAtMs);
      const endedAtMs = ended.get(holder.family);
      // A session may have ended before the theft, which its client has not heard of yet.
      const endsAfter = endedAtMs !== undefined && endedAtMs >= stolenAtMs;
      measure.noticed.add(endsAfter);
      measure.afterEnd.add(endsAfter ? Math.max(0, lastAnsweredMs - endedAtMs) : 0);
    }
  });

  return {
    steal: () => {
      const [first] = sessions;
      if (!first || first.holder.token === '' || stolen.has(first.holder.family)) {
        record.note('There is no session to steal that a thief does not have already.');
      } else {
        if (!first.holder.isDrawn)
          record.note('A thief copies the refresh token of a user.', 'bad');
        steal(first);
      }
    },
    'log-out': () => {
      const [first] = sessions;
      if (!first || first.isLoggingIn) {
        record.note('The user is not logged in.');
        return;
      }
      record.note('The user ends all sessions, and logs in again.');
      // Those as well that the user was logged out of: a thief may have gone on with one of them.
      for (let login = 1; login <= first.logins; login++) {
        const family = familyOf(first, login);
        store.end(family);
        endFamily(family);
      }
      if (first.holder.isDrawn) record.state(SERVER, 'session', 'ended');
      logOut(first);
    },
  };
}

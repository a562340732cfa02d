import type { Command, Event, Order, Service, ServiceName, ShopOptions } from './protocol';
import { work } from './work';

interface Compensation {
  /** The step that it takes back, and the answer of that step if there is something to take back. */
  readonly step: Command;
  readonly taken: Event;
  readonly done: Event;
}
const COMPENSATIONS: Partial<Record<Command, Compensation>> = {
  release: { step: 'reserve', taken: 'reserved', done: 'released' },
  refund: { step: 'charge', taken: 'charged', done: 'refunded' },
};

/** A service that does as it is told, once, and answers whoever asked. */
export function participant(name: ServiceName, options: ShopOptions): Service {
  const { perform } = work(options);
  const answers = new Map<string, Event>();

  // #region answer
  /** The answer to a command; `answers` is a table, written in the transaction that does the work. */
  const answer = (command: Command, order: Order): Event => {
    const key = `${command} ${order.id}`;
    const known = answers.get(key);
    if (known) return known; // (1)

    const compensation = COMPENSATIONS[command];
    if (compensation) {
      const stepKey = `${compensation.step} ${order.id}`;
      const wasTaken = answers.get(stepKey) === compensation.taken;
      answers.set(stepKey, 'void'); // (2)
      if (!wasTaken) return remember(key, compensation.done);
    }
    return remember(key, perform(command, order));
  };

  const remember = (key: string, event: Event): Event => {
    if (event !== 'busy') answers.set(key, event); // (3)
    return event;
  };
  // #endregion

  return {
    receive: ({ from, name: command, order }) => {
      const event = options.idempotent
        ? answer(command as Command, order)
        : perform(command as Command, order);
      return [{ from: name, to: from, name: event, order }];
    },
  };
}
